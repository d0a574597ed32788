using Gateway.Protocol.Messages;
using Gateway.Protocol.Wire;

namespace Conversations.Tests.Format;

/// <summary>What the server answers: a line that begins with <c>&lt;</c>. What the line does not mention may be anything.</summary>
internal sealed class Expected
{
    private readonly string[] _words;

    public Expected(string line)
    {
        Line = line;
        _words = [.. new Words(line).Rest()];
        Message = _words[0];
    }

    public string Line { get; }

    public string Message { get; }

    public bool IsSingleByte => Message.Length == 1;

    private IEnumerable<string> Arguments => _words.Skip(1);

    public bool Matches(Received received)
    {
        var shown = received.Show();
        if (shown.Split(' ')[0] != Message) return false;
        switch (Message)
        {
            case "DataRow":
                var values = received.Values();
                return values.Count == _words.Length - 1
                    && values.Zip(Arguments).All(pair => pair.Second == "*" || Same(Words.Value(pair.Second), pair.First));

            case "RowDescription":
                var fields = Frames.Read<RowDescription>(received.Body).Fields;
                return fields.Count == _words.Length - 1
                    && fields.Zip(Arguments).All(pair => IsColumn(pair.Second, pair.First));

            case "ErrorResponse": return HasFields(Frames.Read<ErrorResponse>(received.Body).Fields);
            case "NoticeResponse": return HasFields(Frames.Read<NoticeResponse>(received.Body).Fields);

            // The data of COPY and the value of a setting may be written in more than one way.
            case "CopyData": return Same(Words.Value(_words[1]), received.Body);
            case "ParameterStatus":
                var status = Frames.Read<ParameterStatus>(received.Body);
                return status.Name == _words[1] && (_words.Length < 3 || status.Value == Words.Text(_words[2]));

            case "NotificationResponse":
                var notification = Frames.Read<NotificationResponse>(received.Body);
                return notification.Channel == Words.Text(_words[1]) && notification.Payload == Words.Text(_words[2]);

            default: return shown == Line;
        }
    }

    private static bool Same(byte[]? expected, byte[]? actual) =>
        expected is null || actual is null ? expected == actual : expected.AsSpan().SequenceEqual(actual);

    private static bool IsColumn(string word, FieldDescription actual)
    {
        var (expected, attnum) = Types.Column(word);
        var isInTable = attnum is not { } number || (actual.Attnum == number && actual.TableOid != 0);
        return isInTable && expected == actual with { TableOid = expected.TableOid, Attnum = expected.Attnum };
    }

    // ErrorResponse 42601 position=8 message="…" detail~"a part of it"
    private bool HasFields(ErrorFields fields)
    {
        var named = Received.Named(fields);
        foreach (var word in Arguments)
        {
            var end = word.IndexOfAny(['=', '~']);
            if (end < 0)
            {
                if (word != fields.Code) return false;
                continue;
            }

            if (!named.TryGetValue(word[..end], out var actual)) throw new FormatException($"no field {word[..end]}");
            var expected = Words.Text(word[(end + 1)..]);
            if (word[end] == '=' ? actual != expected : actual?.Contains(expected, StringComparison.Ordinal) != true) return false;
        }

        return true;
    }
}
