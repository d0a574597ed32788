using Gateway.Tests.Shared;
using Npgsql;

namespace Gateway.Node.Tests.Ado;

/// <summary>What the tests of this folder do with a connection, to the gateway or to the server itself.</summary>
internal static class Sessions
{
    public static NpgsqlConnection Open(this PostgresNode node, string rest = "") => Connect(node.ConnectionString(rest));

    public static NpgsqlConnection OpenDirect(this PostgresNode node) => Connect(node.Direct);

    public static int Do(this NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteNonQuery();
    }

    /// <summary>Rows as the server prints them: columns with | between them, NULL as ∅.</summary>
    public static List<string> Ask(this NpgsqlConnection connection, string sql, params object[] parameters)
    {
        using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter as NpgsqlParameter ?? new NpgsqlParameter { Value = parameter });
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "∅" : reader.GetString(i))));
        return rows;
    }

    /// <summary>Rows, or everything the error says but its place.</summary>
    public static string Answer(this NpgsqlConnection connection, string sql)
    {
        try
        {
            return string.Join('\n', connection.Ask(sql));
        }
        catch (PostgresException e)
        {
            return $"{e.SqlState} {e.MessageText}\n{e.Detail}\n{e.Hint}\n{e.SchemaName}.{e.TableName}.{e.ColumnName} {e.ConstraintName} {e.DataTypeName}";
        }
    }

    private static NpgsqlConnection Connect(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        return connection;
    }
}
