using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Postgres;

/// <summary>PostgreSQL itself behind the gateway: the tree is written back, with every relation under its full name.</summary>
public sealed class PostgresDialect : Dialect
{
    public override string Name => "postgres";

    protected override Plan Translate(BoundStatement statement)
    {
        if (statement.Tree is NativeStatement native)
            throw PgException.Unsupported($"{native.Tag} is a statement of IRIS and not supported by PostgreSQL");
        if (statement.Tree is not (QueryStatement or DmlStatement)) return new Plan([new SchemaStep(statement.Tree)]);
        var writer = new PostgresWriter();
        writer.Statement(statement.Tree);
        return new Plan([new SqlStep(writer.ToString(), [.. Enumerable.Range(1, statement.ParameterTypes.Length)], statement.ReturnsRows)]);
    }

    /// <summary>A query or a statement that changes rows, as it was read or after analysis.</summary>
    public static string Write(Statement statement)
    {
        var writer = new PostgresWriter();
        writer.Statement(statement);
        return writer.ToString();
    }

    /// <summary>
    /// An analyzed statement for a server whose names mean what they meant here: as it was written, but each parameter cast to
    /// the type that analysis gave it.
    /// </summary>
    /// <remarks>
    /// What analysis writes out (stars, ordinals, aliases in GROUP BY and ORDER BY, whole rows) does not always read back as the
    /// same thing, so the text is taken. A statement that has none, or that holds what only the gateway reads, is written anew.
    /// </remarks>
    /// <param name="inferText">Parameters of type text are left to the server: they may meet a type that is only known as text here.</param>
    public static string WriteTyped(BoundStatement statement, bool inferText = false) =>
        statement.Tree.Written is { } text && TypedText.Of(text, statement.ParameterTypes, inferText) is { } typed ? typed : WriteTyped(statement.Tree);

    /// <summary>The same for a provider whose markers have no numbers: <c>?</c>, and a parameter that stands twice is given twice.</summary>
    /// <returns>The text, and for each marker the number of its parameter.</returns>
    /// <exception cref="PgException">0A000: an operator with a ? in its name that no function stands for.</exception>
    public static (string Sql, ImmutableArray<int> Parameters) WriteMarked(BoundStatement statement, bool inferText = false)
    {
        var marks = new List<int>();
        if (statement.Tree.Written is { } text && TypedText.Of(text, statement.ParameterTypes, inferText, marks) is { } typed) return (typed, [.. marks]);
        marks.Clear();
        var writer = new PostgresWriter(typed: true, marks: marks);
        writer.Statement(statement.Tree);
        return (writer.ToString(), [.. marks]);
    }

    /// <summary>Whether a text holds an operator with a <c>?</c> in its name.</summary>
    public static bool HasMarkers(string sql) => TypedText.HasMarkers(sql);

    private static string WriteTyped(Statement statement)
    {
        var writer = new PostgresWriter(typed: true);
        writer.Statement(statement);
        return writer.ToString();
    }

    /// <summary>An expression that is kept as text (a default, a check), in the manner of pg_get_expr; types that may be renamed stand under their OID.</summary>
    /// <param name="rename">Another name for a column, or null for its own.</param>
    public static string Write(Expr expression, Func<ColumnRef, string?>? rename = null)
    {
        var writer = new PostgresWriter(rename, kept: true);
        writer.Operand(expression);
        return writer.ToString();
    }
}
