using System.Collections.Immutable;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Ddl;

/// <summary>What the difference of two schemas does not show, and IRIS cannot do.</summary>
public static class DdlRefusals
{
    /// <summary>To be asked before the statement is tried on the shadow.</summary>
    /// <exception cref="PgException">0A000.</exception>
    public static void Check(Statement statement)
    {
        switch (statement)
        {
            case CreateTable create:
                if (create.Temporary || create.Name.Schema == "pg_temp") throw Unsupported("a temporary table");
                if (create.Columns.IsDefaultOrEmpty && create.Like.IsDefaultOrEmpty) throw Unsupported("a table without columns");
                foreach (var column in create.Columns) Check(column);
                break;
            case CreateTableAs { Temporary: true }:
            case QueryStatement { Query: Select { Into.Temporary: true } }:
                throw Unsupported("a temporary table");
            case CreateView { Temporary: true }:
                throw Unsupported("a temporary view");
            case CreateEnum or CreateComposite or CreateDomain or AlterEnum or RenameEnumLabel or AlterType or Drop { Kind: "type" or "domain" }:
                throw Unsupported(CommandTag.Of(statement).Name);
            case Comment { Kind: "type" or "domain" } comment:
                throw Unsupported($"COMMENT ON {comment.Kind.ToUpperInvariant()}");
            case CreateSequence:
                throw Unsupported("CREATE SEQUENCE");
            case AlterSequence alter when alter.Options.Any(option => option.Name != "owned by"):
                throw Unsupported("ALTER SEQUENCE");
            case AlterTable alter:
                foreach (var action in alter.Actions) Check(action);
                break;
        }
    }

    private static void Check(AlterAction action)
    {
        switch (action)
        {
            case AddColumn add:
                Check(add.Column);
                break;
            case AlterColumnIdentity { Action: "set" } change when change.Options.Any(option => option.Name != "generated"):
                throw Unsupported("changing an identity column's sequence");
            case AlterColumnIdentity change:
                Check(change.Options);
                break;
        }
    }

    private static void Check(ColumnDefinition column)
    {
        foreach (var constraint in column.Constraints)
            if (constraint is IdentityConstraint identity) Check(identity.Options);
    }

    // IRIS counts from 1 in steps of 1, with no limit of its own.
    private static void Check(ImmutableArray<SequenceOption> options)
    {
        if (options.IsDefaultOrEmpty) return;
        foreach (var option in options)
            if (option is not ({ Name: "start" or "increment" or "minvalue", Value: "1" } or { Name: "cache" or "generated" } or { Name: "cycle", Value: "false" }
                or { Name: "minvalue" or "maxvalue", Value: null }))
                throw Unsupported($"{option.Name.ToUpperInvariant()} of an identity column's sequence");
    }

    internal static PgException Unsupported(string what) => PgException.Unsupported($"{what} is not supported by IRIS");
}
