using Gateway.Protocol.Sasl;

namespace Gateway.Node.Commands;

internal static class ScramCommand
{
    public static Task<int> Execute(string user)
    {
        if (Console.ReadLine() is not { Length: > 0 } password)
        {
            Console.Error.WriteLine("gateway scram: give the password on standard input");
            return Task.FromResult(2);
        }

        Console.WriteLine($"\"{user.Replace("\"", "\"\"", StringComparison.Ordinal)}\" \"{ScramVerifier.Create(password).Format()}\"");
        return Task.FromResult(0);
    }
}
