namespace Akka.Configuration.Hocon;

/// <summary>Puts layers and pieces together and follows substitutions within the text.</summary>
internal sealed class HoconResolver(HoconObject root)
{
    // What is being put together; a value that leads back to itself is refused.
    private readonly HashSet<Layers> _open = [];

    public HoconObject Resolve() => (HoconObject)Object(root);

    private object Object(HoconObject written)
    {
        var result = new HoconObject();
        foreach (var (key, value) in written)
        {
            var resolved = Layered((Layers)value, out var any);
            if (any) result[key] = resolved;
        }
        return result;
    }

    private object Layered(Layers layers, out bool any)
    {
        if (!_open.Add(layers)) throw new FormatException($"line {layers.Values[^1].Line}: the value refers to itself");
        try
        {
            return Merged(layers, out any);
        }
        finally
        {
            _open.Remove(layers);
        }
    }

    private object Merged(Layers layers, out bool any)
    {
        object result = null;
        any = false;
        foreach (var value in layers.Values)
        {
            var next = Joined(value);
            if (any && result is HoconObject below && next is HoconObject above)
            {
                if (layers.Values.Any(static pieces => pieces.Items.Any(static item => item is Substitution)))
                    throw new FormatException($"line {value.Line}: Akka.NET does not merge an object with a substitution; use WithFallback");
                result = above.Over(below);
            }
            else
            {
                result = next;
            }
            any = true;
        }
        return result;
    }

    private object Joined(Pieces pieces)
    {
        var parts = new List<object>();
        foreach (var item in pieces.Items)
            parts.Add(item switch
            {
                Substitution substitution => Find(substitution) is var found && found is string text ? new Literal(text, true) : found,
                HoconObject child => Object(child),
                List<object> list => Items(list),
                _ => item,
            });
        if (parts.Any(part => part is HoconObject or List<object>)) parts.RemoveAll(part => part is Literal { Blank: true });
        switch (parts)
        {
            case [null]:
            case [Literal { Quoted: false, Text: "null" }]:
                return null;
            case [HoconObject only]:
                return only;
            case [List<object> only]:
                return only;
        }
        if (parts.All(part => part is List<object>)) return parts.Cast<List<object>>().SelectMany(list => list).ToList();
        if (parts.All(part => part is Literal or null)) return string.Concat(parts.Select(part => ((Literal)part)?.Text));
        throw new FormatException($"line {pieces.Line}: text, lists and objects cannot be joined in one value");
    }

    private List<object> Items(List<object> written) => written.Select(item => Joined((Pieces)item)).ToList();

    private object Find(Substitution substitution)
    {
        var value = Lookup(root, HoconPath.Split(substitution.Path).ToArray(), 0, out var exists);
        return exists ? value : throw new FormatException($"line {substitution.Line}: ${{{substitution.Path}}} is not defined");
    }

    private object Lookup(HoconObject within, string[] path, int depth, out bool exists)
    {
        exists = false;
        if (!within.TryGet(path[depth], out var value)) return null;
        var layers = (Layers)value;
        if (depth == path.Length - 1) return Layered(layers, out exists);

        // The last layer that knows the rest of the path wins; objects merge, so all of them are asked.
        object result = null;
        for (var i = 0; i < layers.Values.Count; i++)
            foreach (var piece in layers.Values[i].Items)
            {
                var found = piece switch
                {
                    HoconObject child => Lookup(child, path, depth + 1, out var any) is var inner && any ? (inner, true) : (null, false),
                    Substitution other when Find(other) is HoconObject resolved => Walk(resolved, path, depth + 1),
                    _ => (null, false),
                };
                if (!found.Item2) continue;
                result = result is HoconObject below && found.Item1 is HoconObject above ? above.Over(below) : found.Item1;
                exists = true;
            }
        return result;
    }

    private static (object, bool) Walk(HoconObject within, string[] path, int depth)
    {
        object value = within;
        for (; depth < path.Length; depth++)
            if (value is not HoconObject parent || !parent.TryGet(path[depth], out value)) return (null, false);
        return (value, true);
    }
}
