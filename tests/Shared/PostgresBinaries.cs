using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Tests.Shared;

/// <summary>The programs of PostgreSQL 15, run as the user they insist on.</summary>
internal static class PostgresBinaries
{
    public const string Folder = "/usr/lib/postgresql/15/bin";

    public static bool IsRoot => Environment.UserName == "root";

    public static Process Run(string command)
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

    public static void Check(Process process, string what)
    {
        using (process)
        {
            process.WaitForExit();
            if (process.ExitCode != 0) throw new InvalidOperationException($"{what} failed with exit code {process.ExitCode}");
        }
    }

    // Below 32768, where the kernel takes no ports for outgoing connections.
    public static int FreePort()
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
