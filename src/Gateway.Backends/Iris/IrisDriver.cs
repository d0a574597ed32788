using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Gateway.Backends.Iris;

/// <summary>What the driver of IRIS has beyond System.Data.Common, by the names its own classes use.</summary>
/// <remarks>
/// The only place that knows them. A driver without one of them answers null: what it is for is then found out in another way
/// or left out. Names: members of InterSystems.Data.IRISClient 2.3.3.
/// </remarks>
internal static partial class IrisDriver
{
    /// <summary>The server process behind the connection, which CANCEL QUERY takes.</summary>
    public static long? Job(DbConnection connection) =>
        Read(connection, "IRISJobNumber") is { } job and not DBNull ? Convert.ToInt64(job, CultureInfo.InvariantCulture) : null;

    /// <summary>False when the server takes "x" for a string.</summary>
    public static bool? DelimitedIdentifiers(DbConnection connection) => Read(connection, "DelimitedIdentifiers") as bool?;

    /// <summary>2025.1 for instance; null when nothing tells it.</summary>
    public static Version? ServerVersion(DbConnection connection)
    {
        if (Read(connection, "IRISMajorVersion") is int major and > 0 && Read(connection, "IRISMinorVersion") is int minor) return new Version(major, minor);
        return VersionNumber().Match(Read(connection, nameof(DbConnection.ServerVersion)) as string ?? "") is { Success: true } found
            ? System.Version.Parse(found.Value)
            : null;
    }

    /// <summary>Whether it takes several statements in one go. A driver that has no word on it has none: 2.3.3 is not known to.</summary>
    public static bool CanBatch(DbConnection connection) => connection.CanCreateBatch;

    /// <summary>The SQLCODE of an exception, with either sign; 0 when it has none.</summary>
    public static int NativeError(Exception error) => Read(error, "NativeError") is int code ? code : 0;

    /// <summary>The SQLSTATE that the driver gives an exception.</summary>
    public static string? State(Exception error) => Read(error, "State") as string ?? (error as DbException)?.SqlState;

    private static object? Read(object from, string property)
    {
        try
        {
            return from.GetType().GetProperty(property, BindingFlags.Public | BindingFlags.Instance)?.GetValue(from);
        }
        catch (Exception error) when (error is TargetInvocationException or AmbiguousMatchException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\b20\d\d\.\d+", RegexOptions.CultureInvariant)]
    private static partial Regex VersionNumber();
}
