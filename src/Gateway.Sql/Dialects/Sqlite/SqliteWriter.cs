using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>Writes one analyzed statement. Every expression it returns can stand as an operand.</summary>
internal sealed partial class SqliteWriter(IReadOnlySet<string> functions)
{
    private readonly Dictionary<string, List<string>> _commonTables = new(StringComparer.Ordinal);
    private readonly Dictionary<FunctionCall, string> _setReturning = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Select, Scope> _scopes = new(ReferenceEqualityComparer.Instance);
    private Scope? _scope;
    private int _unnamed;

    public int MaxParameter { get; private set; }

    public bool ReadsCatalog { get; private set; }

    public string Standalone(Expr bound)
    {
        _scope = new Scope(null) { Unqualified = true };
        return Expression(bound);
    }

    private static PgException Unsupported(string what) =>
        PgException.Unsupported($"{what} is not supported by the embedded engine");

    private T InScope<T>(Select? select, Func<T> write)
    {
        var outer = _scope;
        _scope = new Scope(outer);
        if (select is not null) _scopes[select] = _scope;
        try
        {
            return write();
        }
        finally
        {
            _scope = outer;
        }
    }

    /// <summary>Back in the scope a SELECT was written in, for the clauses behind it.</summary>
    private T InScopeOf<T>(Select select, Func<T> write)
    {
        var outer = _scope;
        _scope = _scopes[select];
        try
        {
            return write();
        }
        finally
        {
            _scope = outer;
        }
    }

    private string Column(ColumnRef column)
    {
        if (column.Column is not { Source: { } alias } bound)
            return EmbeddedNames.Quote(column.Column?.Name ?? column.Name);
        var scope = _scope;
        for (var level = 0; level < bound.LevelsUp && scope?.Outer is not null; level++) scope = scope.Outer;
        if (scope?.Find(alias) is null)
            for (scope = _scope; scope is not null && scope.Find(alias) is null && !scope.Unqualified;) scope = scope.Outer;
        if (scope is { Unqualified: true }) return EmbeddedNames.Quote(bound.Name);
        if (scope?.Find(alias) is not { } source) return $"{EmbeddedNames.Quote(alias)}.{EmbeddedNames.Quote(bound.Name)}";
        if (scope.InFrom && !ReferenceEquals(scope, _scope)) throw Unsupported("a LATERAL reference to " + alias);
        if (source.Ambiguous is { } ambiguous && ambiguous.Contains(bound.Name))
            throw Unsupported($"a reference to {alias}.{bound.Name}, which is there twice,");
        return source.Column?.Invoke(bound.Name) ?? $"{EmbeddedNames.Quote(alias)}.{EmbeddedNames.Quote(bound.Name)}";
    }

    private string Keyed(Expr value) => Orderings.Key(Expression(value), value.Type.Oid);

    private static string DistinctKey(string sql, uint type) =>
        Orderings.Of(type) == Ordering.Interval ? throw Unsupported("DISTINCT over intervals")
        : Orderings.IsPlain(type) ? Orderings.Key(sql, type)
        : sql;

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
