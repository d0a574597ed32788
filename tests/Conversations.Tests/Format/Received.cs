using System.Globalization;
using System.Text;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Conversations.Tests.Format;

/// <summary>What came from the server: a message, the one byte that answers SSLRequest, the end, or nothing in time.</summary>
internal sealed record Received(byte Code, byte[] Body)
{
    public static readonly Received Closed = new(0, []);
    public static readonly Received Nothing = new(1, []);

    /// <summary>A message, its strings as <see cref="Words.Text(ReadOnlySpan{byte})"/> reads them: a server may send another encoding than UTF8.</summary>
    public static Received Of(byte code, byte[] body)
    {
        var (before, between) = code switch
        {
            BackendCode.RowDescription => (2, 18),
            BackendCode.NotificationResponse => (4, 0),
            BackendCode.ErrorResponse or BackendCode.NoticeResponse or BackendCode.ParameterStatus or BackendCode.CommandComplete => (0, 0),
            _ => (body.Length, 0),
        };
        using var output = new ByteWriter();
        ReadOnlySpan<byte> rest = body;
        output.Bytes(rest[..before]);
        rest = rest[before..];
        while (rest.IndexOf((byte)0) is >= 0 and var end)
        {
            output.Utf8(Words.Text(rest[..end]));
            var next = Math.Min(rest.Length, end + 1 + between);
            output.Bytes(rest[end..next]);
            rest = rest[next..];
        }

        output.Bytes(rest);
        return new Received(code, output.WrittenSpan.ToArray());
    }

    public static Received SingleByte(byte value) => new(2, [value]);

    public bool IsMessage => Code > 2;

    /// <summary>As a file would write it.</summary>
    public string Show()
    {
        if (this == Closed) return "Closed";
        if (this == Nothing) return "nothing";
        return Code switch
        {
            2 => Encoding.ASCII.GetString(Body),
            BackendCode.Authentication => ShowAuthentication(),
            BackendCode.BackendKeyData => "BackendKeyData",
            BackendCode.BindComplete => "BindComplete",
            BackendCode.CloseComplete => "CloseComplete",
            BackendCode.CommandComplete => $"CommandComplete {Words.Quote(Frames.Read<CommandComplete>(Body).ToString())}",
            BackendCode.CopyData => $"CopyData {Words.Show(Body)}",
            BackendCode.CopyDone => "CopyDone",
            BackendCode.CopyInResponse => "CopyInResponse",
            BackendCode.CopyOutResponse => "CopyOutResponse",
            BackendCode.DataRow => string.Join(' ', Values().Select(value => value is null ? "null" : Words.Show(value)).Prepend("DataRow")),
            BackendCode.EmptyQueryResponse => "EmptyQueryResponse",
            BackendCode.ErrorResponse => ShowFields("ErrorResponse", Frames.Read<ErrorResponse>(Body).Fields),
            BackendCode.NoData => "NoData",
            BackendCode.NoticeResponse => ShowFields("NoticeResponse", Frames.Read<NoticeResponse>(Body).Fields),
            BackendCode.NegotiateProtocolVersion => ShowNegotiation(),
            BackendCode.ParameterDescription => string.Join(
                ' ', Frames.Read<ParameterDescription>(Body).TypeOids.Select(oid => Types.Show(oid)).Prepend("ParameterDescription")),
            BackendCode.ParameterStatus => ShowStatus(),
            BackendCode.NotificationResponse => ShowNotification(),
            BackendCode.ParseComplete => "ParseComplete",
            BackendCode.PortalSuspended => "PortalSuspended",
            BackendCode.ReadyForQuery => $"ReadyForQuery {(char)Body[0]}",
            BackendCode.RowDescription => string.Join(
                ' ', Frames.Read<RowDescription>(Body).Fields.Select(Types.Show).Prepend("RowDescription")),
            _ => $"'{(char)Code}' {Convert.ToHexStringLower(Body)}",
        };
    }

    public List<byte[]?> Values()
    {
        var values = new List<byte[]?>();
        foreach (var value in Frames.Read<DataRow>(Body).Columns) values.Add(value.IsNull ? null : value.Bytes.ToArray());
        return values;
    }

    public static Dictionary<string, string?> Named(ErrorFields fields) => new()
    {
        ["severity"] = fields.InvariantSeverity,
        ["message"] = fields.Message,
        ["detail"] = fields.Detail,
        ["hint"] = fields.Hint,
        ["position"] = fields.Position,
        ["where"] = fields.Where,
        ["schema"] = fields.SchemaName,
        ["table"] = fields.TableName,
        ["column"] = fields.ColumnName,
        ["type"] = fields.DataTypeName,
        ["constraint"] = fields.ConstraintName,
    };

    private string ShowAuthentication() => AuthenticationKinds.Of(Body) switch
    {
        AuthenticationKind.Ok => "AuthenticationOk",
        AuthenticationKind.CleartextPassword => "AuthenticationCleartextPassword",
        AuthenticationKind.Sasl => "AuthenticationSASL",
        var kind => $"Authentication{kind}",
    };

    private static string ShowFields(string message, ErrorFields fields) => string.Join(
        ' ',
        Named(fields).Where(field => field.Value is not null)
            .Select(field => $"{field.Key}={Words.Show(Encoding.UTF8.GetBytes(field.Value!))}").Prepend($"{message} {fields.Code}"));

    private string ShowNegotiation()
    {
        var negotiation = Frames.Read<NegotiateProtocolVersion>(Body);
        return string.Join(' ', negotiation.UnrecognizedOptions.Prepend($"NegotiateProtocolVersion {negotiation.Version}"));
    }

    private string ShowNotification()
    {
        var notification = Frames.Read<NotificationResponse>(Body);
        return $"NotificationResponse {notification.Channel} {Words.Quote(notification.Payload)}";
    }

    private string ShowStatus()
    {
        var status = Frames.Read<ParameterStatus>(Body);
        return string.Create(CultureInfo.InvariantCulture, $"ParameterStatus {status.Name} {Words.Quote(status.Value)}");
    }
}
