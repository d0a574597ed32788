using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <summary>The metadata of a PostgreSQL server, its own pg_catalog and information_schema included: queries on them go there.</summary>
internal sealed class PostgresCatalog : IAdoCatalog
{
    // The system's relations do not change while a server runs, nor between servers of one version.
    private IReadOnlyList<RelationInfo>? _system;

    private static readonly FrozenDictionary<string, uint> RowVersions = new Dictionary<string, uint>
    {
        ["ctid"] = Oids.Tid,
        ["xmin"] = Oids.Xid,
        ["xmax"] = Oids.Xid,
        ["cmin"] = Oids.Cid,
        ["cmax"] = Oids.Cid,
    }.ToFrozenDictionary();

    public SchemaSnapshot Read(IAdoSource source, SchemaSnapshot? known, Func<long> version)
    {
        var types = ServerTypes.Read(source);
        var system = _system ??= Relations(source, types, PostgresCatalogSql.System, whole: false);
        var schemas = source.Query(PostgresCatalogSql.Schemas).Select(row => row[0]!).ToList();
        var own = Relations(source, types, PostgresCatalogSql.Own, whole: true);
        if (known is not null && IsSame(known, schemas, own, system.Count) && IsSame(known.Types, types.Enums)) return known;
        return new SchemaSnapshot(version(), [.. schemas, .. own.Any(relation => relation.Schema == "pg_temp") ? ["pg_temp"] : Array.Empty<string>()], own.Concat(system))
        {
            SystemColumns = RowVersions,
            Types = types.Enums.Count == 0 ? UserTypes.Empty : new UserTypes(types.Enums, asText: true),
        };
    }

    private static bool IsSame(UserTypes known, IReadOnlyList<UserType> enums) =>
        known.All.Count() == enums.Count && enums.All(type => known.Definition(type.Oid) is { } old
            && old with { Labels = type.Labels } == type && old.Labels.SequenceEqual(type.Labels));

    private static bool IsSame(SchemaSnapshot known, List<string> schemas, IReadOnlyList<RelationInfo> own, int system)
    {
        if (!known.Schemas.SetEquals(schemas) || known.Relations.Count() != own.Count + system) return false;
        foreach (var relation in own)
            if (known.Find(relation.Schema, relation.Name) is not { } old || !IsSame(old, relation)) return false;
        return true;
    }

    // Records compare arrays by reference.
    private static bool IsSame(RelationInfo a, RelationInfo b) =>
        a with { Columns = [], Constraints = [], Indexes = [] } is var x && b with { Columns = x.Columns, Constraints = x.Constraints, Indexes = x.Indexes } == x
        && a.Columns.SequenceEqual(b.Columns)
        && a.Constraints.Length == b.Constraints.Length && a.Constraints.Zip(b.Constraints).All(pair => IsSame(pair.First, pair.Second))
        && a.Indexes.Length == b.Indexes.Length && a.Indexes.Zip(b.Indexes).All(pair =>
            pair.First with { Columns = pair.Second.Columns } == pair.Second && pair.First.Columns.SequenceEqual(pair.Second.Columns));

    private static bool IsSame(ConstraintInfo a, ConstraintInfo b) =>
        a with { Columns = b.Columns, ReferencedColumns = b.ReferencedColumns } == b
        && a.Columns.SequenceEqual(b.Columns) && a.ReferencedColumns.SequenceEqual(b.ReferencedColumns);

    private static List<RelationInfo> Relations(IAdoSource source, ServerTypes types, string which, bool whole)
    {
        var columns = Lookup(source, PostgresCatalogSql.Columns, which, row => Column(row, types));
        var constraints = whole ? Lookup(source, PostgresCatalogSql.Constraints, which, Constraint) : null;
        var indexes = whole ? Lookup(source, PostgresCatalogSql.Indexes, which, Index) : null;
        var relations = new List<RelationInfo>();
        foreach (var row in Ask(source, PostgresCatalogSql.Relations, which))
        {
            var oid = Number(row[0]);
            relations.Add(new RelationInfo(oid, row[1]!, row[2]!, (RelationKind)row[3]![0], [.. columns[oid]])
            {
                Constraints = [.. constraints?[oid] ?? []],
                Indexes = [.. indexes?[oid] ?? []],
                Temporary = row[4] == "true",
                Comment = row[5],
                Definition = row[6],
            });
        }

        return relations;
    }

    private static IReadOnlyList<string?[]> Ask(IAdoSource source, string sql, string which) =>
        source.Query(sql.Replace("{0}", which, StringComparison.Ordinal));

    private static ILookup<uint, T> Lookup<T>(IAdoSource source, string sql, string which, Func<string?[], T> read) =>
        Ask(source, sql, which).ToLookup(row => Number(row[0]), read);

    private static ColumnInfo Column(string?[] row, ServerTypes types)
    {
        var (type, remote) = types.Of(Number(row[3]), int.Parse(row[4]!, CultureInfo.InvariantCulture));
        var isGenerated = row[8] is { Length: > 0 };
        return new ColumnInfo(
            row[2]!,
            short.Parse(row[1]!, CultureInfo.InvariantCulture),
            type,
            row[5] == "true",
            isGenerated ? null : row[6],
            row[7] is { Length: > 0 } identity ? identity[0] : '\0',
            isGenerated ? row[6] : null,
            row[9])
        {
            Sequence = row[10],
            Remote = remote is null ? null : new RemoteColumn(DataType: remote),
        };
    }

    private static ConstraintInfo Constraint(string?[] row) => new(
        Number(row[1]),
        row[2]!,
        (ConstraintKind)row[3]![0],
        Names(row[4]),
        row[5],
        row[6],
        row[7],
        Names(row[8]),
        row[3] == "f" ? Action(row[9]) : null,
        row[3] == "f" ? Action(row[10]) : null)
    {
        Deferrable = row[11] == "true",
        InitiallyDeferred = row[12] == "true",
    };

    private static IndexInfo Index(string?[] row) =>
        new(Number(row[1]), row[2]!, row[3] == "true", row[4] == "true", Names(row[5]), row[6]!, row[7]);

    private static string Action(string? code) => code switch
    {
        "r" => "restrict",
        "c" => "cascade",
        "n" => "set null",
        "d" => "set default",
        _ => "no action",
    };

    private static ImmutableArray<string> Names(string? json) => json is null ? [] : [.. JsonSerializer.Deserialize<string[]>(json)!];

    private static uint Number(string? text) => uint.Parse(text!, CultureInfo.InvariantCulture);

    /// <summary>Types of a database's own: enums are enums, domains are what they are over, all else is known by its text.</summary>
    private sealed class ServerTypes
    {
        private readonly Dictionary<uint, (string Schema, string Name, char Kind, uint Base, int Typmod, uint Element)> _types = [];
        private readonly HashSet<uint> _enums = [];

        public static ServerTypes Read(IAdoSource source)
        {
            var types = new ServerTypes();
            foreach (var row in source.Query(PostgresCatalogSql.Types))
                types._types[Number(row[0])] = (row[1]!, row[2]!, row[3]![0], Number(row[4]), int.Parse(row[5]!, CultureInfo.InvariantCulture), Number(row[6]));
            var labels = source.Query(PostgresCatalogSql.Labels).ToLookup(row => Number(row[0]));
            var arrays = types._types.Where(type => type.Value.Element != 0).ToLookup(type => type.Value.Element);
            foreach (var (oid, type) in types._types)
            {
                if (type.Kind != 'e' || oid < UserTypes.FirstOid) continue;
                var array = arrays[oid].FirstOrDefault();
                types.Enums.Add(new UserType(oid, array.Key, type.Schema, type.Name, array.Value.Name ?? "")
                {
                    Labels = [.. labels[oid].Select((row, i) => new EnumLabel(Number(row[3]), row[1]!, float.Parse(row[2]!, CultureInfo.InvariantCulture), i))],
                });
                types._enums.Add(oid);
                if (array.Key != 0) types._enums.Add(array.Key);
            }

            return types;
        }

        public List<UserType> Enums { get; } = [];

        /// <returns>The type, and the name of the server's own where values are only known as text.</returns>
        public (TypeRef Type, string? Remote) Of(uint oid, int typmod)
        {
            for (var depth = 0; depth < 32; depth++)
            {
                if (PgTypes.Find(oid) is not null && oid < 9000) return (new TypeRef(oid, typmod), null);
                if (_enums.Contains(oid)) return (new TypeRef(oid), null);
                if (!_types.TryGetValue(oid, out var type)) return (new TypeRef(Oids.Text), "record");
                if (type.Kind == 'd')
                {
                    (oid, typmod) = (type.Base, typmod >= 0 ? typmod : type.Typmod);
                    continue;
                }

                if (PgTypes.Find(type.Name) is { Oid: Oids.Vector or Oids.Halfvec or Oids.Sparsevec } known) return (new TypeRef(known.Oid, typmod), null);
                return (new TypeRef(type.Element != 0 ? Oids.TextArray : Oids.Text), $"{type.Schema}.{type.Name}");
            }

            return (new TypeRef(Oids.Text), null);
        }
    }
}
