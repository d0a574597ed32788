using System.Runtime.InteropServices;
using Akka.Configuration;
using Gateway.Node.Configuration;

namespace Gateway.Node.Commands;

internal static class RunCommand
{
    public static async Task<int> Execute(string[] arguments)
    {
        Listener.CompleteInline();
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => { context.Cancel = true; stop.TrySetResult(); });
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => { context.Cancel = true; stop.TrySetResult(); });
        try
        {
            var (file, overrides) = ReadArguments(arguments);
            await using var node = await GatewayNode.Start(ConfigurationFiles.Read(file, overrides)).ConfigureAwait(false);
            node.Reloading = () => Reload(node, file, overrides);
            using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => { context.Cancel = true; Reload(node, file, overrides); });
            Console.WriteLine(VersionCommand.Line());
            Console.WriteLine($"IrisPgWire is ready to accept connections on {node.EndPoint}; databases: {string.Join(", ", node.Databases)}");
            Console.WriteLine($"psql -h {node.EndPoint.Address} -p {node.EndPoint.Port} -U {Environment.UserName} {Suggested(node.Databases)}");
            await stop.Task.ConfigureAwait(false);
            return 0;
        }
        catch (Exception error) when (error is ArgumentException or ConfigurationException or IOException or FormatException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"gateway: {error.Message}");
            return 1;
        }
    }

    private static string Suggested(IReadOnlyList<string> databases) =>
        databases.Contains(Sample.HospitalSample.Name) || databases.Count == 0 ? Sample.HospitalSample.Name : databases[0];

    /// <summary>A file that will not do changes nothing.</summary>
    private static void Reload(GatewayNode node, string? file, string overrides)
    {
        try
        {
            node.Reload(file, overrides);
            Console.WriteLine($"IrisPgWire has read its configuration again; databases: {string.Join(", ", node.Databases)}");
        }
        catch (Exception error) when (error is ConfigurationException or IOException or FormatException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"gateway: configuration not changed: {error.Message}");
        }
    }

    private static (string? File, string Overrides) ReadArguments(string[] arguments)
    {
        string? file = null;
        var overrides = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : throw new ArgumentException($"{arguments[i]} needs a value");
            switch (arguments[i++])
            {
                case "--config": file = value; break;
                case "--port": overrides.Add($"gateway.listen.port = {int.Parse(value, System.Globalization.CultureInfo.InvariantCulture)}"); break;
                case "--data": overrides.Add($"gateway.data = \"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""); break;
                default: throw new ArgumentException($"unknown option {arguments[i - 1]}");
            }
        }

        return (file, string.Join('\n', overrides));
    }
}
