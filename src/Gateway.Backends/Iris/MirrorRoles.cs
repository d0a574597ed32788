using System.Collections.Frozen;
using System.Data.Common;
using System.Globalization;
using Gateway.Types;

namespace Gateway.Backends.Iris;

/// <summary>What can be asked over SQL.</summary>
public static class MirrorRoles
{
    /// <summary>A server that answers takes writes.</summary>
    public static IMirrorRole None { get; } = new Query("SELECT 1", _ => InstanceState.Writable);

    /// <param name="sql">
    /// A query of one value: what %SYSTEM.Mirror says of itself (GetStatus, GetMemberType), or 1 and 0 for IsPrimary. A server projects
    /// none of them to SQL by itself: a procedure of the namespace has to.
    /// </param>
    public static IMirrorRole Ask(string sql) => new Query(sql, StateOf);

    // %SYSTEM.Mirror: GetStatus(), GetMemberType(), IsPrimary(). Null: it is to be left alone for now.
    private static readonly FrozenDictionary<string, InstanceState?> States = new Dictionary<string, InstanceState?>
    {
        ["PRIMARY"] = InstanceState.Writable,
        ["1"] = InstanceState.Writable,
        ["NOTINIT"] = InstanceState.Writable,
        ["NOT MEMBER"] = InstanceState.Writable,
        ["READ-WRITE REPORTING"] = InstanceState.Writable,
        ["BACKUP"] = InstanceState.ReadOnly,
        ["0"] = InstanceState.ReadOnly,
        ["CONNECTED"] = InstanceState.ReadOnly,
        ["ASYNC"] = InstanceState.ReadOnly,
        ["DISASTER RECOVERY"] = InstanceState.ReadOnly,
        ["READ-ONLY REPORTING"] = InstanceState.ReadOnly,
        ["TRANSITION"] = null,
        ["SYNCHRONIZING"] = null,
        ["WAITING"] = null,
        ["STOPPED"] = null,
        ["CRASHED"] = null,
        ["INDETERMINATE"] = null,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static InstanceState StateOf(string answer) =>
        States.TryGetValue(answer, out var state) && state is { } known
            ? known
            : answer.StartsWith("MULTIASYNC", StringComparison.OrdinalIgnoreCase)
                ? InstanceState.ReadOnly
                : throw new PgException(SqlStates.CannotConnectNow, $"the mirror member says \"{answer}\"");

    private sealed class Query(string sql, Func<string, InstanceState> read) : IMirrorRole
    {
        public InstanceState Of(DbConnection connection, TimeSpan timeout)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.CommandTimeout = Math.Max(1, (int)Math.Ceiling(timeout.TotalSeconds));
            return read(Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)?.Trim() ?? "");
        }
    }
}
