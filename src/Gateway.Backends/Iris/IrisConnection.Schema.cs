using Gateway.Backends.Iris.Schema;
using Gateway.Sql.Schema;

namespace Gateway.Backends.Iris;

/// <remarks>Metadata.</remarks>
public sealed partial class IrisConnection : InformationSchema.ISource
{
    /// <summary>Reads the metadata and makes it everybody's.</summary>
    internal SchemaSnapshot ReadSchema()
    {
        var version = _backend.NextVersion();
        var reader = new SchemaReader(InformationSchema.Read(this));
        var relations = reader.Relations();
        var snapshot = new SchemaSnapshot(
            version,
            reader.Schemas().Concat(SchemaSnapshot.Empty.Schemas).Distinct(StringComparer.Ordinal),
            relations.Concat(Embedded.SystemTables.Relations));
        _backend.Publish(snapshot);
        return snapshot;
    }

    List<T> InformationSchema.ISource.Query<T>(string sql, Func<Fields, T> read)
    {
        PutReaderAside();
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.Transaction = _transaction;
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            var fields = new Fields(reader);
            while (reader.Read()) rows.Add(read(fields));
            return rows;
        }
        catch (Exception error) when (error is not Gateway.Types.PgException)
        {
            throw IrisErrors.Map(error, null, null);
        }
    }
}
