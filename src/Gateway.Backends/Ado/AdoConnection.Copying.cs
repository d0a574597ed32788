using System.Globalization;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <remarks>COPY by the provider.</remarks>
public sealed partial class AdoConnection
{
    // The provider's COPY takes no cancel of its own.
    private bool _isCopying;

    internal bool CanCopy => _backend.Adapter.CanCopy;

    /// <summary>Something at the server may leave rows out, so that only it can count them.</summary>
    internal bool MayLeaveRowsOut(RelationInfo table)
    {
        RequireUsable();
        PutReaderAside();
        Synchronize();
        var name = $"{Identifiers.Quote(table.Schema)}.{Identifiers.Quote(table.Name)}".Replace("'", "''", StringComparison.Ordinal);

        // tgtype: 4 INSERT, 2 BEFORE, 64 INSTEAD OF.
        return ((IAdoSource)this).Query($"""
            SELECT (EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE NOT t.tgisinternal AND t.tgtype & 4 <> 0 AND t.tgtype & 66 <> 0
                AND (t.tgrelid = r.id OR t.tgrelid IN (SELECT p.relid FROM pg_catalog.pg_partition_tree(r.id) p))))::text
            FROM (SELECT '{name}'::pg_catalog.regclass AS id) r
            """)[0][0] == "true";
    }

    /// <summary>Runs a COPY … FROM STDIN with all its data.</summary>
    internal void Copy(string sql, ReadOnlyMemory<byte> data)
    {
        RequireUsable();
        Enter();
        try
        {
            ThrowIfCanceled();
            PutReaderAside();
            _mayHaveDrawn = true;
            Synchronize();
            lock (_cancelLock) _isCopying = true;
            ThrowIfCanceled();
            Call(static at => at.Adapter.Copy(at._connection, at.sql, at.data.Span), (_backend.Adapter, _connection, sql, data));
        }
        catch (Exception error)
        {
            throw Failed(error);
        }
        finally
        {
            lock (_cancelLock) _isCopying = false;
            Leave();
        }
    }

    /// <summary>A server that calculates does not notice that nobody is there any more, and keeps its locks: it is told on another connection.</summary>
    private void EndAtServer(int process) => OwnThread.Run(() => Quietly(() =>
    {
        using var other = _backend.Open(_instance, _connectionString, Options.ConnectTimeout);
        using var patience = other.Within(Options.ConnectTimeout);
        other.Control(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_catalog.pg_terminate_backend({process})"));
    }));

    /// <summary>Asks the server on another connection; when that fails, this connection is given up in a moment.</summary>
    private void CancelFromOutside()
    {
        try
        {
            using var other = _backend.Open(_instance, _connectionString, Options.CancelPatience);
            using var patience = other.Within(Options.CancelPatience);
            other.Control(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_catalog.pg_cancel_backend({_backend.Adapter.ProcessOf(_connection)})"));
        }
        catch (Exception)
        {
            // Nobody listens.
        }
    }
}
