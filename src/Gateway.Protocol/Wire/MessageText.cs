using System.Text;
using Gateway.Protocol.Messages;
using Gateway.Types;

namespace Gateway.Protocol.Wire;

/// <summary>The text of messages, between UTF-8 and the encoding of a client. Values of rows and parameters are not looked at.</summary>
/// <remarks>A message is written and read in UTF-8; where a client has another encoding, its strings are converted in place.</remarks>
public static class MessageText
{
    private const int Header = 1 + sizeof(int);

    // What follows the name of a column: table, number, type, size, modifier, format.
    private const int Field = 18;

    /// <summary>Converts the message that ends the output.</summary>
    /// <param name="start">Where its code stands.</param>
    /// <exception cref="PgException">22P05; the message is half written then.</exception>
    public static void ToClient(ByteWriter output, int start, TextEncoding encoding)
    {
        var message = output.WrittenSpan[start..];
        if (Shape(message[0]) is not { Strings: > 0 } shape || Ascii.IsValid(message[Header..])) return;
        WireText.Rewrite(output, start + Header, (Encoding: encoding, Shape: shape), static (with, body, output) =>
        {
            output.Bytes(body[..with.Shape.Before]);
            body = body[with.Shape.Before..];
            for (var left = with.Shape.Strings; left > 0 && body.IndexOf((byte)0) is >= 0 and var end; left--)
            {
                with.Encoding.FromUtf8(body[..end], output);
                var next = Math.Min(body.Length, end + 1 + with.Shape.Between);
                output.Bytes(body[end..next]);
                body = body[next..];
            }

            output.Bytes(body);
        });
        output.PatchInt32(start + 1, output.Length - start - 1);
    }

    /// <summary>The body of a client's message in UTF-8, put together in <paramref name="converted"/> where it differs.</summary>
    /// <exception cref="PgException">22021, 22P05.</exception>
    public static ReadOnlySpan<byte> FromClient(byte code, ReadOnlySpan<byte> body, TextEncoding encoding, ByteWriter converted)
    {
        var left = code switch
        {
            FrontendCode.Parse or FrontendCode.Bind => 2,
            FrontendCode.Query or FrontendCode.Describe or FrontendCode.Close or FrontendCode.Execute or FrontendCode.CopyFail => 1,
            _ => 0,
        };
        if (left == 0 || Ascii.IsValid(body)) return body;
        converted.Clear();
        for (; left > 0 && body.IndexOf((byte)0) is >= 0 and var end; left--)
        {
            encoding.ToUtf8(body[..end], converted);
            converted.Byte(0);
            body = body[(end + 1)..];
        }

        converted.Bytes(body);
        return converted.WrittenSpan;
    }

    /// <summary>Bytes before the first string, how many strings at most, bytes behind each. A code that is one byte of ASCII counts as its string's.</summary>
    private static (int Before, int Strings, int Between) Shape(byte code) => code switch
    {
        BackendCode.RowDescription => (sizeof(short), int.MaxValue, Field),
        BackendCode.ErrorResponse or BackendCode.NoticeResponse => (0, int.MaxValue, 0),
        BackendCode.CommandComplete => (0, 1, 0),
        BackendCode.ParameterStatus => (0, 2, 0),
        BackendCode.NotificationResponse => (sizeof(int), 2, 0),
        _ => default,
    };
}
