using Gateway.Backends.Embedded;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Types;
using SQLitePCL;

namespace Gateway.Backends.Remote;

/// <summary>
/// The engine of one remote connection: PostgreSQL's functions, sorts and joins over rows that come from elsewhere. It
/// holds no data of its own but pg_catalog.
/// </summary>
internal sealed class LocalEngine : IDisposable
{
    private readonly EmbeddedConnection _engine;
    private readonly RemoteTable _table;

    public LocalEngine(EmbeddedDatabase database, Func<SchemaSnapshot> schema)
    {
        _engine = database.Open();
        _engine.RemoteSchema = schema;
        _table = RemoteTable.Register(_engine);

        // A sort that outgrows its cache goes to disk.
        _engine.Run("PRAGMA temp_store = FILE");
    }

    public ISessionContext? Session
    {
        get => _engine.Session;
        set => _engine.Session = value;
    }

    /// <summary>Stops the statement that is being stepped. From any thread.</summary>
    public bool Canceled
    {
        set => _engine.CancelRequested = value;
    }

    public RowReader Query(LocalQuery query, PlanValues values, IRemoteLink link)
    {
        var statement = _engine.Prepare(query.Sql);
        try
        {
            for (var i = 0; i < query.Inputs.Length; i++)
            {
                var (list, index) = values.Find(query.Inputs[i]);
                var error = statement.Bind(i + 1, list, index);
                if (error != raw.SQLITE_OK) throw SqliteErrors.Map(_engine, error);
            }

            return new LocalReader(this, statement, query, new Frame(query, values, link));
        }
        catch
        {
            _engine.Return(statement);
            throw;
        }
    }

    /// <summary>The beginning and end of the client's transaction, for what hangs on it here (advisory locks).</summary>
    public void Begin() => _engine.Begin(null, readOnly: false);

    public void Commit() => _engine.Commit();

    public void Rollback() => _engine.Rollback();

    /// <summary>A statement outside a transaction is over.</summary>
    public void EndStatement() => _engine.EndAutocommit();

    public void Reset() => _engine.Reset();

    public void Dispose() => _engine.Dispose();

    /// <summary>The sources of one running query.</summary>
    internal sealed class Frame(LocalQuery query, PlanValues values, IRemoteLink link)
    {
        public RowReader Open(long source)
        {
            if (source < 0 || source >= query.Sources.Length)
                throw new PgException(SqlStates.InternalError, $"the query has no source {source}");
            return link.Open(query.Sources[(int)source], values);
        }

        public void ThrowIfCanceled() => link.ThrowIfCanceled();
    }

    private sealed class LocalReader(LocalEngine engine, PreparedStatement statement, LocalQuery query, Frame frame) : RowReader
    {
        private readonly Carrier[] _carriers = [.. query.Types.Select(type => PgTypes.Find(type.Oid)?.Carrier ?? Carrier.Text)];
        private bool _done;

        public override bool Read()
        {
            if (_done) return false;

            // A source may be a local query too, which is stepped while this one is.
            var outer = engine._table.Current;
            engine._table.Current = frame;
            try
            {
                if (engine._engine.Step(statement)) return true;
            }
            finally
            {
                engine._table.Current = outer;
            }

            // Only now does it let go of its sources, not when it is disposed.
            _done = true;
            statement.Reset();
            return false;
        }

        public override bool IsNull(int column) => statement.IsNull(column);

        public override Carrier CarrierOf(int column) => _carriers[column];

        public override long GetInt64(int column) => statement.GetInt64(column);

        public override double GetFloat64(int column) => statement.GetFloat64(column);

        public override ReadOnlySpan<byte> GetSpan(int column) => statement.GetSpan(column);

        public override void Dispose()
        {
            if (_returned) return;
            _returned = true;
            engine._engine.Return(statement);
        }

        private bool _returned;
    }
}
