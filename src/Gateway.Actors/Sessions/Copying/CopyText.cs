using Gateway.Protocol.Copy;
using Gateway.Types;

namespace Gateway.Actors.Sessions.Copying;

/// <summary>Makes UTF-8 of what is copied in. A character that is cut waits for its rest.</summary>
/// <remarks>A wrong character is an error of its line: the lines before it come first.</remarks>
internal sealed class CopyText(TextEncoding encoding, CopyReader reader)
{
    private readonly ByteWriter _held = new();
    private readonly ByteWriter _utf8 = new();
    private bool _isOver;

    public void Append(ReadOnlySpan<byte> data)
    {
        if (_isOver) return;
        if (_held.Length > 0)
        {
            _held.Bytes(data);
            data = _held.WrittenSpan;
        }

        _utf8.Clear();
        var rest = data[encoding.Decode(data, _utf8)..];
        reader.Append(_utf8.WrittenSpan);
        if (rest.IsEmpty || encoding.IsUnfinished(rest))
        {
            var kept = rest.ToArray();   // four bytes at most
            _held.Clear();
            _held.Bytes(kept);
            return;
        }

        _isOver = true;
        reader.Fail(encoding.Fault(rest));
    }

    public void Complete()
    {
        if (!_isOver && _held.Length > 0) reader.Fail(encoding.Fault(_held.WrittenSpan));
        _held.Dispose();
        _utf8.Dispose();
    }
}
