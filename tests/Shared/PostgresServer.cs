using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Tests.Shared;

/// <summary>A PostgreSQL 15 server of our own: a new cluster on a free port of the loopback address, gone at the end.</summary>
/// <remarks>User and database are postgres, without a password.</remarks>
public sealed partial class PostgresServer : IDisposable
{
    private static readonly string[] Folders = ["/usr/lib/postgresql/15/bin", "/usr/local/bin", "/usr/bin"];

    private readonly string _folder = Directory.CreateTempSubdirectory("postgres-").FullName;

    public PostgresServer()
    {
        if (Find("initdb") is not { } initdb || Find("postgres") is not { } postgres)
        {
            Missing = "PostgreSQL 15 is not installed";
            return;
        }

        // PostgreSQL refuses to run as root, so its own user must be able to write here.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder, (UnixFileMode)Convert.ToInt32("777", 8));
        using (var init = Start(initdb, "--pgdata", Data, "--username=postgres", "--auth=trust", "--no-locale", "--encoding=UTF8", "--no-sync"))
        {
            var said = Drain(init);
            init.WaitForExit();
            if (init.ExitCode != 0) throw new InvalidOperationException($"initdb: {said()}");
        }

        Port = FreePort();
        using var server = Start(
            postgres, "-D", Data, "-p", Port.ToString(CultureInfo.InvariantCulture), "-h", "127.0.0.1", "-k", "",
            "-c", "fsync=off", "-c", "timezone=UTC", "-c", "log_timezone=UTC", "-c", "shared_buffers=16MB");
        var log = Drain(server);
        var patience = Stopwatch.StartNew();
        while (!log().Contains("ready to accept connections", StringComparison.Ordinal))
        {
            if (server.HasExited || patience.Elapsed > TimeSpan.FromSeconds(60)) throw new InvalidOperationException($"postgres: {log()}");
            Thread.Sleep(20);
        }
    }

    /// <summary>Why there is no server; null when there is one.</summary>
    public string? Missing { get; }

    public int Port { get; }

    private string Data => Path.Combine(_folder, "data");

    public void Dispose()
    {
        var pidFile = Path.Combine(Data, "postmaster.pid");
        if (File.Exists(pidFile))
        {
            _ = Kill(int.Parse(File.ReadLines(pidFile).First(), CultureInfo.InvariantCulture), Interrupt);
            for (var i = 0; i < 500 && File.Exists(pidFile); i++) Thread.Sleep(20);
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A free port that no outgoing connection of this machine takes by chance: those begin at 32768.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }
    }

    private const int Interrupt = 2;   // to the postmaster: fast shutdown

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);

    private static string? Find(string program) =>
        Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        string[] command = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--", program] : [program];
        start.FileName = command[0];
        foreach (var argument in command.Skip(1).Concat(arguments)) start.ArgumentList.Add(argument);
        start.Environment["LC_ALL"] = "C";
        return Process.Start(start)!;
    }

    private static Func<string> Drain(Process process)
    {
        var said = new System.Text.StringBuilder();
        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return () =>
        {
            lock (said) return said.ToString();
        };

        void Append(object sender, DataReceivedEventArgs line)
        {
            lock (said) said.AppendLine(line.Data);
        }
    }
}
