using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Analysis;

/// <summary>A common table expression in sight.</summary>
internal sealed class CommonTableEntry(string name, CommonTableEntry? next)
{
    public string Name => name;

    public CommonTableEntry? Next => next;

    public ImmutableArray<OutputColumn> Columns { get; set; } = [];

    public bool Referenced { get; set; }

    /// <summary>Its recursive term is being read.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Its query reads the table itself, but has no non-recursive part to begin with.</summary>
    public int? MalformedAt { get; init; }

    /// <summary>A data-modifying statement without RETURNING cannot be read from.</summary>
    public bool HasRows { get; set; } = true;
}

/// <summary>The clause an expression stands in: it decides what is allowed there.</summary>
internal enum Clause
{
    Other,
    Select,
    From,
    FunctionInFrom,
    On,
    Where,
    GroupBy,
    Having,
    Filter,
    Window,
    OrderBy,
    DistinctOn,
    Limit,
    Offset,
    Values,
    Set,
    Returning,
    ConflictWhere,
    Default,
    Check,
    Generated,
    Execute,
    Merge,
    CopyWhere,
}

/// <summary>The names one query level can see.</summary>
internal sealed class Scope(Scope? parent, bool seesParent = true)
{
    public Scope? Parent { get; } = parent;

    /// <summary>False for a subquery in FROM without LATERAL: it skips its own parent's FROM, not those further out.</summary>
    public bool SeesParent { get; } = seesParent;

    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    public List<RangeItem> Items { get; } = [];

    /// <summary>ON sees the items of its join only: those from here on.</summary>
    public int VisibleFrom { get; set; }

    public CommonTableEntry? CommonTables { get; set; } = parent?.CommonTables;

    public Clause Clause { get; set; }

    public bool HasAggregates { get; set; }

    /// <summary>A WITH query whose own recursive term this is, when its FROM names it.</summary>
    public CommonTableEntry? RecursiveOver { get; set; }

    public bool HasWindows { get; set; }

    public ImmutableArray<NamedWindow> Windows { get; set; } = [];

    /// <summary>The target of an INSERT while its source is read.</summary>
    public RangeItem? Hidden { get; set; }

    public CommonTableEntry? FindCommonTable(string name)
    {
        for (var entry = CommonTables; entry is not null; entry = entry.Next)
            if (entry.Name == name) return entry;
        return null;
    }
}
