using System.Collections.Immutable;

namespace Gateway.Sql.Dialects.Remote;

/// <summary>The client's rows.</summary>
public sealed record QueryStep(RowSource Rows) : PlanStep
{
    public override int TextLength => Rows.TextLength;
}

/// <summary>One statement without rows in the backend's own SQL. Markers as in <see cref="RemoteQuery"/>.</summary>
/// <param name="Counts">The rows it affects are those the client is told of.</param>
public sealed record CommandStep(string Sql, ImmutableArray<Input> Inputs, bool Counts = true) : PlanStep
{
    public override int TextLength => Sql.Length;
}

/// <summary>All rows are read first (a statement does not see its own changes); then the action runs for each in turn.</summary>
public sealed record ForEachStep(RowSource Rows, RowAction Action) : PlanStep
{
    public override int TextLength => Rows.TextLength + Action.TextLength;
}

/// <summary>What happens with one row. Inputs of kind Row are its columns.</summary>
public abstract record RowAction
{
    /// <summary>Characters of SQL in it.</summary>
    public abstract int TextLength { get; }
}

/// <summary>One command. It counts when it affects a row.</summary>
/// <param name="IdentityColumn">Column of the driving row with the row id; -1 for an INSERT, whose id the backend knows afterwards.</param>
/// <param name="Returning">Rows for the client, read after the command; its inputs may be Row and Identity.</param>
public sealed record ChangeAction(CommandStep Command, int IdentityColumn, RowSource? Returning) : RowAction
{
    public override int TextLength => Command.TextLength + (Returning?.TextLength ?? 0);
}

/// <summary>Looks for the row in conflict; then inserts, or updates, or leaves it.</summary>
/// <param name="Existing">At most one row: its id first, then the new values as <paramref name="Update"/> takes them; the last column
/// (bool) says whether the row is to be updated.</param>
/// <param name="Update">Null for DO NOTHING.</param>
public sealed record UpsertAction(RowSource Existing, CommandStep Insert, CommandStep? Update, RowSource? Returning) : RowAction
{
    public override int TextLength => Existing.TextLength + Insert.TextLength + (Update?.TextLength ?? 0) + (Returning?.TextLength ?? 0);
}

/// <summary>MERGE: the driving row's column says which branch is taken (int4; NULL for none).</summary>
public sealed record ChooseAction(int Column, ImmutableArray<RowAction> Branches) : RowAction
{
    public override int TextLength => Branches.Sum(branch => branch.TextLength);
}
