using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>The range table of one query level, as far as writing it needs to know. Levels are the analyzer's.</summary>
internal sealed class Scope(Scope? outer)
{
    private readonly Dictionary<string, Source> _sources = new(StringComparer.Ordinal);

    public Scope? Outer { get; } = outer;

    /// <summary>An item of FROM is being written; a reference to a neighbour is a LATERAL one then.</summary>
    public bool InFrom { get; set; }

    /// <summary>The item of FROM that was written last refers to its neighbours.</summary>
    public bool IsLateral { get; set; }

    /// <summary>Columns are written without their table: checks, index expressions.</summary>
    public bool Unqualified { get; set; }

    /// <summary>What FROM begins with, when another query stands in for the one that was written.</summary>
    public string? From { get; set; }

    /// <summary>Writes every column of this level in place of its sources.</summary>
    public Func<ColumnRef, string>? Columns { get; set; }

    /// <summary>Writes expressions that a query below this one has computed; null for others.</summary>
    public Func<Expr, string?>? Computed { get; set; }

    /// <summary>The columns of the common tables of this level's WITH.</summary>
    public Dictionary<string, List<string>> CommonTables { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Common tables whose rows an earlier step has kept: the parameter that holds them, and the types of their columns.</summary>
    public Dictionary<string, (string Marker, List<uint> Types)> Kept { get; init; } = new(StringComparer.Ordinal);

    public IEnumerable<Source> Sources => _sources.Values;

    public void Add(Source source) => _sources.TryAdd(source.Alias, source);

    public List<string>? FindCommonTable(string name) => CommonTables.GetValueOrDefault(name) ?? Outer?.FindCommonTable(name);

    /// <summary>Null when the nearest table of that name is written in WITH.</summary>
    public (string Marker, List<uint> Types)? FindKept(string name) =>
        Kept.TryGetValue(name, out var kept) ? kept : CommonTables.ContainsKey(name) ? null : Outer?.FindKept(name);

    public Source? Find(string alias) => _sources.GetValueOrDefault(alias);
}

/// <param name="Names">Its columns' names in SQLite, in order; null when they are the ones of PostgreSQL.</param>
internal sealed record Source(string Alias, IReadOnlyList<string>? Names = null)
{
    /// <summary>Writes a column by its index; null for "alias"."name".</summary>
    public Func<int, string>? Column { get; init; }

    /// <summary>The name that <see cref="Column"/> writes, when it is not the alias.</summary>
    public string? Table { get; init; }

    /// <summary>An outer join may find no row for it.</summary>
    public bool IsOptional { get; set; }

    /// <summary>True where there is a row; null when no column tells.</summary>
    public string? Presence { get; init; }

    /// <summary>It stands outside of the parentheses that are being written: SQLite does not look there.</summary>
    public bool Beyond { get; set; }

    public string Write(BoundColumn column)
    {
        if (Column is not null && column is { Index: < 0, Relation: not null })
            return Table is { } table
                ? $"{EmbeddedNames.Quote(table)}.{EmbeddedNames.Quote(column.Name)}"
                : throw PgException.Unsupported($"ctid of {Alias} is not supported here");
        if (Column is not null) return Column(column.Index);
        var name = Names is not null && column.Index >= 0 && column.Index < Names.Count ? Names[column.Index] : column.Name;
        return $"{EmbeddedNames.Quote(Alias)}.{EmbeddedNames.Quote(name)}";
    }
}
