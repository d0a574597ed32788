namespace IrisSimulator.Sql.Tree;

public abstract record Statement
{
    /// <summary>How many question marks the text holds.</summary>
    public int ParameterCount { get; init; }
}

public sealed record QueryStatement(Query Query) : Statement;

// ---- rows

/// <param name="Target">A table, or an updateable subquery.</param>
/// <param name="Columns">Empty when not given.</param>
public sealed record Insert(IReadOnlyList<string> Keywords, bool OrUpdate, InsertTarget Target,
    IReadOnlyList<Name> Columns, InsertSource Source) : Statement;

public abstract record InsertTarget;

public sealed record TableTarget(QualifiedName Table) : InsertTarget;

public sealed record QueryTarget(Query Query) : InsertTarget;

public abstract record InsertSource;

/// <summary>VALUES (…), or SET c = e, whose columns are then <see cref="Insert.Columns"/>.</summary>
public sealed record ValuesSource(IReadOnlyList<Expression> Values) : InsertSource;

public sealed record DefaultValuesSource : InsertSource;

public sealed record QuerySource(Query Query) : InsertSource;

/// <param name="Columns">Empty for the form without a column list: values go by position.</param>
public sealed record Update(IReadOnlyList<string> Keywords, QualifiedName Table, Name? Alias, IReadOnlyList<Name> Columns,
    IReadOnlyList<Expression> Values, FromClause? From, Predicate? Where) : Statement;

public sealed record Delete(IReadOnlyList<string> Keywords, QualifiedName Table, Name? Alias, FromClause? From, Predicate? Where) : Statement;

public sealed record Truncate(IReadOnlyList<string> Keywords, QualifiedName Table) : Statement;

// ---- transactions and locks

public enum CommitMode { Implicit, Explicit, None }

public enum Isolation { ReadUncommitted, ReadCommitted, ReadVerified }

/// <summary>START TRANSACTION …; nothing happens inside a transaction.</summary>
public sealed record StartTransaction(CommitMode? CommitMode, Isolation? Isolation, bool? ReadOnly) : Statement;

public sealed record SetTransaction(CommitMode? CommitMode, Isolation? Isolation, bool? ReadOnly) : Statement;

public sealed record Commit : Statement;

public sealed record Rollback : Statement;

public sealed record Savepoint(Name Name) : Statement;

/// <summary>An unknown name is -375 and rolls back everything.</summary>
public sealed record RollbackToSavepoint(Name Name) : Statement;

/// <summary>%INTRANSACTION: SQLCODE 0 inside a transaction, else 100.</summary>
public sealed record InTransaction : Statement;

/// <param name="Wait">Seconds; null for the process's LOCK_TIMEOUT.</param>
public sealed record LockTable(QualifiedName Table, bool Exclusive, int? Wait) : Statement;

public sealed record UnlockTable(QualifiedName Table, bool Exclusive, bool Immediate) : Statement;

// ---- others

/// <summary>CALL p(…), {call p(…)}, ? = CALL f(…).</summary>
/// <param name="ReturnParameter">True when the first parameter takes the result.</param>
public sealed record Call(QualifiedName Procedure, IReadOnlyList<Expression> Arguments, bool ReturnParameter) : Statement;

/// <summary>One row, one column "Plan".</summary>
public sealed record Explain(bool Alternatives, bool Statistics, Statement Statement) : Statement;

/// <summary>Keys are upper case; a value is a number, a string or a word, as text.</summary>
public sealed record SetOption(string Key, string Value) : Statement;

/// <param name="Privileges">Upper case: SELECT, INSERT, UPDATE, DELETE, REFERENCES, ALTER, *, or a role.</param>
public sealed record CheckPrivilege(IReadOnlyList<ColumnPrivilege> Privileges, QualifiedName? Object) : Statement;

public sealed record ColumnPrivilege(string Privilege, IReadOnlyList<Name> Columns);

public sealed record CancelQuery(Expression Process, Expression? StatementId, Expression? Timeout) : Statement;

public sealed record TuneTable(QualifiedName Table) : Statement;

/// <summary>COLLECT STATISTICS FOR TABLE t.</summary>
public sealed record CollectStatistics(QualifiedName Table) : Statement;

public sealed record BuildIndex(IReadOnlyList<string> Keywords, QualifiedName Table, IReadOnlyList<Name> Indexes) : Statement;

public sealed record UseDatabase(Name Database) : Statement;

/// <summary>LOAD DATA is read, never run: the simulator has no Java engine.</summary>
public sealed record LoadData(QualifiedName Table) : Statement;

/// <summary>PURGE QUERIES, FREEZE PLANS, UNFREEZE PLANS: accepted, no effect.</summary>
public sealed record Maintenance(string Verb) : Statement;
