using System.Buffers;
using Gateway.Types;

namespace Gateway.Backends.Embedded;

/// <summary>The rows that one step of a plan keeps for later ones: a JSON array of JSON arrays.</summary>
internal static class KeptRows
{
    // They are held as a whole; this keeps one statement from taking the node's memory.
    private const int MaxBytes = 256 << 20;

    public static byte[] Read(EmbeddedConnection connection, PreparedStatement statement)
    {
        var rows = new ArrayBufferWriter<byte>(256);
        rows.Write("["u8);
        while (connection.Step(statement))
        {
            connection.ThrowIfCanceled();
            if (rows.WrittenCount > 1) rows.Write(","u8);
            rows.Write(statement.GetSpan(0));
            if (rows.WrittenCount > MaxBytes)
                throw new PgException(SqlStates.ProgramLimitExceeded, "the rows that a part of the statement hands to another are too large");
        }

        rows.Write("]"u8);
        return rows.WrittenSpan.ToArray();
    }
}
