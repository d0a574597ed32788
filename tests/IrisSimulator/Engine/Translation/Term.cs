using IrisSimulator.Engine.Storage;
using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Translation;

/// <summary>A translated scalar: SQLite text, and what the server knows of it.</summary>
internal sealed record Term(string Sql, IrisType Type)
{
    public TextOrder Order { get; init; } = TextOrder.Exact;

    /// <summary>A literal or a parameter, whose stored value is <see cref="Value"/>.</summary>
    public bool Constant { get; init; }
    public bool Parameter { get; init; }
    public object? Value { get; init; }

    /// <summary>Holds an aggregate of this query.</summary>
    public bool Aggregate { get; init; }

    /// <summary>Holds a field outside of aggregates.</summary>
    public bool Field { get; init; }
    public bool Window { get; init; }

    /// <summary>Set for a field by itself.</summary>
    public SourceColumn? Column { get; init; }

    public static Term Of(string sql, IrisType type, params IEnumerable<Term> parts)
    {
        var term = new Term(sql, type);
        foreach (var part in parts)
            term = term with
            {
                Aggregate = term.Aggregate || part.Aggregate,
                Field = term.Field || part.Field,
                Window = term.Window || part.Window,
                Order = type.IsText && part.Order > term.Order && part.Type.IsText ? part.Order : term.Order,
            };
        return term;
    }

    /// <summary>The text with the collation by which the value compares and sorts.</summary>
    public string Collated => Type.Kind == IrisKind.Numeric ? $"{Sql} COLLATE {TextOrders.Number}"
        : Type.IsText && Order != TextOrder.Exact ? $"{Sql} COLLATE {TextOrders.SqliteName(Order)}" : Sql;
}

/// <summary>A column that a FROM item offers.</summary>
internal sealed class SourceColumn(string name, string sql, IrisType type, TextOrder order)
{
    public string Name => name;
    public string Sql => sql;
    public IrisType Type => type;
    public TextOrder Order => order;
    public bool Nullable { get; init; } = true;

    /// <summary>Nameable, but no part of *: the RowID, a PRIVATE column.</summary>
    public bool Hidden { get; init; }

    /// <summary>The other side of a USING or NATURAL join stands for it.</summary>
    public bool Shadowed { get; set; }
    public ColumnDef? Definition { get; init; }
    public TableDef? Table { get; init; }

    public bool Is(Name wanted) => string.Equals(name, wanted.Text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>One item of FROM.</summary>
internal sealed class Source(string alias, string? label, string? schema, IReadOnlyList<SourceColumn> columns)
{
    public string Alias => alias;
    public string? Label => label;

    /// <summary>Set when the item is a table without an alias.</summary>
    public string? Schema => schema;
    public IReadOnlyList<SourceColumn> Columns => columns;
    public TableDef? Table { get; init; }

    public bool Is(QualifiedName wanted) => label is not null
        && string.Equals(label, wanted.Object.Text, StringComparison.OrdinalIgnoreCase)
        && (wanted.Schema is null || string.Equals(schema, wanted.Schema.Text, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The clause a term stands in; it decides whether aggregates and window functions may.</summary>
internal enum Clause { Select, From, Where, GroupBy, Having, OrderBy, Aggregate, Values }

/// <summary>The names of one SELECT.</summary>
internal sealed class Scope(Scope? outer)
{
    public Scope? Outer => outer;
    public List<Source> Sources { get; } = [];
    public Clause Clause { get; set; } = Clause.Select;

    /// <summary>Plain fields beside aggregates without GROUP BY: each row carries the aggregate.</summary>
    public bool AggregatesPerRow { get; set; }

    /// <summary>A query inside has named a field of this one.</summary>
    public bool Touched { get; set; }
}

internal sealed record OutputColumn(string Label, IrisType Type, TextOrder Order)
{
    public bool Nullable { get; init; } = true;
    public SourceColumn? Origin { get; init; }

    /// <summary>What a client is told: NULL by itself is a VARCHAR.</summary>
    public IrisType Shown => Type.Kind == IrisKind.Null ? IrisType.Text : Type;
}

/// <summary>A translated query; its columns are k1, k2…</summary>
internal sealed record Relation(string Sql, IReadOnlyList<OutputColumn> Columns)
{
    /// <summary>DISTINCT, GROUP BY or aggregates: such a query reads uncommitted rows at any isolation.</summary>
    public bool Condenses { get; init; }
}
