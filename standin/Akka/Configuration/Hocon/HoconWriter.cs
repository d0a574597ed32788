using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Writes values so that they can be read again.</summary>
internal static class HoconWriter
{
    public static string Write(object value)
    {
        var text = new StringBuilder();
        if (value is HoconObject root) Members(text, root, 0);
        else Value(text, value, 0);
        return text.ToString();
    }

    private static void Members(StringBuilder text, HoconObject parent, int depth)
    {
        foreach (var (key, value) in parent)
        {
            text.Append(' ', depth * 2).Append(Key(key)).Append(" : ");
            Value(text, value, depth);
            text.Append('\n');
        }
    }

    private static void Value(StringBuilder text, object value, int depth)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case HoconObject child:
                text.Append("{\n");
                Members(text, child, depth + 1);
                text.Append(' ', depth * 2).Append('}');
                break;
            case List<object> list:
                text.Append('[');
                for (var i = 0; i < list.Count; i++)
                {
                    if (i > 0) text.Append(',');
                    Value(text, list[i], depth);
                }
                text.Append(']');
                break;
            default:
                text.Append(Text((string)value));
                break;
        }
    }

    private static string Key(string key) => key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? key : Quote(key);

    private static string Text(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/') && text != "null" ? text : Quote(text);

    private static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r").Replace("\t", "\\t") + "\"";
}
