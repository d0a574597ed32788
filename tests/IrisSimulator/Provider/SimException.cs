using System.Data.Common;

namespace IrisSimulator.Provider;

/// <summary>An error as the driver shows it: a positive number and the server's text, one bracket group a line.</summary>
public sealed class SimException : DbException
{
    public SimException(int sqlCode, string detail, string state = "HY000", Exception? inner = null)
        : base(Text(sqlCode, detail), inner)
    {
        NativeError = Math.Abs(sqlCode);
        State = state;
    }

    internal SimException(IrisError error) : this(error.SqlCode, error.Detail, inner: error)
    {
    }

    internal SimException(SimException error, DbBatchCommand? of) : base(error.Message, error.InnerException) =>
        (NativeError, State, DbBatchCommand) = (error.NativeError, error.State, of);

    protected override DbBatchCommand? DbBatchCommand { get; }

    /// <summary>The SQLCODE without its sign.</summary>
    public int NativeError { get; }

    public string State { get; }

    private static string Text(int code, string detail)
    {
        code = -Math.Abs(code);
        var meaning = SqlCodes.IsKnown(code) ? SqlCodes.Meaning(code) : "Error";
        return $"[SQLCODE: <{code}>:<{meaning}>]\r\n[Location: <ServerLoop>]\r\n[%msg: <{detail}>]";
    }
}
