namespace Akka.Configuration.Hocon;

/// <summary>Puts layers and pieces together and follows substitutions: within the text, then in the environment.</summary>
internal sealed class HoconResolver(HoconObject root)
{
    private readonly HashSet<(Layers, int)> _open = [];

    // The layer a substitution stands in: one that names its own key sees only the layers below.
    private readonly Stack<(Layers Layers, int Index)> _within = [];

    public HoconObject Resolve() => (HoconObject)Object(root);

    private object Object(HoconObject written)
    {
        var result = new HoconObject();
        foreach (var (key, value) in written)
        {
            var resolved = Layered((Layers)value, ((Layers)value).Values.Count, out var any);
            if (any) result[key] = resolved;
        }
        return result;
    }

    private object Layered(Layers layers, int count, out bool any)
    {
        object result = null;
        any = false;
        for (var i = 0; i < count; i++)
        {
            var (value, append) = layers.Values[i];
            if (!_open.Add((layers, i))) throw new FormatException($"line {value.Line}: the substitution refers to itself");
            _within.Push((layers, i));
            object next;
            bool some;
            try
            {
                next = Joined(value, out some);
            }
            finally
            {
                _within.Pop();
                _open.Remove((layers, i));
            }
            if (!some) continue;
            if (append)
            {
                if (any && result is not List<object> and not null)
                    throw new FormatException($"line {value.Line}: += adds to a list, and this key holds none");
                result = new List<object>((List<object>)result ?? []) { next };
            }
            else
            {
                result = any && result is HoconObject below && next is HoconObject above ? above.Over(below) : next;
            }
            any = true;
        }
        return result;
    }

    private object Joined(Pieces pieces, out bool any)
    {
        var parts = new List<object>();
        var quoted = false;
        foreach (var item in pieces.Items)
            switch (item)
            {
                case Literal literal:
                    quoted |= literal.Quoted;
                    parts.Add(literal);
                    break;
                case Substitution substitution:
                    var found = Find(substitution, out var exists);
                    if (exists) parts.Add(found is string text ? new Literal(text, true) : found);
                    break;
                case HoconObject child:
                    parts.Add(Object(child));
                    break;
                case List<object> list:
                    parts.Add(Items(list));
                    break;
            }

        any = parts.Count > 0 || pieces.Items.Count == 0;
        if (parts.Any(part => part is HoconObject or List<object>)) parts.RemoveAll(part => part is Literal { Blank: true });
        switch (parts)
        {
            case []:
                return pieces.Items.Count == 0 ? "" : null;
            case [null]:
                return null;
            case [Literal { Quoted: false, Text: "null" }]:
                return null;
            case [HoconObject only]:
                return only;
            case [List<object> only]:
                return only;
        }
        if (parts.All(part => part is HoconObject)) return parts.Cast<HoconObject>().Aggregate((below, above) => above.Over(below));
        if (parts.All(part => part is List<object>)) return parts.Cast<List<object>>().SelectMany(list => list).ToList();
        if (parts.All(part => part is Literal or null))
        {
            var joined = string.Concat(parts.Select(part => ((Literal)part)?.Text));
            return quoted || pieces.Items.Any(item => item is Substitution) ? joined : joined.Trim();
        }
        throw new FormatException($"line {pieces.Line}: text, lists and objects cannot be joined in one value");
    }

    private List<object> Items(List<object> written)
    {
        var items = new List<object>();
        foreach (var item in written)
        {
            var value = Joined((Pieces)item, out var any);
            if (any) items.Add(value);
        }
        return items;
    }

    private object Find(Substitution substitution, out bool exists)
    {
        var value = Lookup(root, HoconPath.Split(substitution.Path).ToArray(), 0, out exists);
        if (exists) return value;
        var environment = Environment.GetEnvironmentVariable(substitution.Path);
        exists = environment is not null;
        return exists || substitution.Optional
            ? environment
            : throw new FormatException($"line {substitution.Line}: ${{{substitution.Path}}} is defined neither here nor in the environment");
    }

    private object Lookup(HoconObject within, string[] path, int depth, out bool exists)
    {
        exists = false;
        if (!within.TryGet(path[depth], out var value)) return null;
        var layers = (Layers)value;
        if (depth == path.Length - 1)
        {
            var own = _within.FirstOrDefault(place => ReferenceEquals(place.Layers, layers));
            return Layered(layers, own.Layers is null ? layers.Values.Count : own.Index, out exists);
        }

        // The last layer that knows the rest of the path wins; objects merge, so all of them are asked.
        object result = null;
        for (var i = 0; i < layers.Values.Count; i++)
            foreach (var piece in layers.Values[i].Value.Items)
            {
                var found = piece switch
                {
                    HoconObject child => Lookup(child, path, depth + 1, out var any) is var inner && any ? (inner, true) : (null, false),
                    Substitution other when Find(other with { Optional = true }, out var any) is HoconObject resolved && any =>
                        Walk(resolved, path, depth + 1),
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
