using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using IrisSimulator.Engine.Execution;

namespace IrisSimulator.Provider;

/// <summary>One statement; parameters bind to its question marks by position.</summary>
public sealed class SimCommand : DbCommand
{
    private ExecutionControl? _running;

    public SimCommand() { }
    public SimCommand(string text, SimConnection connection) => (CommandText, DbConnection) = (text, connection);

    [AllowNull] public override string CommandText { get; set; } = "";

    /// <summary>Seconds; 0 is without a limit.</summary>
    public override int CommandTimeout { get; set; } = 30;
    public override CommandType CommandType { get; set; } = CommandType.Text;
    public override bool DesignTimeVisible { get; set; }
    public override UpdateRowSource UpdatedRowSource { get; set; }
    protected override DbConnection? DbConnection { get; set; }
    protected override DbTransaction? DbTransaction { get; set; }
    protected override DbParameterCollection DbParameterCollection { get; } = new SimParameterCollection();
    public new SimParameterCollection Parameters => (SimParameterCollection)DbParameterCollection;
    protected override DbParameter CreateDbParameter() => new SimParameter();

    private SimConnection Live => DbConnection as SimConnection ?? throw new InvalidOperationException("The command has no connection.");

    public override void Prepare()
    {
        Ready();
        Live.Guarded(() => Live.Session.Prepare(Text));
    }

    /// <summary>Stops the statement that another thread is executing; it fails with 456.</summary>
    public override void Cancel()
    {
        if (DbConnection is not SimConnection { IgnoresCancel: true }) Volatile.Read(ref _running)?.Cancel();
    }

    public override int ExecuteNonQuery() => Execute().RowsAffected;

    public override object? ExecuteScalar()
    {
        using var reader = ExecuteDbDataReader(CommandBehavior.Default);
        return reader.Read() && reader.FieldCount > 0 ? reader.GetValue(0) : null;
    }

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        var outcome = Execute();
        // The driver takes a statement that begins with WITH for an update and never fetches.
        if (FirstWord(CommandText) == "WITH") outcome = Outcome.Done;
        return Live.Reader = new SimDataReader(Live, outcome, behavior);
    }

    private Outcome Execute()
    {
        Ready();
        var values = new Argument[Parameters.Count];
        for (var i = 0; i < values.Length; i++) values[i] = ClientValues.Parameter(((DbParameter)Parameters[i]).Value);
        using var control = new ExecutionControl(CommandTimeout);
        Volatile.Write(ref _running, control);
        try
        {
            return Live.Session.Execute(Text, values, control);
        }
        catch (IrisError error)
        {
            throw new SimException(error);
        }
        finally
        {
            Volatile.Write(ref _running, null);
        }
    }

    private string Text => CommandType == CommandType.StoredProcedure
        ? $"CALL {CommandText}({string.Join(',', Enumerable.Repeat("?", Parameters.Count))})"
        : CommandText;

    private void Ready()
    {
        var connection = Live;
        _ = connection.Session;
        if (connection.Reader is not null) throw new InvalidOperationException("There is an open DataReader on this connection.");
        if (connection.Pending is { } pending && DbTransaction != pending)
            throw new InvalidOperationException("A transaction is pending on this connection: the command's Transaction must be set.");
        if (connection.Pending is null && DbTransaction is not null)
            throw new InvalidOperationException("The command's transaction has completed.");
    }

    private static string FirstWord(string text)
    {
        text = text.TrimStart();
        var end = 0;
        while (end < text.Length && char.IsLetter(text[end])) end++;
        return text[..end].ToUpperInvariant();
    }
}
