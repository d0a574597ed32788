using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>What the backend does of one SELECT: a SELECT of its own, which grows clause by clause while it can be said.</summary>
internal sealed class Part(ImmutableArray<FromItem> from)
{
    private readonly List<(Expr Value, string Name)> _outputs = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public ImmutableArray<FromItem> From { get; } = from;

    public HashSet<string> Aliases { get; } = [.. from.SelectMany(RangeNames.Of)];

    /// <summary>What the part is called in the query that goes on from it.</summary>
    public string Alias { get; } = string.Join("+", from.SelectMany(RangeNames.Of));

    public List<Expr> Where { get; } = [];

    public ImmutableArray<GroupingItem> GroupBy { get; set; } = [];

    public List<Expr> Having { get; } = [];

    public ImmutableArray<SortItem> OrderBy { get; set; } = [];

    public Expr? Limit { get; set; }

    public Expr? Offset { get; set; }

    public IEnumerable<string> Names => _outputs.Select(output => output.Name);

    /// <summary>The part's column with this value, as it is seen <paramref name="levelsUp"/> levels further in.</summary>
    public ColumnRef Output(Expr value, int levelsUp)
    {
        var i = _outputs.FindIndex(output => ExprEquality.Same(output.Value, value));
        if (i < 0)
        {
            i = _outputs.Count;
            _outputs.Add((value, Name(value)));
        }

        var known = Origins.Of(value, From);
        var column = new BoundColumn(Alias, _outputs[i].Name, value.Type, null, known, levelsUp) { Index = i };
        return new ColumnRef([Alias, column.Name]) { Column = column, Type = value.Type, Position = value.Position };
    }

    /// <param name="values">Its columns; null for those asked for so far.</param>
    public Select Select(IEnumerable<Expr>? values = null)
    {
        ImmutableArray<SelectItem> items = [.. (values ?? _outputs.Select(output => output.Value)).Select((value, i) => new SelectItem(value, $"c{i}") { OutputName = $"c{i}" })];
        return new Select
        {
            // Rows are wanted even where no column is.
            Items = items.IsEmpty ? [new SelectItem(One, "c0") { OutputName = "c0" }] : items,
            From = From,
            Where = Conjuncts.All(Where),
            GroupBy = GroupBy,
            Having = Conjuncts.All(Having),
            OrderBy = OrderBy,
            Limit = Limit,
            Offset = Offset,
        };
    }

    public static Expr One { get; } = new NumberLiteral("1") { Type = new TypeRef(Oids.Int4) };

    private string Name(Expr value)
    {
        var wanted = value switch
        {
            ColumnRef { Column: { } column } => column.Name,
            FunctionCall call => call.Name.Last,
            _ => "value",
        };
        var name = wanted;
        for (var n = 2; !_names.Add(name); n++) name = $"{wanted}:{n}";
        return name;
    }
}

/// <summary>Stands in FROM for what the backend reads, until its columns are known.</summary>
internal sealed record PartRef(Part Part) : FromItem;
