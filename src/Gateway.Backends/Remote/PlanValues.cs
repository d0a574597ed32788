using Gateway.Sql.Dialects.Remote;
using Gateway.Types;

namespace Gateway.Backends.Remote;

/// <summary>Where the inputs of a plan's statements come from while it runs.</summary>
internal sealed class PlanValues(ValueList parameters) : IDisposable
{
    public ValueList Parameters { get; } = parameters;

    public ValueList Computed { get; } = new();

    public ValueList Row { get; } = new();

    public ValueList Existing { get; } = new();

    /// <summary>One value: the row id.</summary>
    public ValueList Identity { get; } = new();

    /// <summary>The list and the place in it.</summary>
    public (ValueList List, int Index) Find(Input input)
    {
        var (list, index) = input.Kind switch
        {
            InputKind.Parameter => (Parameters, input.Number - 1),
            InputKind.Computed => (Computed, input.Number),
            InputKind.Row => (Row, input.Number),
            InputKind.Existing => (Existing, input.Number),
            _ => (Identity, 0),
        };
        return index < list.Count
            ? (list, index)
            : throw new PgException(SqlStates.InternalError, $"the plan has no value for {input.Kind} {input.Number}");
    }

    public void Dispose()
    {
        Computed.Dispose();
        Row.Dispose();
        Existing.Dispose();
        Identity.Dispose();
    }
}
