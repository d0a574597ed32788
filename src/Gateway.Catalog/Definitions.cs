using System.Text;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Postgres;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Catalog;

/// <summary>pg_get_constraintdef, pg_get_indexdef, pg_get_viewdef: statements that would make an object again.</summary>
public sealed class Definitions(CatalogImage image, OidNames names)
{
    public string? Constraint(uint oid, bool pretty)
    {
        if (image.Find(oid) is not { Constraint: { } constraint } found) return null;
        var text = new StringBuilder();
        switch (constraint.Kind)
        {
            case ConstraintKind.PrimaryKey or ConstraintKind.Unique:
                text.Append(constraint.Kind == ConstraintKind.Unique ? "UNIQUE (" : "PRIMARY KEY (");
                text.AppendJoin(", ", constraint.Columns.Select(Identifiers.Quote)).Append(')');
                break;
            case ConstraintKind.Check:
                text.Append("CHECK (").Append(Condition(found.Relation, constraint.Expression!, pretty)).Append(')');
                break;
            default:
                text.Append("FOREIGN KEY (").AppendJoin(", ", constraint.Columns.Select(Identifiers.Quote)).Append(") REFERENCES ");
                text.Append(TableName(constraint, found.Relation)).Append('(').AppendJoin(", ", constraint.ReferencedColumns.Select(Identifiers.Quote)).Append(')');
                if (constraint.OnUpdate is { } update and not "no action") text.Append(" ON UPDATE ").Append(update.ToUpperInvariant());
                if (constraint.OnDelete is { } delete and not "no action") text.Append(" ON DELETE ").Append(delete.ToUpperInvariant());
                break;
        }

        if (constraint.Deferrable) text.Append(" DEFERRABLE");
        if (constraint.InitiallyDeferred) text.Append(" INITIALLY DEFERRED");
        return text.ToString();
    }

    /// <param name="column">From 1 for one key alone, 0 for the whole statement.</param>
    public string? Index(uint oid, int column, bool pretty)
    {
        if (image.Find(oid) is not { Index: { } index, Relation: var table }) return null;
        if (column > index.Columns.Length) return "";
        if (column > 0) return Key(table, index, column - 1, pretty, alone: true);
        var text = new StringBuilder("CREATE ").Append(index.Unique ? "UNIQUE " : "").Append("INDEX ").Append(Identifiers.Quote(index.Name)).Append(" ON ");
        text.Append(pretty ? Name(table) : QualifiedName(table)).Append(" USING ").Append(index.Method).Append(" (");
        text.AppendJoin(", ", index.Columns.Select((_, i) => Key(table, index, i, pretty, alone: false))).Append(')');
        if (index.Options is { } options)
            text.Append(" WITH (").AppendJoin(", ", options.Split(',').Select(option => option.Trim().Split('=')).Select(pair => $"{pair[0].Trim()}='{pair[1].Trim()}'")).Append(')');
        if (index.Predicate is { } predicate) text.Append(" WHERE ").Append(Condition(table, predicate, pretty));
        return text.ToString();
    }

    public string? View(uint oid, bool pretty)
    {
        if (image.FindRelation(oid) is not { Definition: { } definition, Kind: RelationKind.View or RelationKind.MaterializedView } view) return null;
        var system = SystemCatalog.IsSystem(view.Schema);
        try
        {
            var bound = new Analyzer(image.Schema, system ? [SystemCatalog.Schema] : ViewReads.PathOf(image, view)).Bind(new QueryStatement(Parser.ParseQuery(definition)), []);
            return new Deparser(pretty, prefix: true, Name).View(((QueryStatement)bound.Tree).Query, [.. view.Columns.Select(column => column.Name)]);
        }
        catch (PgException)
        {
            return " " + definition.Trim().TrimEnd(';') + ";";
        }
    }

    /// <summary>A default or check as stored in a catalog, for the reader's search path.</summary>
    public string Expression(string stored, bool pretty)
    {
        const string Open = "nextval('", Close = "'::regclass)";
        if (!stored.StartsWith(Open, StringComparison.Ordinal) || !stored.EndsWith(Close, StringComparison.Ordinal))
            return pretty ? Deparsed.Pretty(stored) : stored;
        var parts = Identifiers.Split(stored[Open.Length..^Close.Length].Replace("''", "'", StringComparison.Ordinal));
        return parts.Length == 2 && image.Schema.Find(parts[0], parts[1]) is { } sequence
            ? Open + Name(sequence).Replace("'", "''", StringComparison.Ordinal) + Close
            : stored;
    }

    /// <summary>As a statement finds it on the search path.</summary>
    public string Name(RelationInfo relation) => names.NameOf(Oids.RegClass, relation.Oid) ?? Identifiers.Quote(relation.Name);

    public static string QualifiedName(RelationInfo relation) => $"{Identifiers.Quote(relation.Schema)}.{Identifiers.Quote(relation.Name)}";

    private string TableName(ConstraintInfo constraint, RelationInfo relation) =>
        image.Schema.Find(constraint.ReferencedSchema ?? relation.Schema, constraint.ReferencedTable!) is { } table
            ? Name(table) : Identifiers.Quote(constraint.ReferencedTable!);

    private static string Condition(RelationInfo table, string expression, bool pretty)
    {
        var text = Deparsed.Condition(table, expression);
        return pretty ? Deparsed.Pretty(text, Domains.IsValue(table)) : text;
    }

    private static string Key(RelationInfo table, IndexInfo index, int i, bool pretty, bool alone)
    {
        var key = index.Columns[i];
        string text;
        if (table.FindColumn(key) is not null)
        {
            text = Identifiers.Quote(key);
        }
        else
        {
            text = Deparsed.IndexExpression(table, key);
            var isCall = Parser.ParseExpression(text) is FunctionCall { SpecialSyntax: false };
            if (pretty) text = Deparsed.Pretty(text);
            if (!isCall) text = $"({text})";
        }

        if (alone) return text;
        if (index.OperatorClass is { } operators && !(index.Method == "ivfflat" && operators == "vector_l2_ops")) text += " " + operators;
        return index.Descending.Contains(i) ? text + " DESC" : text;
    }
}
