using System.Globalization;
using Gateway.Types;

namespace Gateway.Backends.Iris;

/// <remarks>What a connection asks and says before its first statement.</remarks>
public sealed partial class IrisConnection
{
    /// <summary>The server process behind it, when the driver or the server tells.</summary>
    internal long? Job { get; private set; }

    private Version? _serverVersion;

    private void Start(string instance)
    {
        _serverVersion = IrisDriver.ServerVersion(_connection);
        if (_serverVersion is { } version && (version.Major, version.Minor).CompareTo((_backend.Server.Version.Major, _backend.Server.Version.Minor)) < 0)
            throw new PgException(SqlStates.UnableToConnect, $"instance \"{instance}\" runs IRIS {version}, which is older than the {_backend.Server.Version} of its route")
            {
                Hint = $"Set the instance's version to \"{version}\" in the configuration: the route then uses only what all its instances have.",
            };
        if (IrisDriver.DelimitedIdentifiers(_connection) == false)
            throw new PgException(SqlStates.UnableToConnect, $"instance \"{instance}\" takes \"x\" for a string and not for a name")
            {
                Hint = "Let an administrator of the instance turn support for delimited identifiers on: SET OPTION SUPPORT_DELIMITED_IDENTIFIERS = TRUE.",
            };

        // Its own default lets a query see what others have not committed.
        RunControl("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
        RunControl(string.Create(CultureInfo.InvariantCulture, $"SET OPTION LOCK_TIMEOUT = {_backend.Options.DefaultLockTimeout}"));
        Job = IrisDriver.Job(_connection) ?? AskForJob();
    }

    private long? AskForJob()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT $JOB";
        return long.TryParse(Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var job) ? job : null;
    }

    /// <summary>On another connection of the same login, where the server has the statement.</summary>
    private Action? CancelQuery() => Job is { } job && Knows(_serverVersion ?? _backend.Server.Version)
        ? () =>
        {
            using var control = _backend.Connect(_instance, _login);
            using var command = control.CreateCommand();
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"CANCEL QUERY {job}");
            command.CommandTimeout = 1;
            command.ExecuteNonQuery();
        }
        : null;

    private static bool Knows(Version version) => new Gateway.Sql.Dialects.Iris.IrisOptions(version, ExactComparison: false).HasCancelQuery;
}
