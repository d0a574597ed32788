using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Gateway.Tests.Shared;

/// <summary>A real PostgreSQL 15 for one test run: the referee. Started on first use, stopped by process id at the end.</summary>
/// <remarks>A class fixture cannot skip, so the server starts when a test asks for it: <see cref="Open"/>.</remarks>
public sealed class PostgresServer : IDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";

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
                    if (!File.Exists(Path.Combine(Binaries, tool))) _missing = $"{Binaries}/{tool} is missing (Debian package postgresql-15)";
                if (_missing is null) StartServer();
            }
        }

        Skip.If(_missing is not null, _missing);
    }

    private void StartServer()
    {
        _directory = Path.Combine(Path.GetTempPath(), "irispgwire-" + Guid.NewGuid().ToString("N")[..12]);
        Directory.CreateDirectory(_directory);
        if (IsRoot) Check(Process.Start("chown", ["postgres", _directory]), "chown");
        Check(AsPostgres($"{Binaries}/initdb -D {_directory}/data -U postgres --locale=C --lc-ctype=C.UTF-8 -E UTF8 -A trust -N"), "initdb");
        _port = FreePort();
        _process = AsPostgres(
            $"exec {Binaries}/postgres -D {_directory}/data -p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_directory} "
            + "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off -c timezone=UTC");
        AwaitReady();
    }

    private static bool IsRoot => Environment.UserName == "root";

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

    private static Process AsPostgres(string command)
    {
        var start = IsRoot
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", "sh", "-c", command])
            : new ProcessStartInfo("sh", ["-c", command]);
        start.WorkingDirectory = "/";
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void Check(Process process, string what)
    {
        using (process)
        {
            process.WaitForExit();
            if (process.ExitCode != 0) throw new InvalidOperationException($"{what} failed with exit code {process.ExitCode}");
        }
    }

    // Below 32768, where the kernel takes no ports for outgoing connections.
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20000, 32768);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another.
            }
        }
    }
}
