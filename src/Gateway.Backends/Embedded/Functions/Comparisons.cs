namespace Gateway.Backends.Embedded.Functions;

/// <summary>The functions behind the comparison operators of a type: <c>halfvec_lt</c> and its kin.</summary>
internal static class Comparisons
{
    public static void Add(FunctionTable f, string type, Func<Call, int> compare)
    {
        f.Add($"{type}_cmp", 2, c => c.Return((long)Math.Sign(compare(c))));
        f.Add($"{type}_lt", 2, c => c.Return(compare(c) < 0));
        f.Add($"{type}_le", 2, c => c.Return(compare(c) <= 0));
        f.Add($"{type}_eq", 2, c => c.Return(compare(c) == 0));
        f.Add($"{type}_ne", 2, c => c.Return(compare(c) != 0));
        f.Add($"{type}_ge", 2, c => c.Return(compare(c) >= 0));
        f.Add($"{type}_gt", 2, c => c.Return(compare(c) > 0));
    }
}
