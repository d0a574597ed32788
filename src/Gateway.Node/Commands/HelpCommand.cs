namespace Gateway.Node.Commands;

internal static class HelpCommand
{
    private const string Text = """
        usage: gateway <command>

          run [--port N] [--data DIR] [--config FILE]   serve until SIGTERM or Ctrl-C
          version                                       this build and its actor runtime
          translate [--target T] "SQL"                  what sqlite, iris or postgres would be sent, with types
          scram NAME                                    a line for the users file; the password is read from stdin
          test                                          everything that can be tested on this machine
          bench                                         side by side with PostgreSQL
        """;

    public static Task<int> Execute(int exitCode)
    {
        (exitCode == 0 ? Console.Out : Console.Error).WriteLine(Text);
        return Task.FromResult(exitCode);
    }
}
