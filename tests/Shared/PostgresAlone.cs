using System.Diagnostics;

namespace Gateway.Tests.Shared;

/// <summary>One PostgreSQL 15 that can be killed, stopped and started again on its data.</summary>
public sealed class PostgresAlone : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "irispgwire-alone-" + Guid.NewGuid().ToString("N")[..12]);

    public PostgresAlone()
    {
        Skip.If(!File.Exists(Path.Combine(PostgresBinaries.Folder, "initdb")), $"{PostgresBinaries.Folder}/initdb is missing (Debian package postgresql-15)");
        Directory.CreateDirectory(_directory);
        if (PostgresBinaries.IsRoot) PostgresBinaries.Check(Process.Start("chown", ["postgres", _directory]), "chown");
        PostgresBinaries.Check(
            PostgresBinaries.Run($"{PostgresBinaries.Folder}/initdb -D {_directory}/a -U postgres --locale=C --lc-ctype=C.UTF-8 -E UTF8 -A trust -N"), "initdb");

        // Who sleeps at the server does not hear otherwise that his connection was cut.
        Server = new PostgresMember($"{_directory}/a", "-c client_connection_check_interval=200ms");
        Server.Start();
    }

    public PostgresMember Server { get; }

    public void Dispose()
    {
        Server.Kill();
        for (var patience = 20; Directory.Exists(_directory); patience--)
            try
            {
                Directory.Delete(_directory, recursive: true);
            }
            catch (IOException) when (patience > 0)
            {
                Thread.Sleep(100);   // a process of it is still writing its last
            }
    }
}
