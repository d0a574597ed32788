using System.Globalization;
using System.Text;

namespace Akka.Event;

/// <summary>Turns a template and its arguments into text.</summary>
public interface ILogMessageFormatter
{
    string Format(string format, params object[] args);
    string Format(string format, IEnumerable<object> args);
}

/// <summary>A template with its arguments, formatted only by whoever prints it.</summary>
public abstract class LogMessage
{
    protected readonly ILogMessageFormatter Formatter;

    private protected LogMessage(ILogMessageFormatter formatter, string format)
    {
        Formatter = formatter;
        Format = format;
    }

    public string Format { get; }
    public abstract string Unformatted();
    public abstract IEnumerable<object> Parameters();
    public override string ToString() => Formatter.Format(Format, Parameters());
}

internal sealed class ArgumentsLogMessage(ILogMessageFormatter formatter, string format, object[] arguments) : LogMessage(formatter, format)
{
    public override string Unformatted() => string.Join(", ", arguments);
    public override IEnumerable<object> Parameters() => arguments;
}

/// <summary>Fills {0}, {1:format} by number and {Name} in order.</summary>
public sealed class SemanticLogMessageFormatter : ILogMessageFormatter
{
    public static readonly SemanticLogMessageFormatter Instance = new();

    public string Format(string format, IEnumerable<object> args) => Format(format, args.ToArray());

    public string Format(string format, params object[] args)
    {
        if (args.Length == 0) return format;
        var text = new StringBuilder(format.Length + 16);
        var named = 0;
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            if (c is '{' or '}' && i + 1 < format.Length && format[i + 1] == c)
            {
                text.Append(c);
                i++;
                continue;
            }
            var end = c == '{' ? format.IndexOf('}', i) : -1;
            if (end < 0)
            {
                text.Append(c);
                continue;
            }
            var hole = format.AsSpan(i + 1, end - i - 1);
            var nameEnd = hole.IndexOfAny(',', ':');
            var name = nameEnd < 0 ? hole : hole[..nameEnd];
            var index = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : named++;
            if (index < args.Length)
                text.AppendFormat(CultureInfo.InvariantCulture, $"{{0{(nameEnd < 0 ? "" : hole[nameEnd..].ToString())}}}", args[index] ?? "null");
            else
                text.Append(format, i, end - i + 1);
            i = end;
        }
        return text.ToString();
    }
}
