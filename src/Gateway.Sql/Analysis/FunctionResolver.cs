using System.Collections.Concurrent;
using System.Collections.Immutable;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>Functions by name and argument types (manual, section 10.3).</summary>
internal static class FunctionResolver
{
    private static readonly ConcurrentDictionary<Key, Resolution> Known = new();

    /// <param name="Declared">For each argument of the call, in the function's order, the type it is to have.</param>
    /// <param name="Order">For each argument of the function the index of the call's argument, -1 for a default; null when they are the same.</param>
    public sealed record Resolution(
        FunctionInfo? Function,
        bool Ambiguous,
        uint[]? Declared = null,
        int[]? Order = null,
        uint Result = 0,
        bool Indeterminate = false);

    private readonly record struct Key(string Name, ImmutableArray<uint> Types, bool Spread)
    {
        public bool Equals(Key other) =>
            Name == other.Name && Spread == other.Spread && Types.AsSpan().SequenceEqual(other.Types.AsSpan());

        public override int GetHashCode()
        {
            var hash = string.GetHashCode(Name, StringComparison.Ordinal);
            foreach (var type in Types) hash = (hash * 31) + (int)type;
            return hash;
        }
    }

    /// <param name="names">Names of the last arguments, null for all positional.</param>
    /// <param name="spread">VARIADIC stands before the last argument, which is an array then.</param>
    public static Resolution Resolve(string name, ImmutableArray<uint> types, string?[]? names, bool spread)
    {
        var overloads = Catalog.Functions(name);
        if (overloads.IsEmpty) return new Resolution(null, false);
        if (names is not null) return Search(overloads, types.AsSpan(), names, spread);
        var key = new Key(name, types, spread);
        if (Known.TryGetValue(key, out var known)) return known;   // never with a user's type, whose OID is another type elsewhere
        var found = Search(overloads, types.AsSpan(), null, spread);
        // Long argument lists (of variadic functions) would make the table grow without end.
        if (types.Length <= 4 && types.All(static type => type < UserTypes.FirstOid)) Known.TryAdd(key, found);
        return found;
    }

    private static Resolution Search(ReadOnlySpan<FunctionInfo> overloads, ReadOnlySpan<uint> types, string?[]? names, bool spread)
    {
        var functions = new List<FunctionInfo>();
        var declared = new List<uint[]>();
        var orders = new List<int[]?>();
        foreach (var function in overloads)
        {
            if (!Fit(function, types.Length, names, spread, out var accepts, out var order)) continue;

            // Of two with the same types the one without a variadic tail, or with fewer defaults, wins.
            var same = declared.FindIndex(other => other.AsSpan().SequenceEqual(accepts));
            if (same >= 0)
            {
                if (functions[same].Variadic != 0 && function.Variadic == 0)
                    (functions[same], declared[same], orders[same]) = (function, accepts, order);
                continue;
            }

            functions.Add(function);
            declared.Add(accepts);
            orders.Add(order);
        }

        if (functions.Count == 0) return new Resolution(null, false);
        var best = CandidateSelection.None;
        for (var i = 0; i < declared.Count && best < 0; i++)
        {
            // Arguments in another order compare in the function's order.
            if (Arranged(types, orders[i]).SequenceEqual(declared[i])) best = i;
        }

        if (best < 0)
        {
            best = orders.TrueForAll(order => order is null)
                ? CandidateSelection.Select(types, declared)
                : SelectNamed(types, declared, orders);
        }

        if (best < 0) return new Resolution(null, best == CandidateSelection.Ambiguous);
        return Bind(functions[best], declared[best], orders[best], Arranged(types, orders[best]));
    }

    // Overloads with named arguments differ in their order; there are so few that the first that fits will do.
    private static int SelectNamed(ReadOnlySpan<uint> types, List<uint[]> declared, List<int[]?> orders)
    {
        for (var i = 0; i < declared.Count; i++)
            if (CandidateSelection.Accepts(declared[i], Arranged(types, orders[i]))) return i;
        return CandidateSelection.None;
    }

    private static ReadOnlySpan<uint> Arranged(ReadOnlySpan<uint> types, int[]? order)
    {
        if (order is null) return types;
        var arranged = new List<uint>(order.Length);
        foreach (var index in order)
            if (index >= 0) arranged.Add(types[index]);
        return arranged.ToArray();
    }

    /// <summary>Whether the number (and names) of the arguments fit; then the type each given argument is declared with.</summary>
    private static bool Fit(FunctionInfo function, int count, string?[]? names, bool spread, out uint[] accepts, out int[]? order)
    {
        var arguments = function.Arguments;
        accepts = [];
        order = null;
        if (names is not null) return FitNamed(function, count, names, out accepts, out order);

        if (function.Variadic != 0 && !spread)
        {
            var least = arguments.Length - 1;
            if (count < least || (count == least && function.Variadic != Oids.Any && function.DefaultCount == 0)) return false;
            // A variadic "any" needs one argument at least, too.
            if (count == least) return false;
            accepts = new uint[count];
            for (var i = 0; i < count; i++) accepts[i] = i < least ? arguments[i] : function.Variadic;
            return true;
        }

        if (spread && function.Variadic == 0) return false;
        if (count > arguments.Length || count < arguments.Length - function.DefaultCount) return false;
        accepts = arguments.AsSpan(0, count).ToArray();
        if (count == arguments.Length) return true;
        order = new int[arguments.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i < count ? i : -1;
        return true;
    }

    private static bool FitNamed(FunctionInfo function, int count, string?[] names, out uint[] accepts, out int[]? order)
    {
        accepts = [];
        order = null;
        if (function.ArgumentNames.Length < function.Arguments.Length || count > function.Arguments.Length) return false;
        var places = new int[function.Arguments.Length];
        Array.Fill(places, -1);
        for (var i = 0; i < count; i++)
        {
            var place = names[i] is { } name ? function.ArgumentNames.IndexOf(name) : i;
            if (place < 0 || place >= places.Length || places[place] >= 0) return false;
            places[place] = i;
        }

        var given = new List<uint>(count);
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] >= 0) given.Add(function.Arguments[i]);
            else if (i < places.Length - function.DefaultCount) return false;
        }

        accepts = [.. given];
        order = places;
        return true;
    }

    private static Resolution Bind(FunctionInfo function, uint[] declared, int[]? order, ReadOnlySpan<uint> actual)
    {
        var polymorphic = Polymorphism.HasPolymorphic(declared);
        if (!polymorphic) return new Resolution(function, false, declared, order, function.Returns);
        if (!Polymorphism.TryBind(declared, actual, out var binding)) return new Resolution(null, false);
        var concrete = new uint[declared.Length];
        var indeterminate = false;
        for (var i = 0; i < declared.Length; i++)
        {
            concrete[i] = binding.Resolve(declared[i]);
            indeterminate |= concrete[i] == 0;
        }

        var result = binding.Resolve(function.Returns);
        return new Resolution(function, false, concrete, order, result, indeterminate || result == 0);
    }
}
