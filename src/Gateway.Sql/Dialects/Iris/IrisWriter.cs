using System.Text;
using Gateway.Sql.Dialects.Remote.Split;
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
    private readonly StringBuilder _sql = new(1024);
    private readonly ConstantTest _constants = new();
    private Scope _scope = new(null);

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

    /// <summary>A value as a column of a result or a new value. Booleans come as 1, 0 or NULL. Read it as <see cref="ReadAs"/> says.</summary>
    /// <param name="exact">It is a grouping key, or its query groups or has DISTINCT: no value may come back in another case.</param>
    public string? Scalar(Expr expression, bool exact = false)
    {
        var mark = Mark();
        var start = _sql.Length;
        return Finish(start, mark, Item(expression, Need.Scale | Need.Type, exact));
    }

    /// <summary>A condition that holds for the same rows as in PostgreSQL. For others it may be false where PostgreSQL's is unknown.</summary>
    public string? Predicate(Expr expression)
    {
        var mark = Mark();
        var start = _sql.Length;
        return Finish(start, mark, Conjunction(expression));
    }

    /// <summary>An item of FROM. Its columns can be referred to from now on.</summary>
    public string? From(FromItem item)
    {
        var mark = Mark();
        var start = _sql.Length;
        return Finish(start, mark, WriteFrom(item, outer: false));
    }

    /// <summary>A whole query, without parentheses around it.</summary>
    /// <param name="columnNames">Names for its columns; null for their own, made unique.</param>
    public string? Query(Query query, IReadOnlyList<string>? columnNames)
    {
        var mark = Mark();
        var start = _sql.Length;
        return Finish(start, mark, WriteQuery(query, columnNames, Place.Top));
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
    public string Declare(string alias, RelationInfo relation) =>
        IrisNames.Quote((_scope.Add(alias, relation, null) ?? _scope.Find(alias)!).Written);

    /// <summary>Makes an item of FROM known before it is written, because the select list stands before it.</summary>
    /// <returns>Whether <see cref="From"/> can write it.</returns>
    public bool Declare(FromItem item)
    {
        var mark = Mark();
        var start = _sql.Length;
        var written = WriteFrom(item, outer: false);
        _sql.Length = start;
        Rewind(written ? mark with { Sources = _scope.Count } : mark);
        return written;
    }

    /// <summary>Makes the queries of WITH known, which are written wherever they are used.</summary>
    public bool Declare(With with) => Commons(with);

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

    private bool Write(string text)
    {
        _sql.Append(text);
        return true;
    }

    private bool Write(char text)
    {
        _sql.Append(text);
        return true;
    }

    private bool Name(string name)
    {
        _sql.Append('"');
        if (name.Contains('"')) _sql.Append(name).Replace("\"", "\"\"", _sql.Length - name.Length, name.Length);
        else _sql.Append(name);
        _sql.Append('"');
        return true;
    }

    /// <summary>Back to where an attempt began that failed.</summary>
    private void Undo(int start, Mark mark)
    {
        _sql.Length = start;
        Rewind(mark);
    }
}
