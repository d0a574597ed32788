using System.Runtime.CompilerServices;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Postgres;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Catalog;

/// <summary>Expressions of the snapshot as PostgreSQL shows them. What cannot be analyzed any more is shown as it was written.</summary>
public static class Deparsed
{
    // By the text itself, which lives as long as the relation it belongs to.
    private static readonly ConditionalWeakTable<string, string> Known = [];

    // Names of types depend on who asks, and change.
    private static string Kept(string text, TypeRef target, ConditionalWeakTable<string, string>.CreateValueCallback write) =>
        target.Oid >= UserTypes.FirstOid || text.Contains(Sql.Analysis.TypeNames.ByOid, StringComparison.Ordinal) ? write(text) : Known.GetValue(text, write);

    /// <summary>DEFAULT NULL says nothing, and PostgreSQL keeps none.</summary>
    public static bool HasDefault(ColumnInfo column) => (column.Default ?? column.Generated) is not (null or "NULL");

    public static string Default(RelationInfo relation, ColumnInfo column) =>
        column is { Default: not null, Sequence: { } sequence } && sequence.Split('.', 2) is [var schema, var name]
            ? $"nextval('{(Identifiers.Quote(schema) + "." + Identifiers.Quote(name)).Replace("'", "''", StringComparison.Ordinal)}'::regclass)"
            : Kept((column.Default ?? column.Generated)!, column.Type, text => Write(text, column.Generated is null ? null : relation, column.Type, column.Name));

    /// <summary>A check, or the predicate of an index.</summary>
    public static string Condition(RelationInfo relation, string expression) =>
        Kept(expression, NamesTypes(relation), text => Write(text, relation, new TypeRef(Oids.Bool), null));

    /// <summary>A key of an index that is no column.</summary>
    public static string IndexExpression(RelationInfo relation, string expression) =>
        Kept(expression, NamesTypes(relation), text => Write(text, relation, default, null));

    /// <summary>The default of a domain.</summary>
    public static string Value(string expression, TypeRef type) => Kept(expression, type, text => Write(text, null, type, null));

    /// <summary>A type of the database among the columns, whose name a constant beside it will show.</summary>
    private static TypeRef NamesTypes(RelationInfo relation)
    {
        foreach (var column in relation.Columns)
            if (column.Type.Oid >= UserTypes.FirstOid) return column.Type;
        return default;
    }

    /// <summary>The type of such a key.</summary>
    public static uint TypeOf(RelationInfo relation, string expression)
    {
        try
        {
            return new Analyzer(SchemaSnapshot.OnlyTypes, TypeScope.SearchPath).BindExpression(Parser.ParseExpression(expression), relation, default).Type.Oid;
        }
        catch (PgException)
        {
            return Oids.Text;
        }
    }

    /// <summary>What one of these returned, in the form with fewer parentheses.</summary>
    /// <param name="ofDomain">It is a check of a domain.</param>
    public static string Pretty(string expression, bool ofDomain = false)
    {
        try
        {
            return new Deparser(pretty: true) { NamesValue = ofDomain }.Alone(Parser.ParseExpression(expression));
        }
        catch (PgException)
        {
            return expression;
        }
    }

    private static string Write(string text, RelationInfo? relation, TypeRef target, string? column)
    {
        var parsed = Parser.ParseExpression(text);

        // The sequence is named by its OID in PostgreSQL; here its name is kept, and shown.
        if (parsed is FunctionCall { Name.Last: "nextval" }) return text;
        try
        {
            return new Deparser(pretty: false).Alone(new Analyzer(SchemaSnapshot.OnlyTypes, TypeScope.SearchPath).BindExpression(parsed, relation, target, column));
        }
        catch (PgException)
        {
            return text;
        }
    }
}
