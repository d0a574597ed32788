using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Schema;

/// <summary>pg_class.relkind.</summary>
public enum RelationKind
{
    Table = 'r',
    View = 'v',
    MaterializedView = 'm',
    Sequence = 'S',
    Index = 'i',
}

/// <summary>A relation of a metadata snapshot: what the analyzer, the catalog and the backends know of a table or view.</summary>
public sealed record RelationInfo(
    uint Oid,
    string Schema,
    string Name,
    RelationKind Kind,
    ImmutableArray<ColumnInfo> Columns)
{
    public ImmutableArray<ConstraintInfo> Constraints { get; init; } = [];

    public ImmutableArray<IndexInfo> Indexes { get; init; } = [];

    /// <summary>A view's query as PostgreSQL SQL.</summary>
    public string? Definition { get; init; }

    public string? Comment { get; init; }

    public bool Temporary { get; init; }

    /// <summary>What CREATE SEQUENCE said of a sequence.</summary>
    [JsonIgnore]
    public SequenceInfo? Sequence { get; init; }

    /// <summary>OIDs of the relations a view reads.</summary>
    [JsonIgnore]
    public ImmutableArray<uint> DependsOn { get; init; } = [];

    /// <summary>OIDs of the enums and domains a view speaks of.</summary>
    [JsonIgnore]
    public ImmutableArray<uint> UsesTypes { get; init; } = [];

    /// <summary>The bound query in whose place a system view stands.</summary>
    [JsonIgnore]
    public Lazy<Query>? Expansion { get; init; }

    /// <summary>Its name in a remote backend, where that differs from what its own name maps to.</summary>
    public RemoteTable? Remote { get; init; }

    public ColumnInfo? FindColumn(string name)
    {
        foreach (var column in Columns)
            if (column.Name == name) return column;
        return null;
    }
}

/// <param name="Number">attnum, from 1; stable over DROP COLUMN of others.</param>
/// <param name="Default">The default as PostgreSQL SQL text, or null.</param>
/// <param name="Identity">'a' always, 'd' by default, '\0' none (pg_attribute.attidentity).</param>
/// <param name="Generated">The expression of a stored generated column, or null.</param>
public sealed record ColumnInfo(
    string Name,
    short Number,
    TypeRef Type,
    bool NotNull,
    string? Default = null,
    char Identity = '\0',
    string? Generated = null,
    string? Comment = null)
{
    /// <summary>The sequence behind a serial or identity column.</summary>
    public string? Sequence { get; init; }

    /// <summary>How it lies in a remote backend, where that differs from what its name and type say.</summary>
    public RemoteColumn? Remote { get; init; }
}

/// <param name="OwnerTable">OWNED BY: the table's OID, 0 for none.</param>
public sealed record SequenceInfo(
    uint Type, long Start, long Increment, long Min, long Max, bool Cycle, uint OwnerTable = 0, string? OwnerColumn = null);

/// <summary>A schema as pg_namespace shows it.</summary>
public sealed record SchemaEntryInfo(uint Oid, string Name, string? Comment = null);

/// <summary>A relation that a remote backend knows by another name, or that was there before the gateway.</summary>
/// <param name="Foreign">Not created through the gateway: its strings compare as the backend's do.</param>
public sealed record RemoteTable(string Schema, string Name, bool Foreign = false);

/// <summary>A column of a remote backend.</summary>
/// <param name="Name">Its name there, or null for the same.</param>
/// <param name="DataType">The backend's type (ODBC name, upper case), or null for the one its PostgreSQL type is kept in.</param>
/// <param name="FoldsCase">Strings in it compare without case there.</param>
public sealed record RemoteColumn(string? Name = null, string? DataType = null, bool FoldsCase = false);

/// <summary>pg_constraint.contype.</summary>
public enum ConstraintKind
{
    PrimaryKey = 'p',
    Unique = 'u',
    Check = 'c',
    ForeignKey = 'f',
}

/// <param name="Expression">A check's expression as PostgreSQL SQL text.</param>
public sealed record ConstraintInfo(
    uint Oid,
    string Name,
    ConstraintKind Kind,
    ImmutableArray<string> Columns,
    string? Expression = null,
    string? ReferencedSchema = null,
    string? ReferencedTable = null,
    ImmutableArray<string> ReferencedColumns = default,
    string? OnDelete = null,
    string? OnUpdate = null)
{
    public bool Deferrable { get; init; }

    public bool InitiallyDeferred { get; init; }

    public string? Comment { get; init; }
}

/// <param name="Columns">Column names, or expressions as SQL text in parentheses.</param>
public sealed record IndexInfo(
    uint Oid,
    string Name,
    bool Unique,
    bool Primary,
    ImmutableArray<string> Columns,
    string Method = "btree",
    string? Predicate = null)
{
    /// <summary>Which of the columns, from 0, are DESC.</summary>
    public ImmutableArray<int> Descending { get; init; } = [];

    public string? Comment { get; init; }

    /// <summary>Of an hnsw or ivfflat index: vector_cosine_ops and its kin.</summary>
    public string? OperatorClass { get; init; }

    /// <summary>Of an hnsw or ivfflat index: <c>m=16, ef_construction=64</c>.</summary>
    public string? Options { get; init; }
}
