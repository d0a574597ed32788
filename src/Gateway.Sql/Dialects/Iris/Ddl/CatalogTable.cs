using System.Collections.Immutable;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Ddl;

/// <summary>The gateway's own table in IRIS, <c>PgWire.Catalog</c>: one document per relation or schema made through it.</summary>
/// <remarks>A relation's key is its OID, a schema's its own; OIDs come from one counter. Documents are JSON.</remarks>
public static class CatalogTable
{
    public const string Schema = "PgWire";

    public const string Name = "Catalog";

    private const string Table = "\"PgWire\".\"Catalog\"";

    /// <summary>For a namespace that does not have it yet.</summary>
    public static ImmutableArray<CommandStep> Create(bool hasCreateSchema)
    {
        var table = new CommandStep(
            $"CREATE TABLE {Table} (%DESCRIPTION 'Declared types, defaults, checks and views of tables made through the PostgreSQL gateway', "
            + "\"Oid\" BIGINT NOT NULL, \"SchemaName\" VARCHAR(128) COLLATE %EXACT NOT NULL, \"ObjectName\" VARCHAR(128) COLLATE %EXACT NOT NULL, "
            + "\"Kind\" VARCHAR(1) COLLATE %EXACT NOT NULL, \"Document\" VARCHAR(1000000) COLLATE %EXACT NOT NULL, "
            + "CONSTRAINT \"CatalogKey\" PRIMARY KEY (\"Oid\"))", [], false);
        return hasCreateSchema ? [new CommandStep($"CREATE SCHEMA IF NOT EXISTS \"{Schema}\"", [], false), table] : [table];
    }

    /// <summary>Whether it is there: one row, or none.</summary>
    public static RemoteQuery Exists { get; } = new(
        "SELECT 1 FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PgWire' AND TABLE_NAME = 'Catalog'", [], [new TypeRef(Oids.Int4)]);

    /// <summary>Everything: oid (int8), schema, name, kind (text; pg_class.relkind, <c>n</c> for a schema), document (text).</summary>
    public static RemoteQuery Read { get; } = new(
        $"SELECT \"Oid\", \"SchemaName\", \"ObjectName\", \"Kind\", \"Document\" FROM {Table} ORDER BY \"Oid\"",
        [], [new TypeRef(Oids.Int8), new TypeRef(Oids.Text), new TypeRef(Oids.Text), new TypeRef(Oids.Text), new TypeRef(Oids.Text)]);

    /// <summary>Writes one document over an older one. $1 to $5 are the columns of <see cref="Read"/>.</summary>
    /// <remarks>INSERT OR UPDATE would not change a key, and says nothing of why it failed.</remarks>
    public static ImmutableArray<CommandStep> Save { get; } =
    [
        Delete,
        new CommandStep(
            $"INSERT INTO {Table} (\"Oid\", \"SchemaName\", \"ObjectName\", \"Kind\", \"Document\") VALUES (?, ?, ?, ?, ?)",
            [Parameter(1, Oids.Int8), Parameter(2, Oids.Text), Parameter(3, Oids.Text), Parameter(4, Oids.Text), Parameter(5, Oids.Text)], false),
    ];

    /// <summary>$1 is the OID.</summary>
    public static CommandStep Delete => new($"DELETE FROM {Table} WHERE \"Oid\" = ?", [Parameter(1, Oids.Int8)], false);

    private static Input Parameter(int number, uint type) => new(InputKind.Parameter, number, new TypeRef(type));
}
