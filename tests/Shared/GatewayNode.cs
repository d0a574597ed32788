using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Gateway.Tests.Shared;

/// <summary>A node that answers on a port of this machine.</summary>
public interface IRunningNode : IDisposable
{
    /// <summary>Why there is none; null when there is one.</summary>
    string? Missing { get; }

    int Port { get; }
}

/// <summary>A gateway node as its own process, on a free port and with a data folder of its own.</summary>
public sealed partial class GatewayNode : IRunningNode
{
    private const string Ready = "ready to accept connections";
    private const int Terminate = 15;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-").FullName;
    private readonly StringBuilder _log = new();
    private readonly Process? _process;

    public GatewayNode()
        : this([])
    {
    }

    // Private: a fixture may have one public constructor only.
    private GatewayNode(string[] arguments)
    {
        if (FindProgram() is not { } program)
        {
            Missing = "Gateway.Node.dll has not been built";
            return;
        }

        Port = FreePort();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        string[] all = [program, "run", "--port", Port.ToString(CultureInfo.InvariantCulture), "--data", Path.Combine(_folder, "data"), .. arguments];
        foreach (var argument in all) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Append;
        _process.ErrorDataReceived += Append;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (!WaitUntilReady()) Missing = $"the node did not say '{Ready}': {Log}";
    }

    /// <summary>Why there is no node; null when there is one.</summary>
    public string? Missing { get; }

    public int Port { get; }

    public int ProcessId => _process?.Id ?? 0;

    /// <summary>Everything the node has printed so far.</summary>
    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    public static GatewayNode Start(params string[] arguments) => new(arguments);

    /// <summary>Stops the node politely. One that was ready has to end with exit code 0.</summary>
    public void Dispose()
    {
        try
        {
            if (_process is null) return;
            var died = _process.HasExited;
            if (!died) _ = Kill(_process.Id, Terminate);
            var stopped = _process.WaitForExit(StopLimit);
            if (Missing is not null) return;
            if (!stopped) throw new InvalidOperationException($"The node did not stop within {StopLimit.TotalSeconds} s of SIGTERM:\n{Log}");
            if (died || _process.ExitCode != 0) throw new InvalidOperationException($"The node {(died ? "died" : "stopped")} with exit code {_process.ExitCode}:\n{Log}");
        }
        finally
        {
            if (_process is { HasExited: false }) _process.Kill(entireProcessTree: true);
            _process?.WaitForExit();
            _process?.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }

    private bool WaitUntilReady()
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < StartLimit)
        {
            if (Log.Contains(Ready, StringComparison.Ordinal)) return true;
            if (_process!.HasExited) return false;
            Thread.Sleep(20);
        }

        return false;
    }

    private void Append(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (_log) _log.AppendLine(line.Data);
    }

    // artifacts/<runtime>/bin/<this project>/<configuration>/ → artifacts/<runtime>/bin/Gateway.Node/<configuration>/
    private static string? FindProgram()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        var program = Path.Combine(configuration.Parent!.Parent!.FullName, "Gateway.Node", configuration.Name, "Gateway.Node.dll");
        return File.Exists(program) ? program : null;
    }

    // Below 32768, where the kernel takes no ports for outgoing connections.
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_768);
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

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
