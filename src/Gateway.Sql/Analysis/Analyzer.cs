using System.Collections.Immutable;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>Resolves names and infers types with PostgreSQL's rules (manual, chapter 10), before a statement runs.</summary>
/// <remarks>
/// In the bound tree every conversion stands as a <see cref="Cast"/>, but text literals, NULL and parameters take their
/// type directly. A literal of another type is a cast over a <see cref="StringLiteral"/> of type unknown. Stars, USING,
/// NATURAL, ordinals, defaults of functions and the column list of INSERT are written out.
/// </remarks>
public sealed class Analyzer(SchemaSnapshot schema, IReadOnlyList<string> searchPath)
{
    public SchemaSnapshot Schema { get; } = schema;

    public IReadOnlyList<string> SearchPath { get; } = searchPath;

    /// <param name="declared">Parameter types the client gave; 0 for "infer".</param>
    /// <exception cref="PgException">42P01, 42703, 42883, 42804, 42P18… as PostgreSQL words them.</exception>
    public BoundStatement Bind(Statement statement, ReadOnlySpan<uint> declared)
    {
        using var scope = TypeScope.Enter(Schema.Types, SearchPath);
        var parameters = new Parameters(declared);
        var binder = new Binder(this, parameters);
        var (tree, columns) = binder.BindStatement(statement);
        return new BoundStatement(tree, columns, parameters.Finish()) { IsReadOnly = !binder.Writes, Schema = Schema };
    }

    /// <summary>A COPY, with the statement that does its work at the backend.</summary>
    /// <exception cref="PgException">As <see cref="Bind"/>.</exception>
    public BoundCopy BindCopy(CopyStatement copy)
    {
        using var scope = TypeScope.Enter(Schema.Types, SearchPath);
        return new CopyBinder(this, copy).Bind();
    }

    /// <summary>An expression that stands alone: a column's default, a check, a generated column, an index expression.</summary>
    /// <param name="relation">The table whose columns it may use.</param>
    /// <param name="target">What it is assigned to; <c>default</c> leaves the type as it comes.</param>
    /// <param name="column">The column it belongs to, for the error message.</param>
    /// <exception cref="PgException">As <see cref="Bind"/>.</exception>
    public Expr BindExpression(Expr expression, RelationInfo? relation, TypeRef target, string? column = null) =>
        BindAlone(expression, relation, target, relation is null ? Clause.Default : target.Oid == Oids.Bool ? Clause.Check : Clause.Generated, column);

    /// <summary>The arguments of EXECUTE, converted to the parameter types of the prepared statement.</summary>
    /// <exception cref="PgException">42601 for a wrong number, 42804 for a type that does not fit.</exception>
    public ImmutableArray<Expr> BindArguments(string name, ImmutableArray<Expr> arguments, ReadOnlySpan<uint> types)
    {
        if (arguments.Length != types.Length)
            throw new PgException(SqlStates.SyntaxError, $"wrong number of parameters for prepared statement \"{name}\"")
            {
                Detail = $"Expected {types.Length} parameters but got {arguments.Length}.",
            };
        using var scope = TypeScope.Enter(Schema.Types, SearchPath);
        var bound = ImmutableArray.CreateBuilder<Expr>(arguments.Length);
        for (var i = 0; i < arguments.Length; i++)
            bound.Add(new Binder(this, new Parameters([])).BindArgument(arguments[i], types[i], i + 1));

        return bound.MoveToImmutable();
    }

    private Expr BindAlone(Expr expression, RelationInfo? relation, TypeRef target, Clause clause, string? column)
    {
        using var scope = TypeScope.Enter(Schema.Types, SearchPath);
        var parameters = new Parameters([]);
        var bound = new Binder(this, parameters).BindAlone(expression, relation, target, clause, column);
        parameters.Finish();
        return bound;
    }
}
