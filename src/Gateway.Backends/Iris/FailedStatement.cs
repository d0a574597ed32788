using System.Text.RegularExpressions;
using Gateway.Sql.Dialects.Iris;
using Gateway.Sql.Schema;

namespace Gateway.Backends.Iris;

/// <summary>What the metadata tells of a statement that failed: its table, and what in it the server's message names.</summary>
internal sealed partial class FailedStatement
{
    private readonly SchemaSnapshot _schema;
    private readonly string _message;

    public FailedStatement(string sql, SchemaSnapshot schema, IrisFailure failure)
    {
        _schema = schema;
        _message = failure.Detail ?? failure.Text;
        var made = Made().Match(sql);
        if (made.Success) MadeKey = Unquote(made.Groups[1].Value);
        var target = Target().Match(sql);
        if (target.Success) Table = Find(Unquote(target.Groups[1].Value), Unquote(target.Groups[2].Value));
    }

    /// <summary>The table that an INSERT, UPDATE or DELETE changes.</summary>
    public RelationInfo? Table { get; }

    /// <summary>The constraint or index that DDL was to make.</summary>
    public string? MadeKey { get; }

    /// <summary>The column the message names.</summary>
    public ColumnInfo? Column => Best<ColumnInfo>(Table?.Columns, column => column.Remote?.Name ?? column.Name);

    /// <summary>The constraint or unique index the message names, or the only one there is.</summary>
    public string? UniqueKey
    {
        get
        {
            if (Table is not { } table) return null;
            var names = table.Constraints.Where(c => c.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique).Select(c => c.Name)
                .Concat(table.Indexes.Where(index => index.Unique).Select(index => index.Name))
                .Distinct(StringComparer.Ordinal)
                .ToList();
            return Best<string>(names, name => name) ?? (names is [var only] ? only : null);
        }
    }

    public (RelationInfo Child, ConstraintInfo Key)? ForeignKey => Table is { } table ? OneOf(Keys(table)) : null;

    /// <summary>A foreign key that points at the table.</summary>
    public (RelationInfo Child, ConstraintInfo Key)? ReferencingKey => Table is not { } table ? null : OneOf(
        _schema.Relations.SelectMany(Keys).Where(key => key.Key.ReferencedSchema == table.Schema && key.Key.ReferencedTable == table.Name));

    private static IEnumerable<(RelationInfo Child, ConstraintInfo Key)> Keys(RelationInfo table) =>
        table.Constraints.Where(constraint => constraint.Kind == ConstraintKind.ForeignKey).Select(constraint => (table, constraint));

    private (RelationInfo Child, ConstraintInfo Key)? OneOf(IEnumerable<(RelationInfo Child, ConstraintInfo Key)> keys)
    {
        var list = keys.ToList();
        var named = list.Where(key => Mentions(key.Key.Name)).OrderByDescending(key => key.Key.Name.Length).ToList();
        return named.Count > 0 ? named[0] : list is [var only] ? only : null;
    }

    // The longest name that is mentioned: t_a is in t_a_b.
    private T? Best<T>(IEnumerable<T>? candidates, Func<T, string> name)
        where T : class =>
        candidates?.Where(candidate => Mentions(name(candidate))).MaxBy(candidate => name(candidate).Length);

    private bool Mentions(string name)
    {
        for (var at = 0; (at = _message.IndexOf(name, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
            if (IsBorder(at - 1) && IsBorder(at + name.Length)) return true;
        return false;
    }

    private bool IsBorder(int at) => at < 0 || at >= _message.Length || !(char.IsLetterOrDigit(_message[at]) || _message[at] == '_');

    private RelationInfo? Find(string schema, string name)
    {
        foreach (var relation in _schema.Relations)
        {
            var remote = relation.Remote ?? new RemoteTable(IrisNames.Schema(relation.Schema), relation.Name);
            if (IrisNames.Comparer.Equals(remote.Name, name) && IrisNames.Comparer.Equals(remote.Schema, schema)) return relation;
        }

        return null;
    }

    private static string Unquote(string name) => name.Replace("\"\"", "\"", StringComparison.Ordinal);

    [GeneratedRegex("""(?:ADD CONSTRAINT|^CREATE UNIQUE INDEX) "((?:[^"]|"")+)"(?!")""", RegexOptions.CultureInvariant)]
    private static partial Regex Made();

    [GeneratedRegex("""^\s*(?:ALTER\s+TABLE|INSERT(?:\s+OR\s+UPDATE)?(?:\s+INTO)?|UPDATE|DELETE(?:\s+FROM)?|TRUNCATE\s+TABLE)\s+(?:%\w+\s+)*"((?:[^"]|"")+)"\."((?:[^"]|"")+)"[ (]?""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Target();
}
