using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Messages;

/// <summary>One column of a RowDescription.</summary>
/// <remarks>
/// String name | Int32 table OID | Int16 attribute number | Int32 type OID | Int16 type length | Int32 type modifier |
/// Int16 format.
/// </remarks>
/// <param name="Name">The column's label.</param>
/// <param name="TableOid">The table it comes from unchanged, else 0.</param>
/// <param name="Attnum">Its number in that table, else 0.</param>
/// <param name="TypeOid">pg_type.oid.</param>
/// <param name="TypeLength">pg_type.typlen; negative for variable length.</param>
/// <param name="TypeModifier">pg_attribute.atttypmod; -1 for none.</param>
/// <param name="Format">Text when a statement is described: it is not bound yet.</param>
public readonly record struct FieldDescription(
    string Name,
    uint TableOid,
    short Attnum,
    uint TypeOid,
    short TypeLength,
    int TypeModifier,
    Format Format)
{
    /// <summary>Everything but the name, and the NUL behind an empty one.</summary>
    internal const int MinSize = 1 + 4 + 2 + 4 + 2 + 4 + 2;

    internal int Size => MinSize - 1 + SpanWriter.SizeOf(Name);

    internal void WriteTo(ref SpanWriter body)
    {
        body.CString(Name);
        body.UInt32(TableOid);
        body.Int16(Attnum);
        body.UInt32(TypeOid);
        body.Int16(TypeLength);
        body.Int32(TypeModifier);
        body.Int16((short)Format);
    }

    internal static FieldDescription Read(scoped ref SpanReader body) => new(
        body.String(), body.UInt32(), body.Int16(), body.UInt32(), body.Int16(), body.Int32(), (Format)body.Int16());
}
