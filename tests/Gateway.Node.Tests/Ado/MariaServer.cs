using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Node.Tests.Ado;

/// <summary>A MariaDB for one test run, started on first use and ended by its process id. Tests are skipped where there is none.</summary>
public sealed class MariaServer : IDisposable
{
    private const string Program = "/usr/sbin/mariadbd";
    private const string Install = "/usr/bin/mariadb-install-db";

    private readonly Lock _gate = new();
    private string? _folder;
    private Process? _process;
    private int _port;
    private string? _missing;

    public int Port
    {
        get
        {
            lock (_gate)
            {
                if (_process is null && _missing is null) Start();
                Skip.If(_missing is not null, _missing);
                return _port;
            }
        }
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            // The data is thrown away next.
            _process.Kill();
            _process.WaitForExit(10_000);
            _process.Dispose();
        }

        if (_folder is not null) Directory.Delete(_folder, recursive: true);
    }

    private void Start()
    {
        if (!File.Exists(Program) || !File.Exists(Install))
        {
            _missing = "no MariaDB here";
            return;
        }

        _folder = Directory.CreateTempSubdirectory("maria-").FullName;
        using (var install = Run(Install, "--no-defaults", $"--datadir={_folder}/data", $"--user={Environment.UserName}", "--auth-root-authentication-method=normal", "--skip-test-db"))
            install.WaitForExit();
        _port = FreePort();
        _process = Run(Program, "--no-defaults", $"--datadir={_folder}/data", $"--socket={_folder}/s", $"--user={Environment.UserName}", "--bind-address=127.0.0.1",
            string.Create(CultureInfo.InvariantCulture, $"--port={_port}"), "--innodb-buffer-pool-size=16M", "--innodb-log-file-size=8M", "--innodb-flush-log-at-trx-commit=0", "--skip-name-resolve");
        for (var i = 0; i < 600 && !_process.HasExited; i++)
        {
            try
            {
                using var client = new TcpClient("127.0.0.1", _port);
                return;
            }
            catch (SocketException)
            {
                Thread.Sleep(100);
            }
        }

        _missing = "MariaDB does not start";
    }

    private static Process Run(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
