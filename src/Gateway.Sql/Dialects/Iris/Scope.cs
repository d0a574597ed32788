using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>The range table of one query level: under which names IRIS knows what the bound tree refers to.</summary>
/// <param name="isWrapper">The level is not in the bound tree, so its references do not count it.</param>
internal sealed class Scope(Scope? outer, bool isWrapper = false)
{
    private readonly List<Source> _sources = [];

    public Scope? Outer { get; } = outer;

    public int Count => _sources.Count;

    /// <summary>The scope so many levels of the bound tree further out.</summary>
    public Scope? Up(int levels)
    {
        var scope = this;
        for (; levels > 0 && scope is not null; levels--)
        {
            scope = scope.Outer;
            while (scope is { IsWrapper: true }) scope = scope.Outer;
        }

        return scope;
    }

    private bool IsWrapper { get; } = isWrapper;

    /// <returns>Null when another item of the same level has the name already.</returns>
    public Source? Add(string alias, RelationInfo? relation, FromItem? item, bool nullable = false, DerivedColumn[]? columns = null)
    {
        for (var i = 0; i < _sources.Count; i++)
        {
            if (_sources[i].Alias != alias) continue;
            return item is not null && ReferenceEquals(_sources[i].Item, item) ? _sources[i] : null;
        }

        var written = alias;
        for (var n = 2; !IrisNames.IsWritable(written) || IsTaken(written); n++)
            written = $"{(IrisNames.IsWritable(alias) ? alias : "t")}_{n}";
        var source = new Source(alias, written, relation, item) { Nullable = nullable, Columns = columns };
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
/// <param name="Item">The item of FROM that it is.</param>
internal sealed record Source(string Alias, string Written, RelationInfo? Relation, FromItem? Item)
{
    /// <summary>The columns of a subquery; null for a table.</summary>
    public DerivedColumn[]? Columns { get; init; }

    /// <summary>An outer join may put NULLs in place of its rows.</summary>
    public bool Nullable { get; init; }
}

/// <summary>A column of a subquery.</summary>
/// <param name="Type">As which it is read.</param>
/// <param name="FoldsCase">IRIS may compare it without case.</param>
internal readonly record struct DerivedColumn(string Name, string Written, TypeRef Type, Storage Storage, bool FoldsCase, bool NotNull);

/// <summary>A query of WITH that is in sight; it is written wherever it is used.</summary>
/// <param name="Scope">The level its own outer references start from.</param>
internal sealed record Common(string Name, CommonTable Table, Scope Scope, Common? Previous);
