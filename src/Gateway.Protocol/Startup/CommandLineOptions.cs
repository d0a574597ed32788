using System.Text;
using Gateway.Types;

namespace Gateway.Protocol.Startup;

/// <summary>Settings inside the <c>options</c> parameter of a StartupMessage, the way <c>PGOPTIONS</c> is written.</summary>
/// <remarks>
/// Arguments are separated by white space; a backslash makes the next character an ordinary one. Understood are
/// <c>-c name=value</c>, <c>-cname=value</c> and <c>--name=value</c>, in which a dash in a name means an underscore.
/// </remarks>
public static class CommandLineOptions
{
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string options)
    {
        var settings = new List<KeyValuePair<string, string>>();
        var arguments = Split(options);
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            var setting = argument switch
            {
                "-c" when i + 1 == arguments.Count => throw Invalid(argument),
                "-c" => arguments[++i],
                _ when argument.StartsWith("-c", StringComparison.Ordinal) => argument[2..],
                _ when argument.StartsWith("--", StringComparison.Ordinal) => argument[2..],
                _ => throw Invalid(argument),
            };
            var equals = setting.IndexOf('=');
            if (equals <= 0) throw Invalid(setting);
            settings.Add(new(setting[..equals].Replace('-', '_'), setting[(equals + 1)..]));
        }
        return settings;
    }

    private static List<string> Split(string options)
    {
        var arguments = new List<string>();
        var argument = new StringBuilder();
        var isOpen = false;
        for (var i = 0; i < options.Length; i++)
        {
            if (char.IsWhiteSpace(options[i]))
            {
                if (isOpen) arguments.Add(argument.ToString());
                argument.Clear();
                isOpen = false;
                continue;
            }
            isOpen = true;
            if (options[i] == '\\' && i + 1 < options.Length) i++;
            argument.Append(options[i]);
        }
        if (isOpen) arguments.Add(argument.ToString());
        return arguments;
    }

    private static PgException Invalid(string argument) =>
        new(SqlStates.SyntaxError, $"invalid command-line argument for server process: {argument}", Reach.Connection);
}
