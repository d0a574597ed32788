using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>Carries out one DDL statement, inside the transaction that is open.</summary>
internal sealed partial class SchemaChange(EmbeddedConnection connection)
{
    /// <summary>Returns the rows of a statement that copies data, else 0.</summary>
    public long Apply(Statement statement)
    {
        switch (statement)
        {
            case CreateTable create:
                Create(create);
                return 0;
            default:
                throw PgException.Unsupported($"{TagOf(statement)} is not supported by the embedded engine");
        }
    }

    /// <summary>The command tag: <c>CREATE TABLE</c>.</summary>
    public static string TagOf(Statement statement) => statement switch
    {
        CreateTable => "CREATE TABLE",
        CreateTableAs { MaterializedView: true } => "CREATE MATERIALIZED VIEW",
        CreateTableAs => "CREATE TABLE AS",
        CreateIndex => "CREATE INDEX",
        CreateView => "CREATE VIEW",
        CreateSchema => "CREATE SCHEMA",
        CreateSequence => "CREATE SEQUENCE",
        AlterSequence => "ALTER SEQUENCE",
        CreateEnum or CreateComposite => "CREATE TYPE",
        AlterEnum => "ALTER TYPE",
        CreateDomain => "CREATE DOMAIN",
        CreateExtension => "CREATE EXTENSION",
        CreateDatabase => "CREATE DATABASE",
        DropDatabase => "DROP DATABASE",
        Drop drop => $"DROP {drop.Kind.ToUpperInvariant()}",
        AlterTable alter => $"ALTER {alter.Kind.ToUpperInvariant()}",
        Comment => "COMMENT",
        TruncateStatement => "TRUNCATE TABLE",
        RefreshMaterializedView => "REFRESH MATERIALIZED VIEW",
        QueryStatement => "SELECT INTO",
        OpaqueStatement opaque => opaque.Tag,
        _ => statement.GetType().Name,
    };
}
