using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Gateway.Tests.Shared;

/// <summary>A gateway node as its own process, on a free port and with a data folder of its own.</summary>
public sealed partial class GatewayNode : IDisposable
{
    private const string Ready = "ready to accept connections";
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-").FullName;
    private readonly StringBuilder _log = new();
    private readonly Process? _process;

    public GatewayNode()
    {
        if (FindProgram() is not { } program)
        {
            Missing = "Gateway.Node.dll has not been built";
            return;
        }

        Port = FreePort();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [program, "run", "--port", Port.ToString(CultureInfo.InvariantCulture), "--data", _folder];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Append;
        _process.ErrorDataReceived += Append;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (!WaitUntilReady()) Missing = NotReady();
    }

    /// <summary>Why there is no node; null when there is one.</summary>
    public string? Missing { get; }

    public int Port { get; }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _ = Kill(_process.Id, Terminate);
            if (!_process.WaitForExit(TimeSpan.FromSeconds(15))) _process.Kill(entireProcessTree: true);
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A node that does not start is a reason to skip. Throw here instead once it must start.</summary>
    private string NotReady()
    {
        lock (_log) return $"the node did not say '{Ready}': {_log}";
    }

    private bool WaitUntilReady()
    {
        var patience = Stopwatch.StartNew();
        while (patience.Elapsed < Patience)
        {
            lock (_log)
                if (_log.ToString().Contains(Ready, StringComparison.Ordinal)) return true;
            if (_process!.HasExited) return false;
            Thread.Sleep(20);
        }

        return false;
    }

    private void Append(object sender, DataReceivedEventArgs line)
    {
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
