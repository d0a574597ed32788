using IrisSimulator.Engine.Storage;
using IrisSimulator.Engine.Translation;
using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Execution;

/// <summary>CREATE TABLE and DROP TABLE (sections 4.1 and 4.3). No transaction takes them back.</summary>
internal sealed class TableRunner(Session session, IReadOnlyList<Argument> arguments)
{
    private Catalog Catalog => session.Database.Catalog;

    public Outcome Run(Statement statement) => statement switch
    {
        CreateTable create => Run(create),
        CreateTableAs create => Run(create),
        DropTable drop => Run(drop),
        _ => throw Fail.NotSimulated(statement.GetType().Name),
    };

    private bool Exists(QualifiedName name, bool allowed)
    {
        if (Catalog.Find(name) is null) return false;
        return allowed ? true : throw Fail.With(-201, $"Table or view '{Catalog.SchemaOf(name)}.{name.Object}' already exists");
    }

    private TableDef New(QualifiedName name, bool temporary, bool publicRowId, string? description, TableOptions options)
    {
        if (name.Schema is { } schema && schema.Key is "INFORMATION_SCHEMA") throw Fail.With(-95, "The schema INFORMATION_SCHEMA is the system's");
        if (!name.Object.Text.Any(char.IsLetterOrDigit)) throw Fail.With(-87, $"Invalid table name '{name.Object}'");
        return new TableDef
        {
            Number = session.Database.NewTableNumber(), Schema = Catalog.Spell(Catalog.SchemaOf(name)), Name = name.Object.Text,
            Temporary = temporary, PublicRowId = publicRowId, Description = description, Owner = session.User,
            IdentityInsert = options.ClassParameters.Any(p => p.Key.Equals("ALLOWIDENTITYINSERT", StringComparison.OrdinalIgnoreCase) && p.Value == "1"),
        };
    }

    private Outcome Run(CreateTable create)
    {
        if (Exists(create.Table, create.IfNotExists)) return Outcome.Nothing;
        var table = New(create.Table, create.Temporary, create.PublicRowId, create.Description, create.Options);
        foreach (var definition in create.Columns) AddColumn(table, definition, create.Options.Columnar);
        var constraints = new Constraints(session, table);
        foreach (var definition in create.Columns) constraints.Of(definition);
        foreach (var constraint in create.Constraints) constraints.Add(constraint);
        CreateStorage(table);
        Catalog.Add(table);
        foreach (var columns in table.Keys.Select(k => k.Columns).Concat(table.ForeignKeys.Select(f => f.Columns))) Constraints.Index(session, table, columns);
        return Outcome.Done;
    }

    public static ColumnDef AddColumn(TableDef table, ColumnDefinition definition, bool columnar = false)
    {
        var name = definition.Name.Text;
        if (!name.Any(char.IsLetterOrDigit)) throw Fail.With(-88, $"Invalid field name '{name}'");
        if (table.Find(definition.Name) is not null) throw Fail.With(-306, $"Column '{name}' already exists in table '{table.FullName}'");
        if (definition.Identity && table.Identity is not null) throw Fail.With(-308, $"Table '{table.FullName}' has an IDENTITY field already");
        if (definition.AutoIncrement && table.Columns.Any(c => c.AutoIncrement))
            throw Fail.With(-308, $"Table '{table.FullName}' has an AUTO_INCREMENT field already");
        if (definition.Compute is not null) throw Fail.NotSimulated("COMPUTECODE");
        var (type, order) = definition.Type is null ? (IrisType.BigInt, TextOrder.Exact) : TypeNames.Column(definition.Type);
        if (definition.Identity && !type.IsInteger && !(type.Kind == IrisKind.Numeric && type.Scale == 0))
            throw Fail.With(-400, $"ERROR: the IDENTITY field '{name}' must have an integer type");
        if (definition.Identity && !type.IsInteger) type = IrisType.BigInt;
        var column = new ColumnDef
        {
            Name = name, Physical = definition.Identity ? "id" : "c" + (table.LastPlace = Math.Max(table.LastPlace, table.Columns.Count == 0 ? 0 : table.Columns.Max(Number)) + 1),
            Type = type, Order = OrderOf(definition.Collation, type, columnar ? TextOrder.Exact : order), Default = definition.Default, OnUpdate = definition.OnUpdate,
            NotNull = definition.NotNull == true || definition.PrimaryKey || definition.Identity, Identity = definition.Identity,
            AutoIncrement = definition.AutoIncrement, Private = definition.Private, Description = definition.Description,
        };
        table.Columns.Add(column);
        return column;
    }

    private static int Number(ColumnDef column) => column.Identity ? 0 : int.Parse(column.Physical[1..], System.Globalization.CultureInfo.InvariantCulture);

    public static TextOrder OrderOf(Collation? collation, IrisType type, TextOrder standard) => !type.IsText || type.Kind != IrisKind.VarChar ? TextOrder.Exact
        : collation is null ? standard : TextOrders.Named(collation.Value.ToString()) ?? TextOrder.Exact;

    private void CreateStorage(TableDef table)
    {
        var columns = (table.Temporary ? ",owner" : "") + string.Concat(RowWriter.Stored(table).Select(c => "," + c.Physical));
        session.Database.Sqlite.Run($"CREATE TABLE {table.Physical} (id INTEGER PRIMARY KEY{columns})");
    }

    private Outcome Run(CreateTableAs create)
    {
        if (Exists(create.Table, create.IfNotExists)) return Outcome.Nothing;
        if (arguments.Count > 0) throw Fail.With(-148, "CREATE TABLE AS SELECT takes no parameters");
        var (rows, relation) = new QueryRunner(session, arguments).Rows(create.Query);
        var table = New(create.Table, false, false, null, create.Options);
        foreach (var column in relation.Columns)
        {
            if (table.Find(new Name(column.Label)) is not null) throw Fail.With(-306, $"Column '{column.Label}' already exists in table '{table.FullName}'");
            table.Columns.Add(new ColumnDef
            {
                Name = column.Label, Physical = "c" + (table.Columns.Count + 1),
                Order = column.Shown.Kind == IrisKind.VarChar ? TextOrder.SqlUpper : TextOrder.Exact,
                Type = column.Shown is { Kind: IrisKind.VarChar, Length: null } ? IrisType.VarChar(4096) : column.Shown with { Ddl = null },
            });
        }
        CreateStorage(table);
        Catalog.Add(table);
        var writer = new RowWriter(session);
        foreach (var row in rows) writer.Insert(table, table.NextRowId++, row);
        return Outcome.Count(rows.Count);
    }

    private Outcome Run(DropTable drop)
    {
        if (Catalog.Find(drop.Table) is not TableDef table)
            return drop.IfExists && Catalog.Find(drop.Table) is null ? Outcome.Nothing : throw Catalog.Missing(drop.Table);
        if (table.System is not null) throw Fail.With(-95, $"Table '{table.FullName}' is the system's");
        Drop(session, table, drop.Behavior == DropBehavior.Cascade);
        return Outcome.Done;
    }

    public static void Drop(Session session, TableDef table, bool cascade)
    {
        var catalog = session.Database.Catalog;
        if (session.Database.Locks.AnyRowOf(table, session)) throw new LockConflict($"Unable to acquire lock for DROP of table '{table.FullName}'");
        if (catalog.ReferencesTo(table).FirstOrDefault(f => f.Table != table) is { } key)
            throw Fail.With(-320, $"Cannot DROP table '{table.FullName}': foreign key '{key.Name}' of table '{key.Table.FullName}' refers to it");
        var views = catalog.Views.Where(v => ViewRunner.Uses(catalog, v, table)).ToList();
        if (views.Count > 0 && !cascade) throw Fail.With(-321, $"Cannot DROP table '{table.FullName}': view '{views[0].Schema}.{views[0].Name}' refers to it");
        foreach (var view in views) catalog.Remove(view.Schema, view.Name);
        catalog.Remove(table.Schema, table.Name);
        session.Database.Sqlite.Run($"DROP TABLE {table.Physical}");
    }
}
