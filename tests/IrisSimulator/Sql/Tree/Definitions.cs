namespace IrisSimulator.Sql.Tree;

public enum DropBehavior { Unspecified, Restrict, Cascade }

// ---- tables

public sealed record CreateTable(QualifiedName Table, bool Temporary, bool IfNotExists, bool PublicRowId, string? Description,
    IReadOnlyList<ColumnDefinition> Columns, IReadOnlyList<TableConstraint> Constraints, TableOptions Options) : Statement;

public sealed record CreateTableAs(QualifiedName Table, bool IfNotExists, Query Query, TableOptions Options) : Statement;

/// <summary>What follows the elements: SHARD …, WITH %CLASSPARAMETER p = v, STORAGETYPE = ….</summary>
public sealed record TableOptions(bool Sharded, IReadOnlyList<Name> ShardKey, IReadOnlyDictionary<string, string> ClassParameters,
    bool Columnar)
{
    public static readonly TableOptions None = new(false, [], new Dictionary<string, string>(), false);
}

/// <param name="Type">Null only for "c IDENTITY".</param>
public sealed record ColumnDefinition(Name Name, DataType? Type)
{
    public Collation? Collation { get; init; }
    public DefaultSpec? Default { get; init; }
    public DefaultSpec? OnUpdate { get; init; }

    /// <summary>Null when neither NULL nor NOT NULL is written.</summary>
    public bool? NotNull { get; init; }
    public bool Unique { get; init; }
    public bool PrimaryKey { get; init; }
    public bool Identity { get; init; }
    public bool AutoIncrement { get; init; }
    public References? References { get; init; }
    public ComputeCode? Compute { get; init; }
    public string? Description { get; init; }
    public bool Private { get; init; }
}

public sealed record ComputeCode(string Language, string Code, IReadOnlyList<Name> OnChange, bool Calculated, bool Transient);

/// <summary>What DEFAULT and ON UPDATE may hold.</summary>
public abstract record DefaultSpec;

/// <summary>A signed literal, NULL, or a value or function of the short list (USER, CURRENT_TIMESTAMP(3), GETDATE()).</summary>
public sealed record DefaultExpression(Expression Value) : DefaultSpec;

public sealed record DefaultCode(string ObjectScript) : DefaultSpec;

public enum ReferentialAction { NoAction, SetDefault, SetNull, Cascade }

/// <param name="Columns">Empty: the referenced table's primary key.</param>
public sealed record References(QualifiedName Table, IReadOnlyList<Name> Columns, ReferentialAction OnDelete,
    ReferentialAction OnUpdate, bool NoCheck);

public abstract record TableConstraint(Name? Name);

public sealed record UniqueConstraint(Name? Name, IReadOnlyList<Name> Columns) : TableConstraint(Name);

public sealed record PrimaryKeyConstraint(Name? Name, IReadOnlyList<Name> Columns) : TableConstraint(Name);

public sealed record ForeignKeyConstraint(Name? Name, IReadOnlyList<Name> Columns, References References) : TableConstraint(Name);

public sealed record AlterTable(QualifiedName Table, AlterAction Action) : Statement;

public abstract record AlterAction;

public sealed record AddColumns(IReadOnlyList<ColumnDefinition> Columns) : AlterAction;

public sealed record AddConstraint(TableConstraint Constraint) : AlterAction;

/// <summary>ADD DEFAULT (…) FOR c, ALTER COLUMN c SET DEFAULT (…), DROP DEFAULT (null).</summary>
public sealed record SetDefault(Name Column, DefaultSpec? Default) : AlterAction;

public sealed record SetType(Name Column, DataType Type) : AlterAction;

public sealed record SetNullability(Name Column, bool NotNull) : AlterAction;

public sealed record SetCollation(Name Column, Collation Collation) : AlterAction;

public sealed record RenameColumn(Name Column, Name NewName) : AlterAction;

public sealed record ColumnChange(Name Column, DataType? Type, DefaultSpec? Default, bool? NotNull);

/// <summary>MODIFY c [type] [DEFAULT …] [NULL | NOT NULL] {, …}.</summary>
public sealed record ModifyColumns(IReadOnlyList<ColumnChange> Changes) : AlterAction;

public sealed record DropColumns(IReadOnlyList<Name> Columns, DropBehavior Behavior, bool? DeleteData) : AlterAction;

public enum DroppedConstraint { Named, PrimaryKey, ForeignKey }

public sealed record DropConstraint(DroppedConstraint Kind, Name? Name) : AlterAction;

public sealed record RenameTable(Name NewName) : AlterAction;

public sealed record DropTable(QualifiedName Table, bool IfExists, DropBehavior Behavior, bool? DeleteData) : Statement;

// ---- indexes, views, schemas, databases

public enum IndexKind { Plain, Unique, Bitmap, BitmapExtent, Bitslice, Columnar }

/// <param name="Class">HNSW or a class name after AS; null without.</param>
/// <param name="WithData">Columns stored beside the key.</param>
public sealed record CreateIndex(IndexKind Kind, Name Name, QualifiedName Table, IReadOnlyList<Name> Columns, string? Class,
    IReadOnlyDictionary<string, string> ClassParameters, IReadOnlyList<Name> WithData, bool Deferred) : Statement;

/// <param name="Table">Null for DROP INDEX n alone.</param>
public sealed record DropIndex(Name Name, QualifiedName? Table, bool IfExists) : Statement;

public enum CheckOption { None, Local, Cascaded }

/// <param name="Text">The query as written, for INFORMATION_SCHEMA.VIEWS.</param>
public sealed record CreateView(QualifiedName View, bool OrReplace, IReadOnlyList<Name> Columns, Query Query, string Text,
    bool ReadOnly, CheckOption CheckOption) : Statement;

public sealed record AlterView(QualifiedName View, IReadOnlyList<Name> Columns, Query Query, string Text, bool ReadOnly,
    CheckOption CheckOption) : Statement;

public sealed record DropView(QualifiedName View, bool IfExists, DropBehavior Behavior) : Statement;

public sealed record CreateSchema(Name Schema, bool IfNotExists) : Statement;

public sealed record DropSchema(Name Schema, bool IfExists, DropBehavior Behavior) : Statement;

public sealed record CreateDatabase(Name Database, string? Directory) : Statement;

public sealed record DropDatabase(Name Database, bool IfExists, bool RetainFiles) : Statement;
