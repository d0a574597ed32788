using System.Data.Common;
using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <summary>What is asked of a provider beyond System.Data.Common. This one asks nothing.</summary>
internal class ProviderAdapter
{
    /// <summary>The adapter of a provider, by the name of its factory.</summary>
    public static ProviderAdapter Of(DbProviderFactory factory) => factory.GetType().FullName switch
    {
        "Npgsql.NpgsqlFactory" => new NpgsqlAdapter(factory),
        "System.Data.Odbc.OdbcFactory" => new OdbcAdapter(),
        _ => new ProviderAdapter(),
    };

    /// <summary>Whether the parameters have no names.</summary>
    public virtual bool IsPositional => false;

    /// <summary>Whether parameters stand in the text as ?, in its order; as $1, $2… otherwise.</summary>
    public virtual bool HasQuestionMarks => false;

    /// <summary>Whether the server is to print the columns that <see cref="ReadAsText"/> is asked for: the provider cannot hand them over as they came.</summary>
    public virtual bool PrintsColumns => false;

    /// <summary>Whether transactions begin and end by statements, because the provider's own leave settings behind.</summary>
    public virtual bool BeginsByText => false;

    /// <summary>The operator's connection string with what the backend needs: no pool of the provider's own.</summary>
    public virtual string Complete(string connectionString, TimeSpan connectTimeout) => connectionString;

    /// <summary>A parameter whose value is text of whatever type the server finds it to be.</summary>
    public virtual void IsText(DbParameter parameter) => parameter.DbType = System.Data.DbType.String;

    /// <param name="asText">For each column whether its value is wanted as the server prints it.</param>
    public virtual void ReadAsText(DbCommand command, bool[] asText)
    {
    }

    /// <summary>The server forgets a prepared command; its text may be prepared anew.</summary>
    public virtual void Unprepare(DbCommand command)
    {
    }

    /// <summary>The server forgets every prepared command.</summary>
    public virtual void UnprepareAll(DbConnection connection)
    {
    }

    /// <summary>What a server's error says; null for an error that is not the server's.</summary>
    public virtual PgException? ServerError(Exception error) => error is DbException { SqlState: { Length: 5 } state } known
        ? new PgException(state, known.Message, error)
        : null;

    /// <summary>The rows a statement has made, of those whose number RecordsAffected leaves out (CREATE TABLE AS).</summary>
    public virtual long RowsOf(DbDataReader reader) => Math.Max(0, reader.RecordsAffected);

    /// <summary>Whether <see cref="Break"/> can be used.</summary>
    public virtual bool CanBreak => false;

    /// <summary>Lets a call that waits for the server on another thread fail; the connection is of no use afterwards.</summary>
    public virtual void Break(DbConnection connection) => throw new NotSupportedException();

    /// <summary>Whether <see cref="Copy"/> can be used.</summary>
    public virtual bool CanCopy => false;

    /// <summary>A COPY … FROM STDIN with all its data, in the server's text form. Blocks until the server has taken it or refused it.</summary>
    public virtual void Copy(DbConnection connection, string sql, ReadOnlySpan<byte> data) => throw new NotSupportedException();

    /// <summary>The server's process behind a connection.</summary>
    public virtual int ProcessOf(DbConnection connection) => throw new NotSupportedException();

    public virtual void OnNotice(DbConnection connection, Action<Notice> notice)
    {
    }
}
