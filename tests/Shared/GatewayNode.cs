using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;

namespace Gateway.Tests.Shared;

/// <summary>A gateway node in a process of its own, on a free port and with a data directory that is thrown away.</summary>
/// <remarks>The project needs AssemblyMetadata "GatewayNode": the path of the built Gateway.Node.dll.</remarks>
public sealed class GatewayNode : IDisposable
{
    private const string ReadyText = "ready to accept connections";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly string _directory = Directory.CreateTempSubdirectory("gateway-node-").FullName;
    private readonly StringBuilder _output = new();
    private readonly ManualResetEventSlim _ready = new();
    private readonly Process _process;

    public GatewayNode(params string[] arguments)
    {
        Port = FreePort();
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = _directory,
        };
        foreach (var argument in (string[])[Executable, "run", "--port", Port.ToString(CultureInfo.InvariantCulture), "--data", Path.Combine(_directory, "data"), .. arguments])
            start.ArgumentList.Add(argument);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Heard(line.Data);
        _process.ErrorDataReceived += (_, line) => Heard(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        AwaitReady();
    }

    public int Port { get; }

    public int ProcessId => _process.Id;

    /// <summary>Everything the node has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>A polite stop has to end the process with exit code 0.</summary>
    public void Dispose()
    {
        try
        {
            if (_process.HasExited) throw new InvalidOperationException($"The node died with exit code {_process.ExitCode}:\n{Output}");
            using (var kill = Process.Start("kill", ["-TERM", ProcessId.ToString(CultureInfo.InvariantCulture)])) kill.WaitForExit();
            if (!_process.WaitForExit(StopLimit)) throw new InvalidOperationException($"The node did not stop within {StopLimit.TotalSeconds} s of SIGTERM:\n{Output}");
            if (_process.ExitCode != 0) throw new InvalidOperationException($"The node stopped with exit code {_process.ExitCode}:\n{Output}");
        }
        finally
        {
            CleanUp();
        }
    }

    private static string Executable
    {
        get
        {
            var path = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "GatewayNode").Value!;
            return File.Exists(path) ? path : throw new FileNotFoundException("The node is not built.", path);
        }
    }

    private void Heard(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
        if (line.Contains(ReadyText, StringComparison.Ordinal)) _ready.Set();
    }

    private void AwaitReady()
    {
        var clock = Stopwatch.StartNew();
        while (!_ready.Wait(50))
        {
            if (!_process.HasExited && clock.Elapsed < StartLimit) continue;
            var what = _process.HasExited ? $"The node ended with exit code {_process.ExitCode} before it was ready" : $"The node was not ready after {StartLimit.TotalSeconds} s";
            CleanUp();
            throw new InvalidOperationException($"{what}:\n{Output}");
        }
    }

    private void CleanUp()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _ready.Dispose();
        Directory.Delete(_directory, recursive: true);
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
