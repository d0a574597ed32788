using System.Collections.Frozen;
using System.Collections.Immutable;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>A relation with what only the engine needs of it; kept as one JSON document in <c>__pgwire_relations</c>.</summary>
internal sealed record StoredRelation(RelationInfo Info)
{
    /// <summary>attnum of the next column: numbers of dropped columns are not used again.</summary>
    public short NextNumber { get; init; } = 1;

    /// <summary>The relations a view reads.</summary>
    public ImmutableArray<uint> DependsOn { get; init; } = [];

    /// <summary>The enums and domains a view speaks of.</summary>
    public ImmutableArray<uint> UsesTypes { get; init; } = [];

    public SequenceDefinition? Sequence { get; init; }

    /// <summary>Of a temporary table: "drop", "delete rows" or "preserve rows".</summary>
    public string? OnCommit { get; init; }

    private RelationInfo? _public;

    /// <summary>The relation as snapshots show it.</summary>
    internal RelationInfo Public => _public is { } known && ReferenceEquals(_publicOf, this) ? known : Publish();

    private StoredRelation? _publicOf;

    // A copy made by `with` brings the fields along, hence the second one.
    private RelationInfo Publish()
    {
        _public = Sequence is null && DependsOn.IsDefaultOrEmpty && UsesTypes.IsDefaultOrEmpty ? Info : Info with
        {
            UsesTypes = UsesTypes.IsDefault ? [] : UsesTypes,
            DependsOn = DependsOn.IsDefault ? [] : DependsOn,
            Sequence = Sequence is { } s ? new SequenceInfo(s.TypeOid, s.Start, s.Increment, s.Min, s.Max, s.Cycle, s.OwnerTable, s.OwnerColumn) : null,
        };
        _publicOf = this;
        return _public;
    }
}

/// <param name="OwnerTable">OWNED BY: dropped with that column; 0 for none.</param>
internal sealed record SequenceDefinition(
    uint TypeOid,
    long Start,
    long Increment,
    long Min,
    long Max,
    bool Cycle,
    uint OwnerTable = 0,
    string? OwnerColumn = null);

internal sealed record SchemaEntry(uint Oid, string Name, string? Comment = null);

/// <summary>All metadata of a database at one moment.</summary>
internal sealed record SchemaModel(
    ImmutableDictionary<string, SchemaEntry> Schemas,
    ImmutableDictionary<uint, StoredRelation> Relations)
{
    public ImmutableDictionary<uint, UserType> Types { get; init; } = ImmutableDictionary<uint, UserType>.Empty;

    public static SchemaModel Empty { get; } = new(
        ImmutableDictionary<string, SchemaEntry>.Empty.WithComparers(StringComparer.Ordinal),
        ImmutableDictionary<uint, StoredRelation>.Empty);

    public static ImmutableArray<string> SystemSchemas { get; } = ["pg_catalog", "information_schema"];

    private (ImmutableDictionary<uint, UserType> Of, UserTypes Made)? _userTypes;

    /// <summary>The types as snapshots show them; a copy of the model with the same types has the same ones.</summary>
    public UserTypes UserTypes
    {
        get
        {
            if (_userTypes is { } known && ReferenceEquals(known.Of, Types)) return known.Made;
            var made = Types.IsEmpty ? UserTypes.Empty : new UserTypes(Types.Values);
            _userTypes = (Types, made);
            return made;
        }
    }

    public SchemaModel With(StoredRelation relation) => this with { Relations = Relations.SetItem(relation.Info.Oid, relation) };

    public SchemaModel Without(uint oid) => this with { Relations = Relations.Remove(oid) };

    private static readonly FrozenDictionary<string, uint> RowPlaces = new Dictionary<string, uint> { ["ctid"] = Oids.Tid }.ToFrozenDictionary();

    public SchemaSnapshot ToSnapshot(string database, long version, IEnumerable<RelationInfo> others) =>
        new(version, Schemas.Keys.Concat(SystemSchemas), Relations.Values.Select(relation => relation.Public).Concat(others))
        {
            Database = database,
            SystemColumns = RowPlaces,
            Types = UserTypes,
            Details = Schemas.Values.ToDictionary(schema => schema.Name, schema => new SchemaEntryInfo(schema.Oid, schema.Name, schema.Comment)),
        };
}

/// <summary>What a rollback to a savepoint must bring back in memory.</summary>
internal readonly record struct ModelState(
    SchemaModel? Own,
    ImmutableDictionary<uint, StoredRelation> Temporary,
    int SequenceUndo);
