using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>A statement is done, and this is its command tag: <c>SELECT 5</c>, <c>INSERT 0 1</c>, <c>BEGIN</c>.</summary>
/// <remarks>'C' | Int32 length | String tag.</remarks>
/// <param name="Verb">The tag up to the row count; for INSERT that is <c>INSERT 0</c>, 0 being the OID no table has any more.</param>
/// <param name="Rows">The row count, or -1 when the tag has none.</param>
public readonly record struct CommandComplete(string Verb, long Rows = -1) : IBackendMessage, IReadable<CommandComplete>
{
    private const int MaxDigits = 20;

    public static byte Code => BackendCode.CommandComplete;

    public int BodyLength => SpanWriter.SizeOf(Verb) + (Rows < 0 ? 0 : 1 + Digits(Rows));

    public void WriteBody(ref SpanWriter body)
    {
        if (Rows < 0)
        {
            body.CString(Verb);
            return;
        }
        Span<byte> digits = stackalloc byte[MaxDigits];
        var formatted = Utf8Formatter.TryFormat(Rows, digits, out var count);
        Debug.Assert(formatted);
        body.Text(Verb);
        body.Byte((byte)' ');
        body.CString(digits[..count]);
    }

    public static CommandComplete Read(scoped ref SpanReader body)
    {
        var tag = body.String();
        var space = tag.LastIndexOf(' ');
        return space > 0 && long.TryParse(tag.AsSpan(space + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
            ? new(tag[..space], rows)
            : new(tag);
    }

    public override string ToString() => Rows < 0 ? Verb : $"{Verb} {Rows}";

    private static int Digits(long value)
    {
        var digits = 1;
        for (; value >= 10; value /= 10) digits++;
        return digits;
    }
}
