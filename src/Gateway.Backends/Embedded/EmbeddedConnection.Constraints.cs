using System.Collections.Immutable;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Embedded;

/// <remarks>
/// When foreign keys are checked. SQLite checks each as it was declared, or all of them at the commit (defer_foreign_keys), which it
/// must not be talked out of again in the same transaction: it would forget what is broken. So from then on it counts the broken keys,
/// and when there are any after a statement, those that are to be checked at once are looked for here.
/// </remarks>
public sealed partial class EmbeddedConnection
{
    private const int DeferredForeignKeys = 10;   // SQLITE_DBSTATUS_DEFERRED_FKS

    private ConstraintModes _modes = ConstraintModes.AsDeclared;
    private bool _checksLast;

    /// <exception cref="PgException">23503: a constraint that is immediate from here on is broken.</exception>
    public void SetConstraints(ImmutableArray<string> names, bool deferred)
    {
        RequireTransaction("SET CONSTRAINTS");
        RequireNotLost();
        _modes = _modes.With(names, deferred);
        if (_begun && NeedsDeferral()) CheckKeysLast();
        CheckKeys("");
    }

    /// <summary>SQLite checks all foreign keys at the commit, until the transaction ends; what it shall not put off is checked here.</summary>
    internal void CheckKeysLast()
    {
        if (_checksLast) return;
        Control("PRAGMA defer_foreign_keys = ON");
        _checksLast = true;
    }

    /// <summary>The key is to be checked at the commit.</summary>
    internal bool Defers(ConstraintInfo key) => _modes.Defers(key);

    /// <summary>Keys that are broken now, and will fail the commit.</summary>
    internal unsafe bool HasBrokenKeys
    {
        get
        {
            int current, highest;
            _ = Native.sqlite3_db_status(_rawHandle, DeferredForeignKeys, &current, &highest, 0);
            return current != 0;
        }
    }

    /// <summary>After a statement that changes rows.</summary>
    /// <param name="sql">The statement, for the error's words.</param>
    internal void CheckKeys(string sql)
    {
        if ((!_checksLast && ReferenceEquals(_modes, ConstraintModes.AsDeclared)) || !_begun || !HasBrokenKeys) return;
        if (ConstraintErrors.FindBroken(this, sql, key => !_modes.Defers(key)) is { } broken) throw broken;
    }

    private bool NeedsDeferral() =>
        !ReferenceEquals(_modes, ConstraintModes.AsDeclared)
        && Schema.Relations.Any(relation => relation.Constraints.Any(key =>
            key is { Kind: ConstraintKind.ForeignKey, InitiallyDeferred: false } && _modes.Defers(key)));
}
