namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>The range table of one query level, as far as writing it needs to know.</summary>
internal sealed class Scope(Scope? outer)
{
    private readonly Dictionary<string, Source> _sources = new(StringComparer.Ordinal);

    public Scope? Outer { get; } = outer;

    /// <summary>A subquery of FROM is being written: it cannot see its neighbours (SQLite has no LATERAL).</summary>
    public bool InFrom { get; set; }

    /// <summary>Columns are written without their table: RETURNING, checks, index expressions.</summary>
    public bool Unqualified { get; set; }

    public void Add(Source source) => _sources.TryAdd(source.Alias, source);

    public Source? Find(string alias) => _sources.GetValueOrDefault(alias);
}

/// <param name="Column">Writes a column of this source; null for "alias"."name".</param>
/// <param name="Ambiguous">Names that several columns of a subquery have.</param>
internal sealed record Source(string Alias, Func<string, string>? Column = null, IReadOnlySet<string>? Ambiguous = null);
