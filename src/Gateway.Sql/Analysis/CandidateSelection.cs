using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>
/// Choosing between overloads that all accept the arguments: steps 4.a to 4.f of section 10.3 of the manual, which are
/// those of section 10.2 as well.
/// </summary>
internal static class CandidateSelection
{
    public const int None = -1;
    public const int Ambiguous = -2;

    /// <summary>Whether a call with these types could be made by implicit conversions.</summary>
    public static bool Accepts(ReadOnlySpan<uint> declared, ReadOnlySpan<uint> actual)
    {
        for (var i = 0; i < actual.Length; i++)
            if (!Coercion.IsPossible(actual[i], declared[i])) return false;
        return !Polymorphism.HasPolymorphic(declared) || Polymorphism.TryBind(declared, actual, out _);
    }

    /// <summary>Index of the best candidate, <see cref="None"/> or <see cref="Ambiguous"/>.</summary>
    public static int Select(ReadOnlySpan<uint> actual, IReadOnlyList<uint[]> candidates)
    {
        var left = new List<int>(candidates.Count);
        for (var i = 0; i < candidates.Count; i++)
            if (Accepts(candidates[i], actual)) left.Add(i);
        if (left.Count == 0) return None;
        if (left.Count == 1) return left[0];

        var unknowns = 0;
        Span<char> categories = stackalloc char[actual.Length];
        for (var i = 0; i < actual.Length; i++)
        {
            if (actual[i] == Oids.Unknown) unknowns++;
            categories[i] = TypeSystem.Category(actual[i]);
        }

        KeepBest(left, candidates, actual, categories, countPreferred: false);
        if (left.Count == 1) return left[0];
        KeepBest(left, candidates, actual, categories, countPreferred: true);
        if (left.Count == 1) return left[0];
        if (unknowns == 0) return Ambiguous;

        KeepByCategory(left, candidates, actual);
        if (left.Count == 1) return left[0];

        return SelectByKnownType(left, candidates, actual, unknowns);
    }

    private static void KeepBest(
        List<int> left, IReadOnlyList<uint[]> candidates, ReadOnlySpan<uint> actual, ReadOnlySpan<char> categories, bool countPreferred)
    {
        Span<int> scores = left.Count <= 64 ? stackalloc int[left.Count] : new int[left.Count];
        var best = 0;
        for (var c = 0; c < left.Count; c++)
        {
            var declared = candidates[left[c]];
            for (var i = 0; i < actual.Length; i++)
            {
                if (actual[i] == Oids.Unknown) continue;
                if (declared[i] == actual[i] || (countPreferred && IsPreferred(categories[i], declared[i]))) scores[c]++;
            }

            best = Math.Max(best, scores[c]);
        }

        var kept = 0;
        for (var c = 0; c < scores.Length; c++)
            if (scores[c] == best) left[kept++] = left[c];
        left.RemoveRange(kept, left.Count - kept);
    }

    private static bool IsPreferred(char category, uint type) => TypeSystem.Category(type) == category && TypeSystem.IsPreferred(type);

    /// <summary>For each unknown literal: string if any candidate takes a string, else the category all candidates share.</summary>
    private static void KeepByCategory(List<int> left, IReadOnlyList<uint[]> candidates, ReadOnlySpan<uint> actual)
    {
        Span<char> chosen = stackalloc char[actual.Length];
        Span<bool> preferred = stackalloc bool[actual.Length];
        for (var i = 0; i < actual.Length; i++)
        {
            if (actual[i] != Oids.Unknown) continue;
            var conflict = false;
            foreach (var c in left)
            {
                var type = candidates[c][i];
                var category = TypeSystem.Category(type);
                if (chosen[i] == '\0' || (category == 'S' && chosen[i] != 'S'))
                {
                    conflict |= chosen[i] != '\0';
                    chosen[i] = category;
                    preferred[i] = TypeSystem.IsPreferred(type);
                }
                else if (category == chosen[i])
                {
                    preferred[i] |= TypeSystem.IsPreferred(type);
                }
                else
                {
                    conflict = true;
                }
            }

            if (conflict && chosen[i] != 'S') return;
        }

        var kept = new List<int>(left.Count);
        foreach (var c in left)
        {
            var fits = true;
            for (var i = 0; i < actual.Length && fits; i++)
            {
                if (actual[i] != Oids.Unknown) continue;
                var type = candidates[c][i];
                fits = TypeSystem.Category(type) == chosen[i] && (!preferred[i] || TypeSystem.IsPreferred(type));
            }

            if (fits) kept.Add(c);
        }

        if (kept.Count == 0) return;
        left.Clear();
        left.AddRange(kept);
    }

    /// <summary>If all known arguments have one type, suppose the unknown ones have it too.</summary>
    private static int SelectByKnownType(List<int> left, IReadOnlyList<uint[]> candidates, ReadOnlySpan<uint> actual, int unknowns)
    {
        if (unknowns == actual.Length) return Ambiguous;
        uint known = 0;
        foreach (var type in actual)
        {
            if (type == Oids.Unknown) continue;
            if (known != 0 && known != type) return Ambiguous;
            known = type;
        }

        Span<uint> supposed = stackalloc uint[actual.Length];
        supposed.Fill(known);
        var found = None;
        foreach (var c in left)
        {
            if (!Accepts(candidates[c], supposed)) continue;
            if (found != None) return Ambiguous;
            found = c;
        }

        return found == None ? Ambiguous : found;
    }
}
