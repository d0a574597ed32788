using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Analysis;

/// <summary>Visits the expressions of a tree from the outside in, subqueries included.</summary>
public abstract class TreeWalker
{
    /// <summary>How many query levels below the start the walk is.</summary>
    protected int Depth { get; private set; }

    /// <returns>Whether to go on inside.</returns>
    protected abstract bool Enter(Expr expression);

    /// <summary>An item of FROM, before what is inside it.</summary>
    protected virtual void Enter(FromItem item)
    {
    }

    /// <summary>A query, before what is inside it.</summary>
    protected virtual void Enter(Query query)
    {
    }

    public void Visit(Expr? expression)
    {
        if (expression is null || !Enter(expression)) return;
        switch (expression)
        {
            case BinaryOp e: Visit(e.Left); Visit(e.Right); break;
            case And e: Visit(e.Left); Visit(e.Right); break;
            case Or e: Visit(e.Left); Visit(e.Right); break;
            case IsDistinctFrom e: Visit(e.Left); Visit(e.Right); break;
            case NullIf e: Visit(e.Left); Visit(e.Right); break;
            case UnaryOp e: Visit(e.Operand); break;
            case Not e: Visit(e.Operand); break;
            case IsNull e: Visit(e.Operand); break;
            case IsTruth e: Visit(e.Operand); break;
            case Cast e: Visit(e.Operand); break;
            case Collate e: Visit(e.Operand); break;
            case FieldAccess e: Visit(e.Operand); break;
            case Like e: Visit(e.Operand); Visit(e.Pattern); Visit(e.Escape); break;
            case Between e: Visit(e.Operand); Visit(e.Low); Visit(e.High); break;
            case InList e: Visit(e.Operand); Visit(e.Items); break;
            case InSubquery e: Visit(e.Operand); Visit(e.Query); break;
            case Quantified e: Visit(e.Left); Visit(e.Array); Visit(e.Query); break;
            case Exists e: Visit(e.Query); break;
            case ScalarSubquery e: Visit(e.Query); break;
            case ArraySubquery e: Visit(e.Query); break;
            case Coalesce e: Visit(e.Arguments); break;
            case MinMax e: Visit(e.Arguments); break;
            case ArrayConstructor e: Visit(e.Items); break;
            case RowConstructor e: Visit(e.Items); break;
            case Case e:
                Visit(e.Operand);
                foreach (var when in e.Whens)
                {
                    Visit(when.Condition);
                    Visit(when.Result);
                }

                Visit(e.Else);
                break;
            case Subscript e:
                Visit(e.Operand);
                foreach (var item in e.Items)
                {
                    Visit(item.Lower);
                    Visit(item.Upper);
                }

                break;
            case FunctionCall e:
                foreach (var argument in e.Arguments) Visit(argument.Value);
                Visit(e.OrderBy);
                Visit(e.WithinGroup);
                Visit(e.Filter);
                if (e.Over is not null) Visit(e.Over);
                break;
        }
    }

    public void Visit(ImmutableArray<Expr> expressions)
    {
        foreach (var expression in expressions) Visit(expression);
    }

    public void Visit(ImmutableArray<SortItem> items)
    {
        foreach (var item in items) Visit(item.Value);
    }

    public void Visit(WindowSpec window)
    {
        Visit(window.PartitionBy);
        Visit(window.OrderBy);
        Visit(window.Frame?.Start.Offset);
        Visit(window.Frame?.End?.Offset);
    }

    public void Visit(Query? query)
    {
        if (query is null) return;
        Enter(query);
        Depth++;
        if (query.With is not null)
            foreach (var table in query.With.Tables) Visit(table.Statement);
        switch (query)
        {
            case Select select: VisitSelect(select); break;
            case SetOperation set: Visit(set.Left); Visit(set.Right); break;
            case Values values:
                foreach (var row in values.Rows) Visit(row);
                break;
        }

        Visit(query.OrderBy);
        Visit(query.Limit);
        Visit(query.Offset);
        Depth--;
    }

    public void Visit(Statement statement)
    {
        switch (statement)
        {
            case QueryStatement query: Visit(query.Query); break;
            case Insert insert: Visit(insert.Source); break;
            case Update update:
                foreach (var assignment in update.Set) Visit(assignment.Value);
                foreach (var item in update.From) Visit(item);
                Visit(update.Where);
                break;
            case Delete delete:
                foreach (var item in delete.Using) Visit(item);
                Visit(delete.Where);
                break;
        }
    }

    private void VisitSelect(Select select)
    {
        foreach (var item in select.Items) Visit(item.Value);
        Visit(select.DistinctOn);
        foreach (var item in select.From) Visit(item);
        Visit(select.Where);
        foreach (var item in select.GroupBy) Visit(item);
        Visit(select.Having);
        foreach (var window in select.Windows) Visit(window.Window);
    }

    private void Visit(GroupingItem item)
    {
        Visit(item.Value);
        foreach (var inner in item.Items) Visit(inner);
    }

    public void Visit(FromItem item)
    {
        Enter(item);
        switch (item)
        {
            case SubqueryRef subquery: Visit(subquery.Query); break;
            case FunctionRef function: Visit(function.Calls); break;
            case Join join:
                Visit(join.Left);
                Visit(join.Right);
                Visit(join.On);
                break;
        }
    }
}
