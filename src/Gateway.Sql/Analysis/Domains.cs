using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>Domains: to the rules of types an expression has the type at the bottom; what it was declared as is kept beside it.</summary>
/// <remarks>
/// A cast to a domain is a <see cref="Cast"/> with <see cref="Cast.Domain"/> over the value; what a table's column checks is
/// the backend's affair.
/// </remarks>
public static class Domains
{
    private const string Value = "domain value";

    public static bool Is(uint type) => type >= UserTypes.FirstOid && PgTypes.Find(type) is { Kind: 'd' };

    /// <summary>The type whose values a domain has, with its modifier; any other type itself.</summary>
    public static TypeRef Below(TypeRef type)
    {
        while (type.Oid >= UserTypes.FirstOid && TypeScope.Types.Definition(type.Oid)?.Domain is { } domain) type = new TypeRef(domain.Base, domain.Typmod);
        return type;
    }

    /// <summary>The domain an expression was declared with; 0 for none.</summary>
    public static uint Of(Expr value) => value switch
    {
        Cast cast => cast.Domain,
        ColumnRef { Column: { } column } => column.Domain,
        _ => 0,
    };

    /// <summary>From the innermost out: the type and all domains below it.</summary>
    public static IEnumerable<UserType> Chain(uint type)
    {
        var chain = new Stack<UserType>();
        while (TypeScope.Types.Definition(type) is { Domain: { } domain } definition)
        {
            chain.Push(definition);
            type = domain.Base;
        }

        return chain;
    }

    /// <summary>What a check speaks of: a relation of one column, VALUE.</summary>
    public static RelationInfo ValueOf(string schema, TypeRef below) =>
        new(0, schema, Value, RelationKind.Table, [new ColumnInfo("value", 1, below, NotNull: false)]);

    public static bool IsValue(RelationInfo? relation) => relation is { Oid: 0, Name: Value };
}
