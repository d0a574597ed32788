using System.Collections.Immutable;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Analysis;

/// <summary>A statement whose names are resolved and whose types are known, before it runs.</summary>
/// <param name="Tree">The annotated tree.</param>
/// <param name="Columns">Result columns; empty when the statement returns no rows.</param>
/// <param name="ParameterTypes">Type OID of $1, $2, …; every entry is known.</param>
public sealed record BoundStatement(
    Statement Tree,
    ImmutableArray<OutputColumn> Columns,
    ImmutableArray<uint> ParameterTypes)
{
    /// <summary>Neither DML, row locks nor functions that write (nextval, set_config…): any replica may run it.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>What its names were looked up in.</summary>
    public SchemaSnapshot Schema { get; init; } = SchemaSnapshot.Empty;

    public bool ReturnsRows => !Columns.IsDefaultOrEmpty || Tree is QueryStatement { Query: not Select { Into: not null } };
}

/// <param name="TableOid">pg_class OID when the column is a plain table column, else 0.</param>
/// <param name="Attnum">attnum in that table, else 0.</param>
public sealed record OutputColumn(string Name, TypeRef Type, uint TableOid = 0, short Attnum = 0)
{
    /// <summary>The domain it was declared with, while <see cref="Type"/> is the one below it; 0 for none.</summary>
    public uint Domain { get; init; }

    /// <summary>The fields of a column of type record; empty when they are not known.</summary>
    public ImmutableArray<OutputColumn> Row { get; init; } = [];
}
