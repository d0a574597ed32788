using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>
/// Statements that take several steps: what one step finds or changes is kept as a JSON value, which later ones read as a
/// parameter. So run changes inside WITH. All parts see the tables as they were before the statement.
/// </summary>
internal sealed partial class SqliteWriter
{
    private readonly List<PlanStep> _steps = [];

    // Tables that earlier steps have changed, and how to read them as they were; null where that is not known yet.
    private readonly Dictionary<uint, Func<string, string>?> _changed = [];
    private readonly Dictionary<uint, Func<string, string>> _before = [];
    private int _kept;

    // What the step that is being written changes.
    private TableChange? _change;

    // RETURNING is written as one packed column, with the row's key at its end where that is asked for.
    private bool _packing;
    private string? _packedKey;

    /// <summary>How many parameters the client gives; kept rows are numbered behind them.</summary>
    public int ParameterCount { get; init; }

    /// <summary>Tables that are read after they were changed: their state before must be kept.</summary>
    public HashSet<uint> Old { get; init; } = [];

    /// <summary>A table was added to <see cref="Old"/>: the statement must be written again.</summary>
    public bool NeedsOld { get; private set; }

    public ImmutableArray<PlanStep> Statement(Statement statement, bool returnsRows)
    {
        var (sql, parameters, change) = Written(() => statement is QueryStatement query ? Query(query.Query, null) : Dml((DmlStatement)statement));
        if (sql is not null) _steps.Add(new SqlStep(sql, parameters, returnsRows) { Change = change });
        return [.. _steps];
    }

    private (string? Sql, ImmutableArray<int> Parameters, TableChange? Change) Written(Func<string?> write)
    {
        var outer = (MaxParameter, _change);
        (MaxParameter, _change) = (0, null);
        var sql = write();
        var written = (sql, ImmutableArray.CreateRange(Enumerable.Range(1, MaxParameter)), _change);
        (MaxParameter, _change) = outer;
        return written;
    }

    /// <summary>The table's name where it is the target of INSERT, UPDATE or DELETE.</summary>
    private string Changed(RelationInfo relation, ChangeKind kind)
    {
        _change = new TableChange(relation.Oid, kind);
        return EmbeddedNames.Table(relation);
    }

    private void Step(Func<string?> write, bool aside = false)
    {
        var (sql, parameters, change) = Written(write);
        if (sql is not null) _steps.Add(new SqlStep(sql, parameters, false) { Aside = aside, Change = change });
    }

    /// <summary>A step whose rows are kept; the parameter that holds them.</summary>
    private string Keep(Func<string?> write, bool aside = false)
    {
        var (sql, parameters, change) = Written(write);
        _steps.Add(new SqlStep(sql!, parameters, false) { Keeps = true, Aside = aside, Change = change });
        _kept++;
        return NextMarker(0);
    }

    /// <summary>The parameter of the rows kept last (0), or that of those to be kept next (1).</summary>
    private string NextMarker(int ahead) => string.Create(CultureInfo.InvariantCulture, $"?{ParameterCount + _kept + ahead}");

    private string Marked(string marker)
    {
        MaxParameter = Math.Max(MaxParameter, int.Parse(marker.AsSpan(1), CultureInfo.InvariantCulture));
        return marker;
    }

    private static string Field(string row, int index, uint type = 0) =>
        Element(string.Create(CultureInfo.InvariantCulture, $"json_extract({row}.value, '$[{index}]')"), type);

    private static Source KeptRows(string alias, List<uint> types) =>
        new(alias) { Column = i => Field(EmbeddedNames.Quote(alias), i, types[i]) };

    /// <summary>A WITH that changes data: each of its tables is a step of its own.</summary>
    private void Keep(With with)
    {
        if (_scope!.Outer is not null) throw PgException.Unsupported("WITH clause containing a data-modifying statement must be at the top level");
        foreach (var relation in Old.Select(oid => Relations(with).FirstOrDefault(relation => relation.Oid == oid)).OfType<RelationInfo>().ToList())
        {
            if (OnlyInserts(with, relation)) continue;
            var marker = Keep(() => $"SELECT pg_pack({Names(relation.Columns.Select(column => column.Name))}) FROM {EmbeddedNames.Table(relation)}");
            var types = relation.Columns.Select(column => column.Type.Oid).ToList();
            _before[relation.Oid] = alias =>
            {
                _scope!.Add(KeptRows(alias, types));
                return $"json_each({Marked(marker)}) AS {EmbeddedNames.Quote(alias)}";
            };
        }

        foreach (var table in with.Tables)
        {
            if (table.Statement is DmlStatement statement)
            {
                Change(table.Name, statement);
                continue;
            }

            var query = ((QueryStatement)table.Statement).Query;
            var own = Within(new Scope(_scope) { CommonTables = new(StringComparer.Ordinal) }, () => Keep(() =>
            {
                var written = CommonTable(table, query, with.Recursive);
                return $"WITH {(with.Recursive ? "RECURSIVE " : "")}{written} SELECT pg_pack({Names(_scope!.CommonTables[table.Name])}) FROM {EmbeddedNames.Quote(table.Name)}";
            }));
            _scope.Kept[table.Name] = (own, Types(query));
        }
    }

    private void Change(string name, DmlStatement statement)
    {
        var relation = Target(statement);
        var key = statement is Insert && Old.Contains(relation.Oid) && !_before.ContainsKey(relation.Oid) ? RowKey(relation) : null;
        _packing = !statement.Returning.IsDefaultOrEmpty || key is not null;
        _packedKey = key;
        if (!_packing)
        {
            Step(() => Dml(statement), aside: true);
        }
        else
        {
            var types = statement.Returning.Select(item => item.Value.Type.Oid).ToList();
            var marker = Keep(() => Dml(statement), aside: true);
            _scope!.Kept[name] = (marker, types);
            if (key is not null)
            {
                _before[relation.Oid] = alias =>
                {
                    _scope!.Add(new Source(alias));
                    return $"(SELECT * FROM {EmbeddedNames.Table(relation)} WHERE {key} NOT IN (SELECT {Field("\"o:k\"", types.Count)} FROM json_each({Marked(marker)}) AS \"o:k\")) AS {EmbeddedNames.Quote(alias)}";
                };
            }
        }

        (_packing, _packedKey) = (false, null);
        _changed[relation.Oid] = _before.GetValueOrDefault(relation.Oid);
    }

    /// <summary>A table that an earlier step has changed, as it was before; null for one that has not changed.</summary>
    private string? BeforeChange(RelationInfo relation, string alias)
    {
        if (!_changed.TryGetValue(relation.Oid, out var before)) return null;
        if (before is not null) return before(alias);
        NeedsOld |= Old.Add(relation.Oid);
        return null;
    }

    private static IEnumerable<RelationInfo> Relations(With with) =>
        with.Tables.Select(table => (table.Statement as DmlStatement)?.Relation).OfType<RelationInfo>();

    /// <summary>The table only gets new rows, once: without them it is as it was.</summary>
    private static bool OnlyInserts(With with, RelationInfo relation)
    {
        var changes = with.Tables.Select(table => table.Statement).OfType<DmlStatement>().Where(change => change.Relation!.Oid == relation.Oid).ToList();
        return changes is [Insert { OnConflict: null or { DoUpdate: false } }];
    }
}
