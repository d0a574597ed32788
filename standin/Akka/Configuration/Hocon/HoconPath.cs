namespace Akka.Configuration.Hocon;

/// <summary>Dotted paths; a quoted key may hold dots.</summary>
internal static class HoconPath
{
    public static IEnumerable<string> Split(string path)
    {
        if (!path.Contains('"')) return path.Split('.');
        var keys = new List<string>();
        var key = new System.Text.StringBuilder();
        var quoted = false;
        foreach (var c in path)
        {
            if (c == '"') quoted = !quoted;
            else if (c == '.' && !quoted)
            {
                keys.Add(key.ToString());
                key.Clear();
            }
            else key.Append(c);
        }
        keys.Add(key.ToString());
        return keys;
    }
}
