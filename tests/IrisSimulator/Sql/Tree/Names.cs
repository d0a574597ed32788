namespace IrisSimulator.Sql.Tree;

/// <summary>One identifier as written, without its quotes.</summary>
/// <remarks>Equal when the upper-cased texts are: delimited identifiers ignore case like the others.</remarks>
public sealed record Name(string Text, bool Delimited = false)
{
    public string Key => Text.ToUpperInvariant();

    public bool Equals(Name? other) => other is not null && string.Equals(Key, other.Key, StringComparison.Ordinal);
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
    public override string ToString() => Text;
}

/// <summary>"schema.object" or a bare object name. A bare one belongs to the default schema, SQLUser.</summary>
public sealed record QualifiedName(Name? Schema, Name Object)
{
    public override string ToString() => Schema is null ? Object.Text : $"{Schema.Text}.{Object.Text}";
}
