using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Postgres;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>Defaults, checks and index expressions: from PostgreSQL text to SQLite's.</summary>
internal sealed class DdlExpressions(EmbeddedConnection connection)
{
    /// <summary>The expression as SQLite evaluates it, converted to <paramref name="target"/> as an assignment would be.</summary>
    /// <param name="scope">The table whose columns it may use, or null for none.</param>
    public string Render(string text, RelationInfo? scope, TypeRef target, string? column = null) =>
        Render(Parser.ParseExpression(text), scope, target, column);

    public string Render(Expr expression, RelationInfo? scope, TypeRef target, string? column = null)
    {
        using var types = connection.EnterTypes();
        return Dialect.RenderExpression(Bind(expression, scope, target, column));
    }

    public Expr Bind(Expr expression, RelationInfo? scope, TypeRef target, string? column = null) =>
        new Analyzer(connection.Schema, connection.Session?.SearchPath ?? ["public"]).BindExpression(expression, scope, target, column);

    /// <summary>A default as the catalog shows it.</summary>
    public string DefaultText(Expr value, ColumnInfo column)
    {
        // Also a check that it converts to the column's type and that the engine can do it.
        if (!IsNextValue(value)) Render(value, null, column.Type, column.Name);
        return PostgresDialect.Write(value);
    }

    /// <summary>The type whose values a column has.</summary>
    public TypeRef Below(TypeRef type)
    {
        using var types = connection.EnterTypes();
        return Domains.Below(type);
    }

    /// <summary>What holds a column to its domain, as SQLite's CHECK has it; null where there is nothing to check.</summary>
    public string? DomainCheck(ColumnInfo column)
    {
        if (column.Type.Oid < UserTypes.FirstOid) return null;
        using var types = connection.EnterTypes();
        return Domains.Is(column.Type.Oid) ? Dialect.RenderDomainCheck(column.Type.Oid, column.Name) : null;
    }

    /// <summary>The default of a column: its own, or that of its domain.</summary>
    public string? DefaultOf(ColumnInfo column)
    {
        if (column.Default is { } own) return own;
        using var types = connection.EnterTypes();
        return Domains.Chain(column.Type.Oid).LastOrDefault(domain => domain.Domain!.Default is not null)?.Domain!.Default;
    }

    private SqliteDialect Dialect => (SqliteDialect)connection.Database.Dialect;

    private static bool IsNextValue(Expr value) => value is FunctionCall { Name.Last: "nextval", Arguments.Length: 1 };

    /// <summary>The sequence that a default of the form <c>nextval('s'::regclass)</c> uses, as schema.name.</summary>
    public string? SequenceOf(string? text)
    {
        if (text is null || Parser.ParseExpression(text) is not FunctionCall { Name.Last: "nextval", Arguments: [{ Value: var argument }] }) return null;
        while (argument is Cast cast) argument = cast.Operand;
        if (argument is not StringLiteral literal) return null;
        var parts = Identifiers.Split(literal.Value);
        var path = connection.Session?.SearchPath ?? ["public"];
        return connection.Schema.Resolve(parts.Length > 1 ? parts[^2] : null, parts[^1], path) is { Kind: RelationKind.Sequence } found
            ? $"{found.Schema}.{found.Name}"
            : throw new PgException(SqlStates.UndefinedTable, $"relation \"{literal.Value}\" does not exist");
    }

    public string NextValue(ColumnInfo column)
    {
        var dot = column.Sequence!.IndexOf('.', StringComparison.Ordinal);
        var sequence = connection.Schema.Find(column.Sequence[..dot], column.Sequence[(dot + 1)..])!;
        return $"pg_nextval_oid({sequence.Oid})";
    }
}
