using Gateway.Types;
using SQLitePCL;

namespace Gateway.Backends.Embedded;

/// <remarks>pg_advisory_lock and its kin.</remarks>
public sealed partial class EmbeddedConnection
{
    private static IEnumerable<(string Name, bool Try, bool Transaction, bool Shared)> AdvisoryFunctions =>
        from attempt in (bool[])[false, true]
        from transaction in (bool[])[false, true]
        from shared in (bool[])[false, true]
        select ($"pg_{(attempt ? "try_" : "")}advisory_{(transaction ? "xact_" : "")}lock{(shared ? "_shared" : "")}", attempt, transaction, shared);

    // Spares every statement without such locks a look at the table.
    private int _transactionLocksOf;

    internal static IEnumerable<string> AdvisoryNames =>
        from name in AdvisoryFunctions.Select(function => function.Name).Append("pg_advisory_unlock").Append("pg_advisory_unlock_shared")
        from form in (string[])["int8/1", "int4/2"]
        select $"{name}_{form}";

    private void RegisterAdvisoryFunctions()
    {
        foreach (var (name, attempt, transaction, shared) in AdvisoryFunctions)
            Keyed(name, (key, session) =>
            {
                if (transaction) _transactionLocksOf = session.ProcessId;
                if (attempt) return Database.AdvisoryLocks.TryTake(key, session.ProcessId, shared, transaction);
                Database.AdvisoryLocks.Take(key, session.ProcessId, shared, transaction, session.LockTimeout, ThrowIfCanceled);
                return null;
            });
        foreach (var shared in (bool[])[false, true])
            Keyed("pg_advisory_unlock" + (shared ? "_shared" : ""), (key, session) =>
            {
                var had = Database.AdvisoryLocks.Release(key, session.ProcessId, shared);
                if (!had) session.Notify(new Notice("WARNING", "01000", $"you don't own a lock of type {(shared ? "ShareLock" : "ExclusiveLock")}"));
                return had;
            });
        Advisory("pg_advisory_unlock_all", 0, (_, session) =>
        {
            Database.AdvisoryLocks.ReleaseSession(session.ProcessId);
            return null;
        });
    }

    private void ReleaseTransactionLocks()
    {
        if (_transactionLocksOf == 0) return;
        Database.AdvisoryLocks.ReleaseTransaction(_transactionLocksOf);
        _transactionLocksOf = 0;
    }

    private void Keyed(string name, Func<AdvisoryKey, ISessionContext, bool?> body)
    {
        Advisory(name + "_int8", 1, (arguments, session) => body(new AdvisoryKey(false, raw.sqlite3_value_int64(arguments[0])), session));
        Advisory(name + "_int4", 2, (arguments, session) => body(
            new AdvisoryKey(true, (raw.sqlite3_value_int64(arguments[0]) << 32) | (uint)raw.sqlite3_value_int64(arguments[1])), session));
    }

    /// <param name="body">Null for a function that returns void.</param>
    private void Advisory(string name, int arity, Func<sqlite3_value[], ISessionContext, bool?> body) =>
        raw.sqlite3_create_function(_handle, "pg_" + name, arity, this, (context, _, arguments) =>
        {
            try
            {
                if (arguments.Any(argument => raw.sqlite3_value_type(argument) == raw.SQLITE_NULL))
                {
                    raw.sqlite3_result_null(context);
                    return;
                }

                // A replay that looks for the row of an error must not take locks again.
                var session = Session ?? throw new PgException(SqlStates.ObjectNotInPrerequisiteState, "there is no session");
                if (_probing) raw.sqlite3_result_null(context);
                else if (body(arguments, session) is { } answer) raw.sqlite3_result_int64(context, answer ? 1 : 0);
                else raw.sqlite3_result_text(context, "");
            }
            catch (PgException error)
            {
                Errors.Set(error);
                raw.sqlite3_result_error(context, "failed"u8);
            }
        });
}
