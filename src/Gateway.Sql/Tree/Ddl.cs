using System.Collections.Immutable;

namespace Gateway.Sql.Tree;

public abstract record DdlStatement : Statement;

public sealed record CreateTable : DdlStatement
{
    public required QualifiedName Name { get; init; }

    public bool IfNotExists { get; init; }

    public bool Temporary { get; init; }

    public bool Unlogged { get; init; }

    /// <summary>"drop", "delete rows" or "preserve rows" from ON COMMIT.</summary>
    public string? OnCommit { get; init; }

    public ImmutableArray<ColumnDefinition> Columns { get; init; } = [];

    public ImmutableArray<TableConstraint> Constraints { get; init; } = [];

    public ImmutableArray<LikeClause> Like { get; init; } = [];

    public ImmutableArray<QualifiedName> Inherits { get; init; } = [];

    /// <summary>The text after PARTITION, <c>by …</c> or <c>of …</c>, when there is one.</summary>
    public string? Partitioning { get; init; }

    public ImmutableArray<StorageOption> Options { get; init; } = [];
}

public sealed record StorageOption(string Name, string? Value) : Node;

public sealed record LikeClause(QualifiedName Table, ImmutableArray<string> Including, ImmutableArray<string> Excluding) : Node;

public sealed record ColumnDefinition(string Name, TypeName? Type) : Node
{
    public ImmutableArray<ColumnConstraint> Constraints { get; init; } = [];

    public QualifiedName? Collation { get; init; }
}

/// <summary>A constraint on a column, with its name when it has one.</summary>
public abstract record ColumnConstraint(string? Name) : Node;

public sealed record NotNullConstraint(string? Name, bool Null = false) : ColumnConstraint(Name);

/// <summary><see cref="Value"/> with its source text, which pg_attrdef shows.</summary>
public sealed record DefaultConstraint(string? Name, Expr Value) : ColumnConstraint(Name)
{
    /// <summary>The source text of <see cref="Value"/>.</summary>
    public string Text { get; init; } = "";
}

/// <summary>GENERATED ALWAYS AS (expression) STORED.</summary>
public sealed record GeneratedConstraint(string? Name, Expr Value) : ColumnConstraint(Name)
{
    /// <summary>The source text of <see cref="Value"/>.</summary>
    public string Text { get; init; } = "";
}

/// <summary>GENERATED ALWAYS | BY DEFAULT AS IDENTITY [(options)].</summary>
public sealed record IdentityConstraint(string? Name, bool Always, ImmutableArray<SequenceOption> Options) : ColumnConstraint(Name);

public sealed record InlineKeyConstraint(string? Name, bool Primary) : ColumnConstraint(Name);

public sealed record InlineCheckConstraint(string? Name, Expr Value) : ColumnConstraint(Name)
{
    /// <summary>The source text of <see cref="Value"/>.</summary>
    public string Text { get; init; } = "";
}

public sealed record InlineForeignKey(string? Name, ForeignKeyReference Reference) : ColumnConstraint(Name);

/// <summary>Actions are "no action", "restrict", "cascade", "set null", "set default"; null where not written.</summary>
public sealed record ForeignKeyReference(
    QualifiedName Table,
    ImmutableArray<string> Columns,
    string? Match,
    string? OnDelete,
    string? OnUpdate,
    bool Deferrable,
    bool InitiallyDeferred) : Node;

public abstract record TableConstraint(string? Name) : Node;

public sealed record KeyConstraint(string? Name, bool Primary, ImmutableArray<string> Columns, ImmutableArray<string> Include)
    : TableConstraint(Name)
{
    public bool NullsNotDistinct { get; init; }

    /// <summary>USING INDEX name.</summary>
    public string? UsingIndex { get; init; }
}

public sealed record CheckConstraint(string? Name, Expr Value, bool NoInherit = false) : TableConstraint(Name)
{
    /// <summary>The source text of <see cref="Value"/>.</summary>
    public string Text { get; init; } = "";
}

public sealed record ForeignKeyConstraint(string? Name, ImmutableArray<string> Columns, ForeignKeyReference Reference)
    : TableConstraint(Name);

/// <summary>EXCLUDE …, kept as text: no backend has it.</summary>
public sealed record ExcludeConstraint(string? Name, string Text) : TableConstraint(Name);

public sealed record CreateTableAs : DdlStatement
{
    public required QualifiedName Name { get; init; }

    public ImmutableArray<string> Columns { get; init; } = [];

    /// <summary>A query or EXECUTE.</summary>
    public required Statement Source { get; init; }

    public bool IfNotExists { get; init; }

    public bool Temporary { get; init; }

    /// <summary>"drop", "delete rows" or "preserve rows" from ON COMMIT.</summary>
    public string? OnCommit { get; init; }

    public bool MaterializedView { get; init; }

    public bool WithData { get; init; } = true;
}

public sealed record IndexElement(Expr Value, bool Descending, NullsOrder Nulls, QualifiedName? OperatorClass, QualifiedName? Collation) : Node;

public sealed record CreateIndex : DdlStatement
{
    public string? Name { get; init; }

    public required QualifiedName Table { get; init; }

    public bool Unique { get; init; }

    public bool Concurrently { get; init; }

    public bool IfNotExists { get; init; }

    public bool Only { get; init; }

    public string Method { get; init; } = "btree";

    public required ImmutableArray<IndexElement> Elements { get; init; }

    public ImmutableArray<string> Include { get; init; } = [];

    public bool NullsNotDistinct { get; init; }

    public ImmutableArray<StorageOption> Options { get; init; } = [];

    public Expr? Where { get; init; }
}

public sealed record CreateView : DdlStatement
{
    public required QualifiedName Name { get; init; }

    public ImmutableArray<string> Columns { get; init; } = [];

    public required Query Query { get; init; }

    /// <summary>The query's source text, which pg_views shows.</summary>
    public required string QueryText { get; init; }

    public bool OrReplace { get; init; }

    public bool Temporary { get; init; }

    public bool Recursive { get; init; }

    public string? CheckOption { get; init; }
}

public sealed record CreateSchema(string? Name, bool IfNotExists, string? Authorization) : DdlStatement;

/// <summary>One option of a sequence: increment, minvalue, maxvalue, start, restart, cache, cycle, owned by, as.</summary>
public sealed record SequenceOption(string Name, string? Value) : Node;

public sealed record CreateSequence(QualifiedName Name, bool IfNotExists, bool Temporary, ImmutableArray<SequenceOption> Options) : DdlStatement;

public sealed record AlterSequence(QualifiedName Name, bool IfExists, ImmutableArray<SequenceOption> Options) : DdlStatement;

public sealed record CreateEnum(QualifiedName Name, ImmutableArray<string> Labels) : DdlStatement;

/// <summary>ALTER TYPE name ADD VALUE [IF NOT EXISTS] label [BEFORE | AFTER neighbour].</summary>
public sealed record AlterEnum(QualifiedName Name, string Label, bool IfNotExists, string? Before, string? After) : DdlStatement;

/// <summary>ALTER TYPE name RENAME VALUE label TO label.</summary>
public sealed record RenameEnumLabel(QualifiedName Name, string Label, string NewLabel) : DdlStatement;

/// <summary>Any other ALTER TYPE, and ALTER DOMAIN. A default or NOT NULL of a domain is that of a column without a name.</summary>
/// <param name="Kind">type or domain.</param>
public sealed record AlterType(string Kind, QualifiedName Name, AlterAction Action) : DdlStatement;

/// <summary>ALTER SCHEMA name RENAME TO name, or OWNER TO role.</summary>
public sealed record AlterSchema(string Name, AlterAction Action) : DdlStatement;

public sealed record CreateComposite(QualifiedName Name, ImmutableArray<ColumnDefinition> Attributes) : DdlStatement;

public sealed record CreateDomain(QualifiedName Name, TypeName Type, ImmutableArray<ColumnConstraint> Constraints) : DdlStatement;

public sealed record CreateExtension(string Name, bool IfNotExists, string? Schema, string? Version) : DdlStatement;

public sealed record CreateDatabase(string Name, ImmutableArray<StorageOption> Options) : DdlStatement;

public sealed record DropDatabase(string Name, bool IfExists, bool Force) : DdlStatement;

/// <summary>DROP of anything but a database.</summary>
/// <param name="Kind">table, view, materialized view, index, sequence, schema, type, domain, extension, function…</param>
public sealed record Drop(
    string Kind,
    ImmutableArray<QualifiedName> Names,
    bool IfExists,
    bool Cascade,
    bool Concurrently = false) : DdlStatement;

public sealed record AlterTable(QualifiedName Name, bool IfExists, bool Only, ImmutableArray<AlterAction> Actions) : DdlStatement
{
    /// <summary>table, view, index, sequence, materialized view.</summary>
    public string Kind { get; init; } = "table";
}

public abstract record AlterAction : Node;

public sealed record AddColumn(ColumnDefinition Column, bool IfNotExists) : AlterAction;

public sealed record DropColumn(string Column, bool IfExists, bool Cascade) : AlterAction;

public sealed record AlterColumnType(string Column, TypeName Type, QualifiedName? Collation, Expr? Using) : AlterAction;

/// <summary>SET DEFAULT, or DROP DEFAULT when <see cref="Value"/> is null.</summary>
public sealed record AlterColumnDefault(string Column, Expr? Value) : AlterAction
{
    /// <summary>The source text of <see cref="Value"/>.</summary>
    public string Text { get; init; } = "";
}

/// <summary>SET NOT NULL or DROP NOT NULL.</summary>
public sealed record AlterColumnNotNull(string Column, bool NotNull) : AlterAction;

public sealed record AlterColumnIdentity(string Column, string Action, bool Always, ImmutableArray<SequenceOption> Options) : AlterAction;

public sealed record AddConstraint(TableConstraint Constraint, bool NotValid) : AlterAction;

public sealed record DropConstraint(string Name, bool IfExists, bool Cascade) : AlterAction;

public sealed record RenameColumn(string Column, string NewName) : AlterAction;

public sealed record RenameConstraint(string Constraint, string NewName) : AlterAction;

public sealed record RenameTo(string NewName) : AlterAction;

public sealed record SetSchema(string Schema) : AlterAction;

/// <summary>Any other action, as text: OWNER TO, SET (…), ENABLE TRIGGER, REPLICA IDENTITY, ATTACH PARTITION…</summary>
public sealed record OtherAlterAction(string Verb, string Text) : AlterAction;

/// <summary>COMMENT ON kind name IS text. For a column the last part of <see cref="Name"/> is the column.</summary>
public sealed record Comment(string Kind, QualifiedName Name, string? Text) : DdlStatement;

/// <summary>A statement that is recognised but kept as text: GRANT, CREATE FUNCTION, ALTER ROLE, CREATE TRIGGER…</summary>
/// <param name="Tag">Its command tag, for instance <c>CREATE FUNCTION</c>.</param>
public sealed record OpaqueStatement(string Tag, string Text) : Statement;
