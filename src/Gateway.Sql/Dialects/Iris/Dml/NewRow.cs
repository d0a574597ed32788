using System.Collections.Immutable;
using Gateway.Sql.Dialects.Iris.Ddl;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Dml;

/// <summary>One row of VALUES: what each column gets, defaults and generated columns included.</summary>
internal sealed class NewRow
{
    private readonly TargetTable _target;
    private readonly Dictionary<string, Expr> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Expr> _generated = new(StringComparer.Ordinal);

    public NewRow(TargetTable target, Insert insert, ImmutableArray<Expr> values)
    {
        _target = target;
        for (var i = 0; i < values.Length; i++)
        {
            var column = target.Column(insert.Columns[i].Column);
            if (values[i] is DefaultValue || (insert.Overriding == "user" && column.Identity != '\0') || column.Generated is not null) continue;
            if (IrisDefaults.IsNumbered(column) && values[i] is NullLiteral or Cast { Operand: NullLiteral })
                throw new PgException(SqlStates.NotNullViolation, $"null value in column \"{column.Name}\" of relation \"{target.Relation.Name}\" violates not-null constraint")
                {
                    SchemaName = target.Relation.Schema,
                    TableName = target.Relation.Name,
                    ColumnName = column.Name,
                };
            _given.Add(column.Name, values[i]);
        }

        foreach (var (column, value) in target.Generated) _generated.Add(column.Name, target.Over(value, Value));
    }

    /// <summary>All values are known before the statement runs; none is computed twice that could differ then.</summary>
    public bool IsConstant => !RefusesVolatile()
        && Written().All(column => Uses.Of(Value(column.Name)) is { Columns.Count: 0, HasSubquery: false, ReadsRow: false, ReadsOuter: false });

    /// <summary>A value of a volatile function is needed a second time: for a check, or for a generated column.</summary>
    public bool RefusesVolatile()
    {
        var again = _target.Checks.SelectMany(check => TargetTable.ColumnsOf(check.Condition))
            .Concat(_target.Generated.SelectMany(generated => TargetTable.ColumnsOf(generated.Value)))
            .Concat(_target.Generated.Select(generated => generated.Column.Name))
            .Concat(_target.Checks.IsEmpty ? [] : _target.Relation.Columns.Where(column => column.NotNull && !IrisDefaults.IsNumbered(column)).Select(column => column.Name));
        return again.Distinct().Any(name => Uses.Of(Value(name)).IsVolatile) || _given.Any(given => IrisDefaults.IsNumbered(_target.Column(given.Key)) && Uses.Of(given.Value).IsVolatile);
    }

    public int VolatileCount => Written().Count(column => Uses.Of(Value(column.Name)).IsVolatile);

    /// <summary>The columns that the INSERT names; IRIS fills the others.</summary>
    public IEnumerable<ColumnInfo> Written() => _target.Relation.Columns.Where(column =>
        _given.ContainsKey(column.Name) || _generated.ContainsKey(column.Name) || !_target.IsFilledThere(column));

    public Expr Value(string name)
    {
        if (_given.TryGetValue(name, out var value) || _generated.TryGetValue(name, out value)) return value;
        return _target.DefaultOf(name, "a check or generated column over");
    }

    /// <summary>Fails for a row that PostgreSQL refuses and IRIS does not.</summary>
    public Expr? Guard()
    {
        var numbers = _given.Keys.Select(_target.Column).Where(column => IrisDefaults.IsNumbered(column) && !IsPositive(_given[column.Name])).ToList();
        var required = _target.Relation.Columns.Where(column => column.NotNull && (numbers.Contains(column)
            || (!_target.Checks.IsEmpty && !IrisDefaults.IsNumbered(column) && MayBeNull(Value(column.Name)))
            || (_given.TryGetValue(column.Name, out var given) && !IrisDefaults.IsNumbered(column) && DmlPlanner.NeedsGuard(column, _target.Relation) && MayBeNull(given))));
        var guard = _target.Guard(Value, _target.Checks, required);
        foreach (var column in numbers)
        {
            var when = new CaseWhen(Build.Compare(_given[column.Name], "<", Build.Integer(1)), Raise.Number(column));
            guard = new Case(null, [.. (guard as Case)?.Whens ?? [], when], null) { Type = Build.Bool };
        }

        return guard;
    }

    /// <summary>Some rows give a serial column a number and others leave it to IRIS.</summary>
    public static bool IsMixed(ColumnInfo column, Insert insert)
    {
        if (insert.Source is not Values values) return false;
        var i = insert.Columns.IndexOf(insert.Columns.First(target => target.Column == column.Name));
        return values.Rows.Any(row => row[i] is DefaultValue);
    }

    /// <summary>The rows as a query with the columns' names. A number that IRIS is to choose is NULL.</summary>
    public static RowQuery ToQuery(IReadOnlyList<NewRow> rows, Insert insert, TargetTable target)
    {
        var columns = target.Relation.Columns.Where(column => column.Generated is null && rows.Any(row => row._given.ContainsKey(column.Name))
            || (column.Generated is null && !IrisDefaults.IsNumbered(column) && !target.IsFilledThere(column))).ToList();
        foreach (var column in columns.Where(IrisDefaults.IsNumbered))
            if (rows.Any(row => !row._given.ContainsKey(column.Name)) && rows.Any(row => row._given.TryGetValue(column.Name, out var value) && !IsPositive(value)))
                throw PgException.Unsupported($"DEFAULT beside a computed value for serial column \"{column.Name}\" is not supported on IRIS");

        ImmutableArray<Expr> Values(NewRow row) => [.. columns.Select(column =>
            row._given.TryGetValue(column.Name, out var value) ? value
                : IrisDefaults.IsNumbered(column) ? Build.Null(column.Type) : target.DefaultOf(column.Name, "DEFAULT for"))];

        // Rows of nothing but what IRIS fills still are rows.
        var names = columns.Count == 0 ? ["%row"] : columns.Select(column => column.Name).ToList();
        var cells = rows.Select(row => columns.Count == 0 ? [Build.Integer(1)] : Values(row)).ToList();
        var with = (insert.Source as Values)?.With;
        return cells is [var only]
            ? new RowQuery(new Select { Items = [.. only.Select((value, i) => Build.Item(value, names[i]))], With = with }, names)
            : new RowQuery(new Values([.. cells]) { With = with }, names);
    }

    private static bool IsPositive(Expr value) => value switch
    {
        NumberLiteral number => number.Text.Any(digit => digit is > '0' and <= '9'),
        Cast { Operand: NumberLiteral number } => number.Text.Any(digit => digit is > '0' and <= '9') && !number.Text.Contains('.', StringComparison.Ordinal),
        _ => false,
    };

    private static bool MayBeNull(Expr value) => value is not (NumberLiteral or StringLiteral or BooleanLiteral);
}
