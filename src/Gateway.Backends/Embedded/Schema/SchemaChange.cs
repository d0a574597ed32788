using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>Carries out one DDL statement, inside the transaction that is open.</summary>
internal sealed partial class SchemaChange(EmbeddedConnection connection)
{
    /// <summary>Returns the rows of a statement that copies data, else 0.</summary>
    public long Apply(Statement statement, ValueList parameters)
    {
        // SQLite would delete a dropped table's rows one by one and cascade; the rules are kept here instead.
        connection.EnforceForeignKeys(false);
        using var scope = connection.EnterTypes();
        try
        {
            return Dispatch(statement, parameters);
        }
        finally
        {
            connection.EnforceForeignKeys(true);
        }
    }

    private long Dispatch(Statement statement, ValueList parameters)
    {
        switch (statement)
        {
            case CreateTable create:
                Create(create);
                return 0;
            case CreateTableAs create:
                return Create(create, parameters);
            case QueryStatement { Query: Select { Into: not null } select }:
                return SelectInto(select, parameters);
            case CreateIndex create:
                Create(create);
                return 0;
            case CreateView create:
                Create(create);
                return 0;
            case CreateSchema create:
                Create(create);
                return 0;
            case AlterSchema alter:
                Alter(alter);
                return 0;
            case CreateEnum create:
                Create(create);
                return 0;
            case CreateDomain create:
                Create(create);
                return 0;
            case AlterEnum alter:
                Alter(alter);
                return 0;
            case RenameEnumLabel rename:
                Rename(rename);
                return 0;
            case AlterType alter:
                Alter(alter);
                return 0;
            case CreateComposite create:
                throw PgException.Unsupported($"CREATE TYPE \"{create.Name.Last}\" AS (…): composite types are not supported by the embedded engine");
            case CreateSequence create:
                Create(create);
                return 0;
            case AlterSequence alter:
                Alter(alter);
                return 0;
            case AlterTable alter:
                Alter(alter);
                return 0;
            case Drop drop:
                Drop(drop);
                return 0;
            case TruncateStatement truncate:
                Truncate(truncate);
                return 0;
            case VacuumStatement vacuum:
                Vacuum(vacuum);
                return 0;
            case Comment comment:
                SetComment(comment);
                return 0;
            case CreateExtension create:
                // Its type and functions are always there.
                if (create.Name == "vector") return 0;
                if (create.Name != "plpgsql")
                    throw PgException.Unsupported($"extension \"{create.Name}\" is not available in the embedded engine");
                if (!create.IfNotExists) throw new PgException(SqlStates.DuplicateObject, "extension \"plpgsql\" already exists");
                Skip(SqlStates.DuplicateObject, "extension \"plpgsql\" already exists, skipping");
                return 0;
            default:
                throw PgException.Unsupported($"{CommandTag.Of(statement).Name} is not supported by the embedded engine");
        }
    }
}
