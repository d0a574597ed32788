using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Storage;

/// <summary>A column; its place in SQLite is <see cref="Physical"/>, which no renaming touches.</summary>
internal sealed class ColumnDef
{
    public required string Name { get; set; }
    public required string Physical { get; init; }
    public required IrisType Type { get; set; }
    public TextOrder Order { get; set; } = TextOrder.Exact;
    public DefaultSpec? Default { get; set; }
    public DefaultSpec? OnUpdate { get; set; }
    public bool NotNull { get; set; }

    /// <summary>The RowID itself, under a name of the user's.</summary>
    public bool Identity { get; init; }
    public bool AutoIncrement { get; init; }
    public bool Private { get; init; }
    public string? Description { get; init; }

    /// <summary>The next value of a SERIAL or AUTO_INCREMENT column.</summary>
    public long Counter { get; set; } = 1;

    public bool Serial => Type.Ddl == "Counter";
    public bool RowVersion => Type.Ddl == "RowVersion";
    public bool Is(Name name) => string.Equals(Name, name.Text, StringComparison.OrdinalIgnoreCase);
}

internal sealed record KeyDef(string Name, bool Primary, IReadOnlyList<ColumnDef> Columns, bool FromIndex = false);

internal sealed record ForeignKeyDef(string Name, TableDef Table, IReadOnlyList<ColumnDef> Columns, TableDef Target,
    IReadOnlyList<ColumnDef> TargetColumns, ReferentialAction OnDelete, ReferentialAction OnUpdate, bool NoCheck);

internal sealed record IndexDef(string Name, bool Unique, IReadOnlyList<ColumnDef> Columns, string? Class, IReadOnlyList<ColumnDef> Data, IndexKind Kind);

internal sealed class TableDef
{
    public required int Number { get; init; }
    public required string Schema { get; init; }
    public required string Name { get; set; }
    public List<ColumnDef> Columns { get; } = [];
    public List<KeyDef> Keys { get; } = [];
    public List<ForeignKeyDef> ForeignKeys { get; } = [];
    public List<IndexDef> Indexes { get; } = [];
    public bool Temporary { get; init; }
    public bool PublicRowId { get; init; }
    public bool IdentityInsert { get; init; }
    public string? Description { get; init; }
    public string? Owner { get; init; }

    /// <summary>Null for a table of the user; else what makes the rows of a catalog view.</summary>
    public Func<Session, IEnumerable<object?[]>>? System { get; init; }

    public long NextRowId { get; set; } = 1;

    /// <summary>Number of the last place for a column in SQLite: those of dropped columns stay.</summary>
    public int LastPlace { get; set; }

    /// <summary>The column that is the RowID when there is an IDENTITY.</summary>
    public ColumnDef? Identity => Columns.FirstOrDefault(c => c.Identity);
    public string Physical => "t" + Number;
    public string FullName => $"{Schema}.{Name}";

    /// <summary>ID, or ID1… when a column of the user has that name.</summary>
    public string RowIdName
    {
        get
        {
            if (Identity is { } identity) return identity.Name;
            for (var i = 0; ; i++)
                if (("ID" + (i == 0 ? "" : i)) is var name && Find(new Name(name)) is null) return name;
        }
    }

    public ColumnDef? Find(Name name) => Columns.FirstOrDefault(c => c.Is(name));

    public KeyDef? PrimaryKey => Keys.FirstOrDefault(k => k.Primary);
}

internal sealed class ViewDef
{
    public required string Schema { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<Name> Columns { get; init; }
    public required Query Query { get; init; }
    public required string Text { get; init; }
    public bool ReadOnly { get; init; }
    public CheckOption CheckOption { get; init; }
    public string? Owner { get; init; }
}
