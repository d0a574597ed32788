using System.Text;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>Where a writer was, to go back to when what follows cannot be written.</summary>
public readonly record struct Mark(int Inputs, int Hoisted, int Sources, bool UsesTop);

/// <summary>
/// Writes parts of a bound statement in IRIS SQL, only where they mean exactly what PostgreSQL means by them. Its answers
/// are null where that cannot be done; then <see cref="Why"/> says why and nothing is left behind.
/// </summary>
/// <remarks>
/// One writer serves one statement of IRIS. What it returns must stand in that statement in the order of the calls,
/// because markers have no names. FROM is written before what refers to its columns, or declared with <see cref="Declare(string, RelationInfo)"/>.
/// </remarks>
public sealed partial class IrisWriter(IrisOptions options, HoistedValues hoisted)
{
    private readonly StringBuilder _sql = new();

    public IrisOptions Options => options;

    /// <summary>The markers' values in the order in which they stand.</summary>
    public List<Input> Inputs { get; } = [];

    /// <summary>One sentence: why the last answer was null.</summary>
    public string? Why { get; private set; }

    /// <summary>TOP stands somewhere, so that the statement must not have LIMIT or FETCH (-386).</summary>
    public bool UsesTop { get; private set; }

    public Mark Mark() => new(Inputs.Count, hoisted.Count, _scope.Count, UsesTop);

    /// <summary>Drops the inputs, hoisted values and tables of all that was written since.</summary>
    public void Rewind(Mark mark)
    {
        Inputs.RemoveRange(mark.Inputs, Inputs.Count - mark.Inputs);
        hoisted.Truncate(mark.Hoisted);
        _scope.Truncate(mark.Sources);
        UsesTop = mark.UsesTop;
    }

    /// <summary>A value as a column of a result, a grouping key or a new value. Booleans come as 1, 0 or NULL.</summary>
    public string? Scalar(Expr expression)
    {
        var mark = Mark();
        var start = _sql.Length;
        return Finish(start, mark, Value(expression, Need.Scale | Need.Type));
    }

    /// <summary>A condition that holds for the same rows as in PostgreSQL. For others it may be false where PostgreSQL's is unknown.</summary>
    public string? Predicate(Expr expression)
    {
        var mark = Mark();
        var start = _sql.Length;
        return Finish(start, mark, Condition(expression, false));
    }

    /// <summary>An item of FROM. Its columns can be referred to from now on.</summary>
    public string? From(FromItem item)
    {
        var mark = Mark();
        var start = _sql.Length;
        return Finish(start, mark, WriteFrom(item, false));
    }

    /// <summary>A whole query, without parentheses around it.</summary>
    /// <param name="columnNames">Names for its columns; null for their own, made unique.</param>
    public string? Query(Query query, IReadOnlyList<string>? columnNames)
    {
        var mark = Mark();
        var start = _sql.Length;
        return Finish(start, mark, WriteQuery(query, columnNames is null ? null : [.. columnNames]));
    }

    /// <summary>The keys of ORDER BY that sort as the item does, NULLs included. Empty when it sorts nothing.</summary>
    public string? SortKey(SortItem item)
    {
        var mark = Mark();
        var start = _sql.Length;
        return Finish(start, mark, Sort(item));
    }

    /// <summary>Makes a table known that the caller writes itself, under the alias that the bound tree knows it by.</summary>
    /// <returns>The alias it must have, quoted.</returns>
    public string Declare(string alias, RelationInfo relation) => IrisNames.Quote(_scope.Add(alias, relation).Written);

    private string? Finish(int start, Mark mark, bool written)
    {
        var text = written ? _sql.ToString(start, _sql.Length - start) : null;
        _sql.Length = start;
        if (!written) Rewind(mark);
        return text;
    }

    private bool Refuse(string why)
    {
        Why = why;
        return false;
    }

    [Flags]
    private enum Need
    {
        None = 0,

        /// <summary>The value will be read: a number's scale must be known.</summary>
        Scale = 1,

        /// <summary>IRIS must see the type: a marker needs a CAST.</summary>
        Type = 2,
    }

    private readonly Scope _scope = new(null);

    private bool Value(Expr expression, Need need) => Refuse($"{expression.GetType().Name} is computed here");

    private bool Condition(Expr expression, bool negated) => Refuse($"{expression.GetType().Name} is computed here");

    private bool WriteFrom(FromItem item, bool nullable) => Refuse($"{item.GetType().Name} is read here");

    private bool WriteQuery(Query query, string[]? names) => Refuse($"{query.GetType().Name} is finished here");

    private bool Sort(SortItem item) => Refuse("sorted here");
}
