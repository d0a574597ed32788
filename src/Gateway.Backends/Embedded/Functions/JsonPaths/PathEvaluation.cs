using System.Text.Json;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions.JsonPaths;

/// <summary>One run of a path over one document. In lax mode arrays are unwrapped and what is missing is no error.</summary>
internal sealed class PathEvaluation(JsonPath path, JsonElement root, JsonElement? variables)
{
    private int _last = -1;

    public List<JsonElement> Run() => [.. Sequence(path.Body, root)];

    /// <summary>The path is a condition: its outcome, null for unknown.</summary>
    public bool? Test(PathNode node, JsonElement current)
    {
        try
        {
            return node switch
            {
                Both both => Test(both.Left, current) switch
                {
                    false => false,
                    true => Test(both.Right, current),
                    null => Test(both.Right, current) == false ? false : null,
                },
                Either either => Test(either.Left, current) switch
                {
                    true => true,
                    false => Test(either.Right, current),
                    null => Test(either.Right, current) == true ? true : null,
                },
                Negation not => !Test(not.Operand, current),
                IsUnknown unknown => Test(unknown.Operand, current) is null,
                Exists exists => Sequence(exists.Operand, current).Any(),
                Comparison comparison => Any(comparison.Left, comparison.Right, current, (a, b) => PathValues.Compare(a, b, comparison.Operator)),
                StartsWith starts => Any(starts.Operand, starts.Prefix, current, (a, b) => PathValues.Text(a) is { } text && PathValues.Text(b) is { } prefix ? text.StartsWith(prefix, StringComparison.Ordinal) : null),
                LikeRegex like => Any(like.Operand, null, current, (a, _) => PathValues.Text(a) is { } text ? like.Regex.IsMatch(text) : null),
                _ => null,
            };
        }
        catch (PgException error) when (error.SqlState.StartsWith("22", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>True for one pair; unknown when a pair is, in strict mode even then.</summary>
    private bool? Any(PathNode left, PathNode? right, JsonElement current, Func<JsonElement, JsonElement, bool?> test)
    {
        var lefts = Unwrapped(Sequence(left, current)).ToList();
        var rights = right is null ? [default] : Unwrapped(Sequence(right, current)).ToList();
        var (found, unknown) = (false, false);
        foreach (var a in lefts)
            foreach (var b in rights)
                switch (test(a, b))
                {
                    case null:
                        if (path.Strict) return null;
                        unknown = true;
                        break;
                    case true:
                        if (!path.Strict) return true;
                        found = true;
                        break;
                }

        return found ? true : unknown ? null : false;
    }

    private IEnumerable<JsonElement> Unwrapped(IEnumerable<JsonElement> items) => path.Strict
        ? items
        : items.SelectMany(item => item.ValueKind == JsonValueKind.Array ? item.EnumerateArray() : (IEnumerable<JsonElement>)[item]);

    private IEnumerable<JsonElement> Sequence(PathNode node, JsonElement current)
    {
        switch (node)
        {
            case Root: return [root];
            case Current: return [current];
            case Constant constant: return [constant.Value];
            case Last: return _last >= 0 ? [PathValues.Number(_last)] : throw new PgException(SqlStates.SyntaxError, "LAST is allowed only in array subscripts");
            case Variable variable:
                return variables is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(variable.Name, out var value)
                    ? [value]
                    : throw new PgException(SqlStates.UndefinedObject, $"could not find jsonpath variable \"{variable.Name}\"");
            case Condition condition:
                return [PathValues.Json(Test(condition, current) switch { true => "true", false => "false", _ => "null" })];
            case Member member: return Unwrapped(Sequence(member.Of, current)).SelectMany(item => Members(item, member.Name));
            case Descend descend: return Sequence(descend.Of, current).SelectMany(item => Levels(item, 0, descend));
            case Subscripts subscripts: return Sequence(subscripts.Of, current).SelectMany(item => Elements(item, subscripts, current));
            case Filter filter: return Unwrapped(Sequence(filter.Of, current)).Where(item => Test(filter.Condition, item) == true);
            case Method method:
                var items = Sequence(method.Of, current);
                return (method.Name is "type" or "size" ? items : Unwrapped(items)).SelectMany(item => PathValues.Apply(method.Name, item, path.Strict));
            case Unary unary:
                return Unwrapped(Sequence(unary.Operand, current)).Select(item => PathValues.Signed(unary.Operator, item));
            case Arithmetic arithmetic:
                return [PathValues.Calculate(Operand(arithmetic.Left, "left"), arithmetic.Operator, Operand(arithmetic.Right, "right"))];
            default: throw new NotSupportedException(node.GetType().Name);
        }

        PgNumeric Operand(PathNode side, string name) => Unwrapped(Sequence(side, current)).ToList() is [{ ValueKind: JsonValueKind.Number } single]
            ? PathValues.Number(single)
            : throw new PgException("22038", $"{name} operand of jsonpath operator {((Arithmetic)node).Operator} is not a single numeric value");
    }

    private IEnumerable<JsonElement> Members(JsonElement item, string? name)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return path.Strict
                ? throw new PgException("2203A", name is null ? "jsonpath wildcard member accessor can only be applied to an object" : "jsonpath member accessor can only be applied to an object")
                : [];
        if (name is null) return item.EnumerateObject().Select(member => member.Value);
        if (item.TryGetProperty(name, out var value)) return [value];
        return path.Strict ? throw new PgException("2203A", $"JSON object does not contain key \"{name}\"") : [];
    }

    private static IEnumerable<JsonElement> Levels(JsonElement item, int level, Descend descend)
    {
        var children = item.ValueKind switch
        {
            JsonValueKind.Object => item.EnumerateObject().Select(member => member.Value),
            JsonValueKind.Array => item.EnumerateArray(),
            _ => [],
        };
        var leaf = item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
        if (descend.From is { } from ? level >= from && (descend.UpTo is null || level <= descend.UpTo) : leaf) yield return item;
        foreach (var child in children)
            foreach (var below in Levels(child, level + 1, descend)) yield return below;
    }

    private IEnumerable<JsonElement> Elements(JsonElement item, Subscripts subscripts, JsonElement current)
    {
        JsonElement[] array;
        if (item.ValueKind == JsonValueKind.Array) array = [.. item.EnumerateArray()];
        else if (!path.Strict) array = [item];
        else throw new PgException("22039", subscripts.Ranges is null ? "jsonpath wildcard array accessor can only be applied to an array" : "jsonpath array accessor can only be applied to an array");
        if (subscripts.Ranges is null) return array;

        var found = new List<JsonElement>();
        var outer = _last;
        _last = array.Length - 1;
        foreach (var (first, to) in subscripts.Ranges)
        {
            var from = Index(first, current);
            var end = to is null ? from : Index(to, current);
            if (path.Strict && (from < 0 || from > end || end >= array.Length))
                throw new PgException("22033", "jsonpath array subscript is out of bounds");
            for (var i = Math.Max(from, 0); i <= end && i < array.Length; i++) found.Add(array[i]);
        }

        _last = outer;
        return found;
    }

    private long Index(PathNode node, JsonElement current) => Sequence(node, current).ToList() is [{ ValueKind: JsonValueKind.Number } single]
        ? PathValues.Number(single).Truncate(0).ToInt64()
        : throw new PgException("22033", "jsonpath array subscript is not a single numeric value");
}
