using System.Buffers.Binary;
using Gateway.Types;

namespace Gateway.Protocol.Copy;

/// <summary>Signature, flags and extension; then per row a count of fields and each with its length; -1 fields end it.</summary>
internal sealed class CopyBinaryReader(string relation, IReadOnlyList<string> columns) : CopyReader(relation, columns)
{
    private const int OidsFlag = 1 << 16;

    private enum Part
    {
        Signature,
        Flags,
        ExtensionLength,
        Extension,
        Rows,
        Trailer,
    }

    private Part _part;
    private int _skip;
    private bool _inRow;
    private int _at;
    private PgException? _ending;

    /// <summary>PGCOPY\n\377\r\n\0.</summary>
    internal static ReadOnlySpan<byte> Signature => [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0];

    public override ReadOnlySpan<byte> RowText => default;

    private protected override PgException Ending(int column) => (_ending ?? CopyErrors.UnexpectedEnd()).Within(ColumnContext(column));

    private protected override bool Next()
    {
        if (_part < Part.Rows && !Header()) return false;
        if (_part == Part.Trailer) return Trailer();
        if (!_inRow) BeginRow();
        return _at > 0 ? ReadFields() : ReadCount() && ReadFields();
    }

    private void BeginRow()
    {
        Buffer.Drop(_at);
        Line++;
        _inRow = true;
        _at = 0;
        Count = 0;
    }

    private bool ReadCount()
    {
        var data = Buffer.Span;
        if (data.Length < sizeof(short))
        {
            IsEnded = IsComplete;
            return false;
        }

        var count = BinaryPrimitives.ReadInt16BigEndian(data);
        if (count == -1)
        {
            Buffer.Drop(sizeof(short));
            _part = Part.Trailer;
            return Trailer();
        }

        if (count != FieldCount) throw InLine(CopyErrors.Bad($"row field count is {count}, expected {FieldCount}"));
        _at = sizeof(short);
        return true;
    }

    private bool ReadFields()
    {
        var data = Buffer.Span;
        while (Count < FieldCount)
        {
            if (data.Length - _at < sizeof(int)) return NeedMore();
            var length = BinaryPrimitives.ReadInt32BigEndian(data[_at..]);
            if (length < -1) return End(CopyErrors.Bad("invalid field size"));
            if (length >= CopyErrors.MaxRow) return End(CopyErrors.TooLong(0, length));
            if (length > data.Length - _at - sizeof(int)) return NeedMore();
            _at += sizeof(int);
            ref var field = ref Fields[Count++];
            field.Kind = length < 0 ? CopyFieldKind.Null : CopyFieldKind.Raw;
            field.Start = _at;
            field.Length = Math.Max(length, 0);
            _at += field.Length;
        }

        return EndRow();
    }

    // The fields before the end are read first, as PostgreSQL does, and may have errors of their own.
    private bool NeedMore() => IsComplete && End(CopyErrors.UnexpectedEnd());

    private bool End(PgException error)
    {
        _ending = error;
        return EndRow();
    }

    private bool EndRow()
    {
        _inRow = false;
        return true;
    }

    private bool Trailer()
    {
        if (Buffer.Length > 0) throw InLine(CopyErrors.Bad("received copy data after EOF marker"));
        IsEnded = IsComplete;
        return false;
    }

    private bool Header()
    {
        while (_part < Part.Rows)
        {
            var data = Buffer.Span;
            switch (_part)
            {
                case Part.Signature:
                    if (data.Length < Signature.Length) return Fail("COPY file signature not recognized");
                    if (!data.StartsWith(Signature)) throw CopyErrors.Bad("COPY file signature not recognized");
                    Buffer.Drop(Signature.Length);
                    break;
                case Part.Flags:
                    if (data.Length < sizeof(int)) return Fail("invalid COPY file header (missing flags)");
                    var flags = BinaryPrimitives.ReadInt32BigEndian(data);
                    if ((flags & OidsFlag) != 0) throw CopyErrors.Bad("invalid COPY file header (WITH OIDS)");
                    if (flags >> 16 != 0) throw CopyErrors.Bad("unrecognized critical flags in COPY file header");
                    Buffer.Drop(sizeof(int));
                    break;
                case Part.ExtensionLength:
                    if (data.Length < sizeof(int)) return Fail("invalid COPY file header (missing length)");
                    _skip = BinaryPrimitives.ReadInt32BigEndian(data);
                    if (_skip < 0) throw CopyErrors.Bad("invalid COPY file header (missing length)");
                    Buffer.Drop(sizeof(int));
                    break;
                case Part.Extension:
                    var skipped = Math.Min(_skip, data.Length);
                    Buffer.Drop(skipped);
                    _skip -= skipped;
                    if (_skip > 0) return Fail("invalid COPY file header (wrong length)");
                    break;
            }

            _part++;
        }

        return true;
    }

    private bool Fail(string message) => IsComplete ? throw CopyErrors.Bad(message) : false;
}
