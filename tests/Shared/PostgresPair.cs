using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Gateway.Tests.Shared;

/// <summary>A PostgreSQL 15 with a synchronous standby: what the primary has acknowledged, the standby has. Both can be killed, stopped and restarted.</summary>
public sealed class PostgresPair : IDisposable
{
    private const string Folder = PostgresBinaries.Folder;

    private readonly string _directory = Path.Combine(Path.GetTempPath(), "irispgwire-pair-" + Guid.NewGuid().ToString("N")[..12]);

    public PostgresPair()
    {
        Skip.If(!File.Exists(Path.Combine(Folder, "pg_basebackup")), $"{Folder}/pg_basebackup is missing (Debian package postgresql-15)");
        Directory.CreateDirectory(_directory);
        if (PostgresBinaries.IsRoot) PostgresBinaries.Check(Process.Start("chown", ["postgres", _directory]), "chown");
        PostgresBinaries.Check(
            PostgresBinaries.Run($"{Folder}/initdb -D {_directory}/a -U postgres --locale=C --lc-ctype=C.UTF-8 -E UTF8 -A trust -N"), "initdb");
        Primary = new PostgresMember($"{_directory}/a", "-c synchronous_standby_names='*' -c wal_level=replica");
        Primary.Start();
        PostgresBinaries.Check(
            PostgresBinaries.Run($"{Folder}/pg_basebackup -h 127.0.0.1 -p {Primary.Port} -U postgres -D {_directory}/b -R -X stream -c fast"), "pg_basebackup");
        Standby = new PostgresMember($"{_directory}/b", "");
        Standby.Start();
        Primary.Await("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'", "1");
    }

    public PostgresMember Primary { get; }

    public PostgresMember Standby { get; }

    public void Dispose()
    {
        Standby.Kill();
        Primary.Kill();
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

/// <summary>One server of a pair.</summary>
public sealed class PostgresMember(string data, string settings)
{
    private Process? _process;

    public int Port { get; } = PostgresBinaries.FreePort();

    public string ConnectionString =>
        $"Host=127.0.0.1;Port={Port.ToString(CultureInfo.InvariantCulture)};Username=postgres;Database=postgres;Pooling=false;Timeout=10;Command Timeout=60";

    public void Start()
    {
        _process = PostgresBinaries.Run(
            $"exec {PostgresBinaries.Folder}/postgres -D {data} -p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={Path.GetDirectoryName(data)} "
            + $"-c fsync=off -c full_page_writes=off -c autovacuum=off -c timezone=UTC -c max_connections=200 -c hot_standby=on {settings}");
        Await("SELECT 1", "1");
    }

    /// <summary>SIGKILL to every process of it: as when the machine loses its power.</summary>
    public void Kill()
    {
        if (_process is null) return;
        Signal("KILL");
        _process.WaitForExit(10_000);
        _process.Dispose();
        _process = null;
    }

    /// <summary>SIGINT: open transactions are broken off, sessions are told, and it ends in good order.</summary>
    public void Stop()
    {
        if (_process is null) return;
        SignalTo("INT", [Postmaster()]);
        _process.WaitForExit(20_000);
        _process.Dispose();
        _process = null;
    }

    /// <summary>SIGSTOP: it accepts connections and never answers.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    /// <summary>The standby becomes a primary.</summary>
    public void Promote()
    {
        PostgresBinaries.Check(PostgresBinaries.Run($"{PostgresBinaries.Folder}/pg_ctl promote -w -D {data}"), "pg_ctl promote");
        Await("SELECT pg_is_in_recovery()", "False");
    }

    /// <summary>Asks until that is the answer.</summary>
    public void Await(string sql, string answer)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (Ask(sql) == answer) return;
            }
            catch (NpgsqlException) when (_process is { HasExited: false })
            {
                // Not up yet.
            }

            if (clock.Elapsed > TimeSpan.FromSeconds(30)) throw new TimeoutException($"{sql} has not become {answer}");
            Thread.Sleep(50);
        }
    }

    public string Ask(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }

    private void Signal(string name)
    {
        var postmaster = Postmaster();

        // The postmaster first, so that it starts no other.
        // What runs it as another user stops itself when its child is stopped, and stays so when the child is gone.
        SignalTo(name, [postmaster, .. ChildrenOf(postmaster), .. name == "STOP" ? [] : Runner()]);
    }

    private string Postmaster() => File.ReadLines($"{data}/postmaster.pid").First().Trim();

    private static void SignalTo(string name, IEnumerable<string> processes)
    {
        foreach (var process in processes)
            using (var kill = Process.Start(new ProcessStartInfo("kill", ["-" + name, process]) { RedirectStandardError = true })!) kill.WaitForExit();
    }

    private IEnumerable<string> Runner() => _process is { HasExited: false, Id: var id } ? [id.ToString(CultureInfo.InvariantCulture)] : [];

    private static IEnumerable<string> ChildrenOf(string parent)
    {
        using var ps = Process.Start(new ProcessStartInfo("ps", ["-o", "pid=", "--ppid", parent]) { RedirectStandardOutput = true })!;
        var lines = ps.StandardOutput.ReadToEnd();
        ps.WaitForExit();
        return lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
