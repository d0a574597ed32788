namespace Gateway.Backends.Drivers;

/// <param name="Assembly">Its name, without .dll.</param>
/// <param name="Types">Its factory; its connection, for versions that have none.</param>
/// <param name="Source">Where to get it, as the beginning of a sentence.</param>
internal sealed record KnownDriver(string Assembly, string[] Types, string Source);

internal static class KnownDrivers
{
    public const string Iris = "InterSystems.Data.IRISClient";

    private static readonly KnownDriver[] All =
    [
        new(Iris, [$"{Iris}.IRISFactory", $"{Iris}.IRISConnection"],
            $"Get {Iris}.dll from the NuGet package of that name (lib/net8.0), or from dev/dotnet/bin/net9.0 or net6.0 of an IRIS installation"),
        new("Npgsql", ["Npgsql.NpgsqlFactory"], "Get Npgsql.dll from the NuGet package Npgsql (lib/net10.0)"),
        new("System.Data.Odbc", ["System.Data.Odbc.OdbcFactory"],
            "Get System.Data.Odbc.dll from the NuGet package of that name (on Linux runtimes/linux/lib/net10.0), and unixODBC with a driver from the system"),
    ];

    public static KnownDriver? Find(string assembly) =>
        Array.Find(All, driver => string.Equals(driver.Assembly, assembly, StringComparison.OrdinalIgnoreCase));
}
