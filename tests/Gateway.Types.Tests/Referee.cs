using System.Text;
using Gateway.Tests.Shared;
using Npgsql;

namespace Gateway.Types.Tests;

[CollectionDefinition(Name)]
public sealed class Referee : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL as the referee";

    /// <summary>Rows of text (or null) of one query.</summary>
    public static List<string?[]> Rows(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        using var reader = command.ExecuteReader();
        var rows = new List<string?[]>();
        while (reader.Read())
        {
            var row = new string?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetString(i);
            rows.Add(row);
        }

        return rows;
    }

    public static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public static string Quote(string text) => "E'" + text.Replace("\\", "\\\\").Replace("'", "''") + "'";
}

/// <summary>A codec's four ways in strings and hexadecimal digits, for comparison with the server's.</summary>
internal static class Wire
{
    public static (string Text, string Hex) FromText(Codec codec, string text, FormatSettings settings)
    {
        using var list = new ValueList();
        list.AddDecoded(codec, Format.Text, Encoding.UTF8.GetBytes(text), settings);
        return Encode(codec, list, settings);
    }

    public static (string Text, string Hex) FromBinary(Codec codec, byte[] data, FormatSettings settings)
    {
        using var list = new ValueList();
        list.AddDecoded(codec, Format.Binary, data, settings);
        return Encode(codec, list, settings);
    }

    private static (string Text, string Hex) Encode(Codec codec, ValueList list, FormatSettings settings)
    {
        using var text = new ByteWriter();
        using var binary = new ByteWriter();
        switch (codec)
        {
            case Int64Codec c:
                c.EncodeText(list.GetInt64(0), settings, text);
                c.EncodeBinary(list.GetInt64(0), binary);
                break;
            case Float64Codec c:
                c.EncodeText(list.GetFloat64(0), settings, text);
                c.EncodeBinary(list.GetFloat64(0), binary);
                break;
            case SpanCodec c:
                c.EncodeText(list.GetSpan(0), settings, text);
                c.EncodeBinary(list.GetSpan(0), binary);
                break;
        }

        return (Encoding.UTF8.GetString(text.WrittenSpan), Convert.ToHexStringLower(binary.WrittenSpan));
    }
}
