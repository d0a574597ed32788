namespace Gateway.Backends.Ado;

/// <summary>How a kind of server tells whether it takes writes.</summary>
internal interface IRoleProbe
{
    InstanceState Ask(IAdoSource server);
}

/// <summary>A PostgreSQL in recovery is a standby, and one whose transactions are read-only by default is treated as one.</summary>
internal sealed class PostgresRoleProbe : IRoleProbe
{
    public InstanceState Ask(IAdoSource server) =>
        server.Query("SELECT (pg_catalog.pg_is_in_recovery() OR pg_catalog.current_setting('default_transaction_read_only') = 'on')::text")[0][0] == "true"
            ? InstanceState.ReadOnly
            : InstanceState.Writable;
}
