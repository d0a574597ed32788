using System.Collections.Immutable;

namespace Gateway.Backends;

/// <summary>Settings that sessions begin with and RESET returns to, by name. Equal when the contents are.</summary>
public sealed class SettingDefaults(ImmutableArray<(string Name, string Value)> values) : IEquatable<SettingDefaults>
{
    public static SettingDefaults None { get; } = new([]);

    public ImmutableArray<(string Name, string Value)> Values { get; } = values;

    public bool Equals(SettingDefaults? other) => other is not null && Values.SequenceEqual(other.Values);

    public override bool Equals(object? other) => Equals(other as SettingDefaults);

    public override int GetHashCode() => Values.Length;
}
