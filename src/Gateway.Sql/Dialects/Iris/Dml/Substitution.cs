using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris.Dml;

/// <summary>Puts other expressions in the place of columns of one query level.</summary>
/// <param name="replace">Null leaves the column. What it returns must read no column, or only be asked for at the outermost level.</param>
internal sealed class Substitution(Func<ColumnRef, Expr?> replace) : TreeRewriter
{
    protected override Expr? Replace(Expr expression) =>
        expression is ColumnRef { Column: { Source: not null } column } reference && column.LevelsUp == Depth && replace(reference) is { } value
            ? Depth > 0 && value is ColumnRef { Column: { } inner } moved ? moved with { Column = inner with { LevelsUp = inner.LevelsUp + Depth } } : value
            : null;
}

/// <summary>Moves a query one level further in: what it reads from around it is one level further away.</summary>
internal sealed class Deeper : TreeRewriter
{
    protected override Expr? Replace(Expr expression) => expression is ColumnRef { Column: { } column } reference && column.LevelsUp >= Depth
        ? reference with { Column = column with { LevelsUp = column.LevelsUp + 1 } }
        : null;
}

/// <summary>The columns that an expression reads of its own query level, and what stands in it.</summary>
internal sealed class Uses : TreeWalker
{
    public List<BoundColumn> Columns { get; } = [];

    public bool HasSubquery { get; private set; }

    public bool IsVolatile { get; private set; }

    public bool ReadsRow { get; private set; }

    public bool ReadsOuter { get; private set; }

    public static Uses Of(Expr? expression)
    {
        var uses = new Uses();
        uses.Visit(expression);
        return uses;
    }

    /// <summary>It has one value for the whole statement.</summary>
    public bool IsConstant => Columns.Count == 0 && !HasSubquery && !IsVolatile && !ReadsRow && !ReadsOuter;

    protected override bool Enter(Expr expression)
    {
        switch (expression)
        {
            case ColumnRef { Column: { Source: not null } column }:
                if (column.LevelsUp == Depth) Columns.Add(column);
                else ReadsOuter |= column.LevelsUp > Depth;
                break;
            case FunctionCall { Resolved: var function }:
                IsVolatile |= function is null or { Volatility: 'v' } or { ReturnsSet: true } or { Kind: not 'f' };
                break;
            case Remote.InputRef { Input.Kind: not Remote.InputKind.Parameter and not Remote.InputKind.Computed }:
                ReadsRow = true;
                break;
            case InSubquery or Exists or ScalarSubquery or ArraySubquery or Quantified { Query: not null }:
                HasSubquery = true;
                break;
        }

        return true;
    }
}
