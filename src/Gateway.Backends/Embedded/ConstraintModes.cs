using System.Collections.Immutable;
using Gateway.Sql.Schema;

namespace Gateway.Backends.Embedded;

/// <summary>When deferrable constraints are checked, after SET CONSTRAINTS in a transaction.</summary>
/// <param name="All">What ALL was set to; null for as declared.</param>
/// <param name="Named">What single constraints were set to afterwards, by name.</param>
internal sealed record ConstraintModes(bool? All, ImmutableDictionary<string, bool> Named)
{
    public static ConstraintModes AsDeclared { get; } = new(null, ImmutableDictionary.Create<string, bool>(StringComparer.Ordinal));

    public ConstraintModes With(ImmutableArray<string> names, bool deferred) => names.IsEmpty
        ? AsDeclared with { All = deferred }
        : this with { Named = Named.SetItems(names.Select(name => KeyValuePair.Create(name, deferred))) };

    public bool Defers(ConstraintInfo constraint) =>
        constraint.Deferrable && (Named.TryGetValue(constraint.Name, out var deferred) ? deferred : All ?? constraint.InitiallyDeferred);
}
