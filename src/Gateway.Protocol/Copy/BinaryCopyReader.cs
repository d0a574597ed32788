using System.Buffers.Binary;
using Gateway.Types;

namespace Gateway.Protocol.Copy;

/// <summary>The binary format: a header, then rows of Int16 count and (Int32 length, bytes) each, then -1.</summary>
internal sealed class BinaryCopyReader(string relation, string[] columns) : CopyReader(relation, columns)
{
    private readonly (int Start, int Length)[] _fields = new (int, int)[columns.Length];
    private readonly ByteWriter _data = new();
    private int _at;
    private bool _headerDone;
    private bool _isComplete;
    private bool _isReading;

    public static ReadOnlySpan<byte> Signature => [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0];

    public override void Append(ReadOnlySpan<byte> data)
    {
        if (IsEnded && data.Length > 0) throw Locate(Bad("received copy data after EOF marker"), -1);
        if (_at > 0)
        {
            // What is left is part of one row, mostly a small one.
            var rest = _data.WrittenSpan[_at..].ToArray();
            _data.Clear();
            _data.Bytes(rest);
            _at = 0;
        }

        _data.Bytes(data);
    }

    public override void Complete() => _isComplete = true;

    public override bool TryReadRow()
    {
        if (IsEnded || (!_headerDone && !TryReadHeader())) return false;
        if (!_isReading)
        {
            _isReading = true;
            Line++;
        }

        var data = _data.WrittenSpan[_at..];
        if (data.Length < sizeof(short))
        {
            // As PostgreSQL: without even a count the data may end here.
            if (_isComplete) End();
            return false;
        }

        var count = BinaryPrimitives.ReadInt16BigEndian(data);
        var offset = sizeof(short);
        if (count == -1)
        {
            var more = data.Length > offset;
            End();
            return more ? throw Locate(Bad("received copy data after EOF marker"), -1) : false;
        }

        if (count != Columns.Length) throw Locate(Bad($"row field count is {count}, expected {Columns.Length}"), -1);
        for (var i = 0; i < count; i++)
        {
            if (data.Length - offset < sizeof(int)) return NeedsMore(i);
            var length = BinaryPrimitives.ReadInt32BigEndian(data[offset..]);
            offset += sizeof(int);
            if (length < -1) throw Locate(Bad("invalid field size"), i);
            if (data.Length - offset < length) return NeedsMore(i);
            _fields[i] = (_at + offset, length);
            offset += Math.Max(0, length);
        }

        _at += offset;
        _isReading = false;
        return true;
    }

    public override bool IsNull(int column) => _fields[column].Length < 0;

    public override ReadOnlySpan<byte> Field(int column) => _data.WrittenSpan.Slice(_fields[column].Start, _fields[column].Length);

    public override PgException Locate(PgException error, int column) => Locate(error, column, default, hasText: false);

    private bool TryReadHeader()
    {
        var data = _data.WrittenSpan;
        var known = Math.Min(data.Length, Signature.Length);
        if (!data[..known].SequenceEqual(Signature[..known]) || (_isComplete && known < Signature.Length))
            throw Bad("COPY file signature not recognized");
        if (known < Signature.Length) return false;
        data = data[known..];
        if (data.Length < sizeof(int)) return _isComplete ? throw Bad("invalid COPY file header (missing flags)") : false;
        var flags = BinaryPrimitives.ReadInt32BigEndian(data);
        if ((flags & (1 << 16)) != 0) throw Bad("invalid COPY file header (WITH OIDS)");
        if (flags >> 16 != 0) throw Bad("unrecognized critical flags in COPY file header");
        data = data[sizeof(int)..];
        if (data.Length < sizeof(int)) return _isComplete ? throw Bad("invalid COPY file header (missing length)") : false;
        var extension = BinaryPrimitives.ReadInt32BigEndian(data);
        if (extension < 0) throw Bad("invalid COPY file header (missing length)");
        if (data.Length - sizeof(int) < extension) return _isComplete ? throw Bad("invalid COPY file header (wrong length)") : false;
        _at = known + 2 * sizeof(int) + extension;
        return _headerDone = true;
    }

    private bool NeedsMore(int column) => _isComplete ? throw Locate(Bad("unexpected EOF in COPY data"), column) : false;

    private void End()
    {
        IsEnded = true;
        _data.Dispose();
        _at = 0;
    }
}
