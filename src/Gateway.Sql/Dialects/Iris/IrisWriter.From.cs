using System.Collections.Immutable;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>FROM: tables, joins, subqueries.</summary>
public sealed partial class IrisWriter
{
    private Common? _common;

    private bool FromList(ImmutableArray<FromItem> items)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) Write(", ");
            if (!WriteFrom(items[i], outer: false, first: i == 0)) return false;
        }

        return true;
    }

    /// <param name="outer">On the side of an outer join that may have no row.</param>
    private bool WriteFrom(FromItem item, bool outer, bool first = true)
    {
        switch (item)
        {
            case TableRef { Sample: not null }:
                return Refuse("TABLESAMPLE is not in IRIS");
            case TableRef { Relation: { } relation } table:
                return Table(table, relation, outer);
            case TableRef table:
                return CommonTable(table, outer);
            case SubqueryRef subquery:
                if (subquery.Lateral && !options.HasLateral) return Refuse("LATERAL is not in this version of IRIS");
                if (subquery.Lateral && first) return Refuse("LATERAL stands only behind a comma in IRIS");
                if (subquery.Lateral) Write("LATERAL ");
                return Derived(subquery.Query, subquery, subquery.Alias!, outer, _scope);
            case Join join:
                return WriteJoin(join, outer);
            case FunctionRef function:
                return Refuse($"{(function.Calls[0] as FunctionCall)?.Name.Last ?? "a function"}() gives its rows here");
            default:
                return Refuse($"{item.GetType().Name} is read here");
        }
    }

    private bool Table(TableRef table, RelationInfo relation, bool outer)
    {
        if (relation.Schema is "pg_catalog" or "information_schema") return Refuse($"{relation.Schema}.{relation.Name} is the gateway's own");
        if (relation.Temporary || relation.Kind == RelationKind.Sequence) return Refuse($"{relation.Name} is not kept in IRIS");
        var source = _scope.Add(table.Alias?.Name ?? table.Name.Last, relation, table, outer);
        if (source is null) return Refuse($"\"{table.Name.Last}\" stands twice");
        if (relation.Remote is { } remote) Name(remote.Schema);
        else Name(IrisNames.Schema(relation.Schema));
        Write('.');
        Name(relation.Remote?.Name ?? relation.Name);
        Write(" AS ");
        return Name(source.Written);
    }

    private bool CommonTable(TableRef table, bool outer)
    {
        for (var common = _common; common is not null; common = common.Previous)
        {
            if (common.Name != table.Name.Last) continue;
            if (common.Table.Statement is not QueryStatement { Query: var query }) return Refuse("a statement that changes data stands in WITH");
            var (saved, scope) = (_common, _scope);
            _common = common.Previous;
            var alias = table.Alias ?? new Alias(table.Name.Last, []);
            if (alias.Columns.Length < common.Table.Columns.Length) alias = alias with { Columns = [.. alias.Columns, .. common.Table.Columns[alias.Columns.Length..]] };
            var written = Derived(query, table, alias, outer, common.Scope);
            (_common, _scope) = (saved, scope);
            return written;
        }

        return Refuse($"\"{table.Name.Last}\" is not in sight");
    }

    /// <summary>A subquery under an alias. IRIS cannot rename its columns from outside.</summary>
    /// <param name="scope">The level its outer references start from.</param>
    private bool Derived(Query query, FromItem item, Alias alias, bool outer, Scope scope)
    {
        var here = _scope;
        _scope = scope;
        Write('(');
        var written = WriteQuery(query, null, Place.Inner);
        _scope = here;
        if (!written) return false;
        Write(") AS ");
        var columns = _columns!;
        for (var i = 0; i < alias.Columns.Length && i < columns.Length; i++) columns[i] = columns[i] with { Name = alias.Columns[i] };
        return _scope.Add(alias.Name, null, item, outer, columns) is { } source
            ? Name(source.Written)
            : Refuse($"\"{alias.Name}\" stands twice");
    }

    private bool WriteJoin(Join join, bool outer)
    {
        var right = join.Right;
        if (right is SubqueryRef { Lateral: true } && !outer && join.Kind is JoinKind.Cross or JoinKind.Inner && join.On is null or BooleanLiteral { Value: true })
            return WriteFrom(join.Left, false) && Write(", ") && WriteFrom(right, false, first: false);
        if (right is Join inner)
        {
            // A chain from left to right means the same as long as no row can be missing.
            if (join.Kind is not (JoinKind.Inner or JoinKind.Cross) || inner.Kind is not (JoinKind.Inner or JoinKind.Cross)) return Refuse("joins in parentheses are not in IRIS");
            var both = join.On is null ? inner.On : inner.On is null ? join.On : new And(inner.On, join.On) { Type = join.On.Type };
            return WriteJoin(
                new Join(both is null ? JoinKind.Cross : JoinKind.Inner, new Join(JoinKind.Cross, join.Left, inner.Left), inner.Right) { On = both },
                outer);
        }

        var keyword = join.Kind switch
        {
            JoinKind.Left => " LEFT JOIN ",
            JoinKind.Right => " RIGHT JOIN ",
            JoinKind.Full => " FULL JOIN ",
            JoinKind.Cross => " CROSS JOIN ",
            _ => " JOIN ",
        };
        if (!WriteFrom(join.Left, outer || join.Kind is JoinKind.Right or JoinKind.Full)) return false;
        Write(keyword);
        if (!WriteFrom(right, outer || join.Kind is JoinKind.Left or JoinKind.Full)) return false;
        return join.Kind == JoinKind.Cross || (Write(" ON ") && (join.On is null ? Write(Always) : Conjunction(join.On)));
    }
}
