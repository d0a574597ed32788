using Gateway.Sql.Analysis;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>Writes one analyzed statement. Every expression it returns can stand as an operand.</summary>
internal sealed partial class SqliteWriter(IReadOnlySet<string> functions)
{
    private readonly Dictionary<FunctionCall, List<string>> _setReturning = new(ReferenceEqualityComparer.Instance);
    private Scope? _scope;
    private bool _inRecursion;
    private int _unnamed;

    private int MaxParameter { get; set; }

    public string Standalone(Expr bound)
    {
        _scope = new Scope(null) { Unqualified = true };
        return Expression(bound);
    }

    private static PgException Unsupported(string what) =>
        PgException.Unsupported($"{what} is not supported by the embedded engine");

    /// <summary>One query level further in, as the analyzer counts them.</summary>
    private T InScope<T>(Func<T> write) => Within(new Scope(_scope), write);

    /// <summary>Beside the current level: a query that computes something for it.</summary>
    private T InSibling<T>(Func<T> write) => Within(new Scope(_scope!.Outer) { CommonTables = _scope.CommonTables, Kept = _scope.Kept }, write);

    private T Within<T>(Scope scope, Func<T> write)
    {
        var before = _scope;
        _scope = scope;
        try
        {
            return write();
        }
        finally
        {
            _scope = before;
        }
    }

    private string Column(ColumnRef column)
    {
        if (_heldColumn is { } held && Domains.IsValue(column.Column?.Relation)) return EmbeddedNames.Quote(held);
        if (column.Column is not { Source: { } alias } bound)
            return EmbeddedNames.Quote(column.Column?.Name ?? column.Name);
        var scope = _scope;
        for (var level = 0; level < bound.LevelsUp && scope?.Outer is not null; level++) scope = scope.Outer;
        if (scope is null) return $"{EmbeddedNames.Quote(alias)}.{EmbeddedNames.Quote(bound.Name)}";
        if (scope.Columns is { } columns) return columns(column);
        if (IsRowPlace(bound)) return RowPlace(bound, key => Column(column with { Column = key }));
        if (scope.Unqualified && (ReferenceEquals(scope, _scope) || scope.Find(alias) is null)) return EmbeddedNames.Quote(bound.Name);
        if (scope.InFrom) scope.IsLateral = true;
        if (scope.Find(alias) is not { } source) throw Unsupported($"a reference to {alias} from this place");
        if (source.Beyond) throw Unsupported($"a LATERAL reference to {alias} from inside a join");
        for (var inner = _scope; source.Table is { } table && inner != scope; inner = inner!.Outer)
            if (inner!.Find(table) is not null) throw Unsupported($"a reference to {alias} from beside {table}");
        return source.Write(bound);
    }

    /// <summary>ctid of a stored table.</summary>
    private static bool IsRowPlace(BoundColumn column) =>
        column is { Name: "ctid", Column: null, Relation: { Kind: RelationKind.Table, Schema: not "pg_catalog" } };

    /// <summary>Made of the key that finds the row, so that it leads back to it (<see cref="Orderings.Row"/>).</summary>
    private static string RowPlace(BoundColumn bound, Func<BoundColumn, string> write)
    {
        var relation = bound.Relation!;
        var key = EmbeddedNames.RowKey(relation) ?? throw Unsupported($"ctid of table {relation.Name}");
        return $"pg_ctid({write(bound with { Name = key, Index = relation.FindColumn(key) is { } column ? relation.Columns.IndexOf(column) : -1 })})";
    }

    private string Keyed(Expr value) => Orderings.Key(Expression(value), value.Type.Oid);

    private static void RequireOrder(uint type, string clause)
    {
        if (!Orderings.HasOrder(type)) throw Unsupported($"{clause} over values of type {TypeText(type)}");
    }

    private static string TypeText(uint type) => Gateway.Types.TypeNames.Format(type);

    private static IEnumerable<Expr> Descendants(Expr expression) => Children(expression).SelectMany(Descendants).Prepend(expression);

    private static bool HasAggregate(Expr expression) =>
        Descendants(expression).Any(part => part is FunctionCall { Over: null, Resolved.Kind: 'a' });

    /// <summary>The expressions directly inside one, not entering subqueries.</summary>
    private static IEnumerable<Expr> Children(Expr expression) => expression switch
    {
        FieldAccess e => [e.Operand],
        Subscript e => [e.Operand, .. e.Items.SelectMany(i => new[] { i.Lower, i.Upper }).OfType<Expr>()],
        UnaryOp e => [e.Operand],
        BinaryOp e => [e.Left, e.Right],
        And e => [e.Left, e.Right],
        Or e => [e.Left, e.Right],
        Not e => [e.Operand],
        IsNull e => [e.Operand],
        IsTruth e => [e.Operand],
        IsDistinctFrom e => [e.Left, e.Right],
        Like e => e.Escape is null ? [e.Operand, e.Pattern] : [e.Operand, e.Pattern, e.Escape],
        Between e => [e.Operand, e.Low, e.High],
        InList e => [e.Operand, .. e.Items],
        InSubquery e => [e.Operand],
        Quantified e => e.Array is null ? [e.Left] : [e.Left, e.Array],
        Case e => [.. new[] { e.Operand, e.Else }.OfType<Expr>(), .. e.Whens.SelectMany(w => new[] { w.Condition, w.Result })],
        Coalesce e => e.Arguments,
        NullIf e => [e.Left, e.Right],
        MinMax e => e.Arguments,
        FunctionCall e => [.. e.Arguments.Select(a => a.Value), .. e.OrderBy.Select(o => o.Value), .. e.WithinGroup.Select(o => o.Value)],
        Cast e => [e.Operand],
        Collate e => [e.Operand],
        ArrayConstructor e => e.Items,
        RowConstructor e => e.Items,
        _ => [],
    };
}
