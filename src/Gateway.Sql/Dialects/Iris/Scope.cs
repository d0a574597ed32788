using Gateway.Sql.Schema;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>The range table of one query level: under which names IRIS knows what the bound tree refers to.</summary>
internal sealed class Scope(Scope? outer)
{
    private readonly List<Source> _sources = [];

    public Scope? Outer { get; } = outer;

    public int Count => _sources.Count;

    public Source Add(string alias, RelationInfo? relation)
    {
        var written = alias;
        for (var n = 2; !IrisNames.IsWritable(written) || IsTaken(written); n++)
            written = $"{(IrisNames.IsWritable(alias) ? alias : "t")}_{n}";
        var source = new Source(alias, written, relation);
        _sources.Add(source);
        return source;
    }

    public Source? Find(string alias)
    {
        foreach (var source in _sources)
            if (source.Alias == alias) return source;
        return null;
    }

    public void Truncate(int count) => _sources.RemoveRange(count, _sources.Count - count);

    // Also the levels around it: a name that means two things would hide the outer one.
    private bool IsTaken(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
            foreach (var source in scope._sources)
                if (IrisNames.Comparer.Equals(source.Written, name)) return true;
        return false;
    }
}

/// <param name="Alias">As the bound tree names it.</param>
/// <param name="Written">As IRIS knows it.</param>
internal sealed record Source(string Alias, string Written, RelationInfo? Relation)
{
    /// <summary>The columns of a subquery; null for a table.</summary>
    public DerivedColumn[]? Columns { get; init; }

    /// <summary>An outer join may put NULLs in place of its rows.</summary>
    public bool Nullable { get; init; }
}

/// <param name="FoldsCase">IRIS may compare it without case.</param>
internal readonly record struct DerivedColumn(string Name, string Written, bool FoldsCase, Storage Storage, bool NotNull);
