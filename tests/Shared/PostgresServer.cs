using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Gateway.Tests.Shared;

/// <summary>A real PostgreSQL 15 for one test run: the referee. Started on first use, stopped by process id at the end.</summary>
/// <remarks>A class fixture cannot skip, so the server starts when a test asks for it: <see cref="Open"/>.</remarks>
public sealed class PostgresServer : IDisposable
{
    private readonly Lock _gate = new();
    private string? _directory;
    private string? _missing;
    private int _port;
    private Process? _process;

    /// <summary>The database "postgres" of user postgres; trust authentication.</summary>
    public string ConnectionString
    {
        get
        {
            Start();
            return $"Host=127.0.0.1;Port={_port.ToString(CultureInfo.InvariantCulture)};Username=postgres;Database=postgres;Pooling=false;Timeout=30;Command Timeout=120;Include Error Detail=true";
        }
    }

    public int Port
    {
        get
        {
            Start();
            return _port;
        }
    }

    /// <summary>An open connection; the test is skipped, naming what is missing, where there is no server.</summary>
    public NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            // SIGQUIT: immediate shutdown; the data is thrown away next.
            using (var kill = Process.Start("kill", ["-QUIT", ServerId()])) kill.WaitForExit();
            if (!_process.WaitForExit(10_000)) _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }

        if (_directory is not null && Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
    }

    private void Start()
    {
        lock (_gate)
        {
            if (_process is null && _missing is null)
            {
                foreach (var tool in (string[])["initdb", "postgres"])
                    if (!File.Exists(Path.Combine(PostgresBinaries.Folder, tool))) _missing = $"{PostgresBinaries.Folder}/{tool} is missing (Debian package postgresql-15)";
                if (_missing is null) StartServer();
            }
        }

        Skip.If(_missing is not null, _missing);
    }

    private void StartServer()
    {
        _directory = Path.Combine(Path.GetTempPath(), "irispgwire-" + Guid.NewGuid().ToString("N")[..12]);
        Directory.CreateDirectory(_directory);
        if (PostgresBinaries.IsRoot) PostgresBinaries.Check(Process.Start("chown", ["postgres", _directory]), "chown");
        PostgresBinaries.Check(PostgresBinaries.Run($"{PostgresBinaries.Folder}/initdb -D {_directory}/data -U postgres --locale=C --lc-ctype=C.UTF-8 -E UTF8 -A trust -N"), "initdb");
        _port = PostgresBinaries.FreePort();
        _process = PostgresBinaries.Run(
            $"exec {PostgresBinaries.Folder}/postgres -D {_directory}/data -p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_directory} "
            + "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off -c timezone=UTC");
        AwaitReady();
    }

    private string ServerId() => File.ReadLines($"{_directory}/data/postmaster.pid").First().Trim();

    private void AwaitReady()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres;Pooling=false");
                connection.Open();
                return;
            }
            catch (NpgsqlException) when (clock.Elapsed < TimeSpan.FromSeconds(30) && !_process!.HasExited)
            {
                Thread.Sleep(50);
            }
        }
    }
}
