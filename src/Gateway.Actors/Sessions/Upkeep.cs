using System.Collections.Immutable;
using Gateway.Backends;
using Gateway.Protocol.Session;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>LOCK TABLE, SET CONSTRAINTS, VACUUM, ANALYZE, REINDEX and CHECKPOINT: what is asked is checked here, done by the connection.</summary>
internal sealed class Upkeep(SessionState state, Lease lease)
{
    public async ValueTask Run(Statement statement)
    {
        switch (statement)
        {
            case SetConstraints set when lease.Backend.ChecksConstraintsAtOnce: SetConstraintsAtOnce(set); return;
            case SetConstraints set when !Checked(set): return;
            case LockStatement: state.Block.RequireOpen("LOCK TABLE"); break;
            case VacuumStatement { Vacuum: true }: lease.RequireOutsideBlock("VACUUM"); break;
            case ReindexStatement { Kind: "database" or "system" or "schema" } reindex: lease.RequireOutsideBlock($"REINDEX {reindex.Kind.ToUpperInvariant()}"); break;
        }

        if (state.IsReadOnly && statement is ReindexStatement)
            throw new PgException(SqlStates.ReadOnlySqlTransaction, "cannot execute REINDEX in a read-only transaction");
        var connection = await lease.Acquire(lease.NeedOf(reads: false)).ConfigureAwait(false);
        if (state.Cancelled is { } why) throw why;
        await lease.BeforeBlocking().ConfigureAwait(false);
        switch (statement)
        {
            case LockStatement locks:
                var tables = Relations(locks.Tables);
                lease.Enter(connection, alone: false);
                state.Block.HasRun = true;
                connection.LockTables(tables, locks.Mode, locks.NoWait);
                break;

            case SetConstraints set:
                lease.Enter(connection, alone: false);
                state.Block.HasRun = true;
                connection.SetConstraints([.. set.Names.Select(name => name.Last)], set.Deferred);
                break;

            case VacuumStatement vacuum:
                var analyze = !vacuum.Vacuum || vacuum.Options.Any(option => option.Name == "analyze" && IsOn(option.Value));
                var full = vacuum.Options.Any(option => option.Name == "full" && IsOn(option.Value));
                var which = Relations(vacuum.Tables);
                if (vacuum.Vacuum) connection.Maintain(full ? Maintenance.Compact : Maintenance.Vacuum, which);
                if (analyze) connection.Maintain(Maintenance.Analyze, which);
                break;

            case ReindexStatement reindex:
                connection.Maintain(Maintenance.Reindex, Indexed(reindex));
                break;

            case CheckpointStatement:
                connection.Maintain(Maintenance.Checkpoint, []);
                break;
        }
    }

    private static bool IsOn(string? value) => value is null or "true" or "on" or "1" or "TRUE" or "ON";

    /// <summary>Where all are checked at once, IMMEDIATE is what is so, and DEFERRED what cannot be had.</summary>
    private void SetConstraintsAtOnce(SetConstraints set)
    {
        foreach (var name in set.Names)
            if (!lease.Schema.Relations.Any(relation => relation.Constraints.Any(constraint => constraint.Name == name.Last)))
                throw new PgException(SqlStates.UndefinedObject, $"constraint \"{name.Last}\" does not exist");
        if (set.Deferred) state.Notify(new Notice("WARNING", "01000", "constraints are checked at once: IRIS does not defer them"));
    }

    /// <returns>Whether there is anything to set.</returns>
    private bool Checked(SetConstraints set)
    {
        if (!state.Block.IsOpen)
        {
            state.Notify(new Notice("WARNING", SqlStates.NoActiveSqlTransaction, "SET CONSTRAINTS can only be used in transaction blocks"));
            return false;
        }

        var all = lease.Schema.Relations.SelectMany(relation => relation.Constraints);
        foreach (var name in set.Names)
        {
            var named = all.Where(constraint => constraint.Name == name.Last).ToList();
            if (named.Count == 0) throw new PgException(SqlStates.UndefinedObject, $"constraint \"{name.Last}\" does not exist");
            if (named.FirstOrDefault(constraint => !constraint.Deferrable) is { } rigid)
                throw new PgException(SqlStates.WrongObjectType, $"constraint \"{rigid.Name}\" is not deferrable");
        }

        // Where no constraint can be deferred, ALL is nobody.
        return !set.Names.IsEmpty || all.Any(constraint => constraint.Deferrable);
    }

    private ImmutableArray<RelationInfo> Relations(ImmutableArray<QualifiedName> names) =>
        [.. names.Select(name => Find(name) ?? throw Undefined(name))];

    private ImmutableArray<RelationInfo> Indexed(ReindexStatement reindex)
    {
        var name = reindex.Name!;
        switch (reindex.Kind)
        {
            case "table": return [Find(name) ?? throw Undefined(name)];
            case "index":
                return lease.Schema.Relations.FirstOrDefault(relation =>
                    (name.Schema is null ? state.SearchPath.Contains(relation.Schema) : relation.Schema == name.Schema)
                    && relation.Indexes.Any(index => index.Name == name.Last)) is { } owner
                    ? [owner]
                    : throw Undefined(name);
            case "schema":
                if (!lease.Schema.Schemas.Contains(name.Last)) throw new PgException(SqlStates.InvalidSchemaName, $"schema \"{name.Last}\" does not exist");
                return [.. lease.Schema.Relations.Where(relation => relation.Schema == name.Last && relation.Kind == RelationKind.Table)];
            default:
                return name.Last == state.Database
                    ? []
                    : throw PgException.Unsupported("can only reindex the currently open database");
        }
    }

    private RelationInfo? Find(QualifiedName name) => lease.Schema.Resolve(name.Schema, name.Last, state.SearchPath);

    private static PgException Undefined(QualifiedName name) =>
        new(SqlStates.UndefinedTable, $"relation \"{(name.Schema is { } schema ? schema + "." : "")}{name.Last}\" does not exist");
}
