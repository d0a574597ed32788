using System.Collections.Immutable;

namespace Gateway.Sql.Tree;

public enum TransactionVerb
{
    Begin,
    Start,
    Commit,
    Rollback,
    Savepoint,
    Release,
    RollbackTo,
    PrepareTransaction,
    CommitPrepared,
    RollbackPrepared,
}

/// <summary>Modes of BEGIN and SET TRANSACTION; null where not written. Isolation words lower case.</summary>
public sealed record TransactionModes(string? Isolation, bool? ReadOnly, bool? Deferrable)
{
    public static TransactionModes None { get; } = new(null, null, null);
}

/// <summary><see cref="Name"/> is the savepoint or the prepared transaction. END reads as Commit, ABORT as Rollback.</summary>
public sealed record TransactionStatement(TransactionVerb Verb, TransactionModes Modes, string? Name, bool Chain) : Statement;

public enum SetScope
{
    Session,
    Local,
}

/// <summary>SET name TO values | DEFAULT. Values as written, unquoted; null values means DEFAULT or FROM CURRENT.</summary>
/// <param name="Name">Lower case; <c>SET TIME ZONE</c> is timezone, <c>SET NAMES</c> client_encoding, <c>SET SESSION AUTHORIZATION</c> session_authorization, <c>SET ROLE</c> role.</param>
public sealed record SetStatement(SetScope Scope, string Name, ImmutableArray<string>? Values) : Statement;

/// <summary>SET TRANSACTION, or SET SESSION CHARACTERISTICS AS TRANSACTION.</summary>
public sealed record SetTransaction(bool SessionCharacteristics, TransactionModes Modes, string? Snapshot) : Statement;

public sealed record SetConstraints(ImmutableArray<QualifiedName> Names, bool Deferred) : Statement;

/// <summary>RESET name; null for RESET ALL.</summary>
public sealed record ResetStatement(string? Name) : Statement;

/// <summary>SHOW name; "all" for SHOW ALL.</summary>
public sealed record ShowStatement(string Name) : Statement;

public sealed record PrepareStatement(string Name, ImmutableArray<TypeName> ParameterTypes, Statement Statement) : Statement;

public sealed record ExecuteStatement(string Name, ImmutableArray<Expr> Arguments) : Statement;

/// <summary>DEALLOCATE name; null for ALL.</summary>
public sealed record DeallocateStatement(string? Name) : Statement;

public sealed record DeclareCursor(string Name, Query Query) : Statement
{
    public bool Binary { get; init; }

    /// <summary>null when neither SCROLL nor NO SCROLL is written.</summary>
    public bool? Scroll { get; init; }

    public bool WithHold { get; init; }
}

public enum FetchDirection
{
    Forward,
    Backward,
    Absolute,
    Relative,
}

/// <summary>FETCH or MOVE. NEXT is Forward 1, PRIOR Backward 1, FIRST Absolute 1, LAST Absolute -1; null count is ALL.</summary>
public sealed record FetchStatement(string Cursor, FetchDirection Direction, long? Count, bool Move) : Statement;

/// <summary>CLOSE name; null for ALL.</summary>
public sealed record CloseCursor(string? Name) : Statement;

/// <summary>COPY relation or (query) FROM | TO file, program, STDIN or STDOUT.</summary>
public sealed record CopyStatement : Statement
{
    public QualifiedName? Table { get; init; }

    public ImmutableArray<string> Columns { get; init; } = [];

    /// <summary>COPY (statement) TO.</summary>
    public Statement? Source { get; init; }

    public bool From { get; init; }

    /// <summary>null for STDIN and STDOUT.</summary>
    public string? File { get; init; }

    public bool Program { get; init; }

    /// <summary>Options by lower-case name, old syntax included; a list value has several strings, a flag none.</summary>
    public ImmutableArray<CopyOption> Options { get; init; } = [];

    public Expr? Where { get; init; }
}

/// <summary>For FORCE_QUOTE * the single value is "*".</summary>
public sealed record CopyOption(string Name, ImmutableArray<string> Values) : Node
{
    /// <summary>The values stood in parentheses, or behind FORCE.</summary>
    public bool IsList { get; init; }
}

public sealed record ExplainStatement(Statement Statement, ImmutableArray<StorageOption> Options) : Statement;

public sealed record ListenStatement(string Channel) : Statement;

public sealed record NotifyStatement(string Channel, string? Payload) : Statement;

/// <summary>UNLISTEN channel; null for *.</summary>
public sealed record UnlistenStatement(string? Channel) : Statement;

public sealed record VacuumStatement(bool Vacuum, ImmutableArray<QualifiedName> Tables, ImmutableArray<StorageOption> Options) : Statement;

public sealed record LockStatement(ImmutableArray<QualifiedName> Tables, string Mode, bool NoWait) : Statement;

public sealed record TruncateStatement(ImmutableArray<QualifiedName> Tables, bool RestartIdentity, bool Cascade) : Statement;

public sealed record CallStatement(FunctionCall Call) : Statement;

public sealed record DoStatement(string Code, string? Language) : Statement;

/// <summary>DISCARD all | plans | sequences | temp.</summary>
public sealed record DiscardStatement(string What) : Statement;

public sealed record RefreshMaterializedView(QualifiedName Name, bool Concurrently, bool WithData) : Statement;

public sealed record ReindexStatement(string Kind, QualifiedName? Name) : Statement;

public sealed record CheckpointStatement : Statement;

/// <summary>A statement that only IRIS has, in its own words: it reaches IRIS verbatim, once.</summary>
/// <param name="Tag">Its first words, upper case; also the command tag.</param>
/// <param name="Text">Each <c>$n</c> written as <c>?</c>.</param>
/// <param name="Markers">The number of the parameter behind each <c>?</c> of a parameter, in order.</param>
public sealed record NativeStatement(string Tag, string Text, ImmutableArray<int> Markers) : Statement;
