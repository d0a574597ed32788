using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Remote;

/// <summary>What running a plan asks of the connection to a remote backend. Errors are PgExceptions.</summary>
internal interface IRemoteLink
{
    /// <summary>The engine that computes what the backend does not.</summary>
    LocalEngine Local { get; }

    RowStoreLimits Limits { get; }

    /// <summary>The run a cancel is meant for from now on.</summary>
    void Enter(PlanRun run);

    /// <exception cref="PgException">57014 when what runs is to stop.</exception>
    void ThrowIfCanceled();

    /// <summary>The run is over, well or not.</summary>
    void Leave(PlanRun run);

    RowReader Query(RemoteQuery query, PlanValues values);

    /// <summary>Returns the rows affected.</summary>
    long Execute(CommandStep command, PlanValues values);

    /// <summary>Appends the row id of the last INSERT.</summary>
    void LastIdentity(ValueList identity);

    /// <summary>Carries out DDL; returns the rows of a statement that copies data, else 0.</summary>
    long ChangeSchema(Statement statement, ValueList parameters);

    /// <summary>Several statements follow that are to take effect together; ended by one of the two below.</summary>
    void BeginAtomic();

    void EndAtomic();

    void AbortAtomic();
}

internal static class RemoteLinks
{
    /// <summary>Starts a query, wherever it runs.</summary>
    public static RowReader Open(this IRemoteLink link, RowSource source, PlanValues values) => source switch
    {
        RemoteQuery query => link.Query(query, values),
        LocalQuery query => link.Local.Query(query, values, link),
        _ => throw PgException.Unsupported($"row source {source.GetType().Name}"),
    };
}
