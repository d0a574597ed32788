using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Corpus.Tests.Format;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Startup;
using Gateway.Protocol.Wire;
using Gateway.Types;
using WireTarget = Gateway.Protocol.Messages.Target;

namespace Corpus.Tests.Wire;

/// <summary>The answer to Describe of a statement, or the error of Parse: SQLSTATE and message.</summary>
internal sealed record Description(IReadOnlyList<uint> Parameters, IReadOnlyList<FieldDescription> Fields, string? Error);

/// <summary>A session with a server that keeps what it answers as it came: text values, names, type OIDs, tags, SQLSTATEs.</summary>
internal sealed partial class WireSession : IDisposable
{
    private const uint FirstUserOid = 16384;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private ReadOnlySequence<byte> _input;

    public WireSession(int port, string user, string database)
    {
        _socket.NoDelay = true;
        _socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        _socket.Connect(IPAddress.Loopback, port);
        using var output = new ByteWriter();
        new StartupMessage(ProtocolVersion.V3_0, [new("user", user), new("database", database)]).WriteTo(output);
        Send(output);
        Must("start-up");
    }

    /// <summary>Runs a script that must not fail.</summary>
    public void Run(string sql)
    {
        using var output = new ByteWriter();
        WriteQuery(output, sql);
        Send(output);
        Must(sql);
    }

    /// <summary>Runs a check in a transaction and rolls it back.</summary>
    /// <param name="extended">Also statements without parameters go as Parse, Bind, Describe and Execute.</param>
    public Answer Ask(Check check, bool extended)
    {
        using var output = new ByteWriter(64 * 1024);
        WriteQuery(output, "BEGIN");
        foreach (var step in check.Steps)
        {
            if (extended || step.Parameters.Count > 0) WriteExtended(output, step);
            else WriteQuery(output, step.Sql);
        }

        WriteQuery(output, "ROLLBACK; DEALLOCATE ALL");
        Send(output);

        Must("BEGIN");
        var answer = new AnswerWriter();
        foreach (var step in check.Steps)
            ReadAnswer(answer.HasFailed ? new AnswerWriter() : answer, OrderOfRows.IsFixed(step.Sql));
        Must("ROLLBACK");
        return answer.Finish();
    }

    /// <summary>What Parse and Describe say of a statement; nothing is run.</summary>
    /// <param name="types">Given with Parse, 0 for those that are left to the server.</param>
    public Description Describe(string sql, uint[] types)
    {
        using var output = new ByteWriter(sql.Length + 256);
        output.Write(new Parse([], Encoding.UTF8.GetBytes(sql), OidList.Of(types)));
        output.Write(new Describe(WireTarget.Statement, []));
        output.Write(new Sync());
        Send(output);

        IReadOnlyList<uint> parameters = [];
        IReadOnlyList<FieldDescription> fields = [];
        string? error = null;
        while (true)
        {
            var frame = Receive();
            var body = frame.Body.ToArray();
            switch (frame.Code)
            {
                case BackendCode.ReadyForQuery: return new Description(parameters, fields, error);
                case BackendCode.ParameterDescription: parameters = Frames.Read<ParameterDescription>(body).TypeOids; break;
                case BackendCode.RowDescription: fields = Frames.Read<RowDescription>(body).Fields; break;
                case BackendCode.ErrorResponse:
                    var read = Frames.Read<ErrorResponse>(body).Fields;
                    error = $"{read.Code} {read.Message}";
                    break;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private static void WriteQuery(ByteWriter output, string sql) => output.Write(new Query(Encoding.UTF8.GetBytes(sql)));

    private static void WriteExtended(ByteWriter output, Step step)
    {
        uint[] types = [.. step.Parameters.Select(parameter => parameter.TypeOid)];
        byte[]?[] values = [.. step.Parameters.Select(parameter => parameter.Text is null ? null : Encoding.UTF8.GetBytes(parameter.Text))];
        output.Write(new Parse([], Encoding.UTF8.GetBytes(step.Sql), OidList.Of(types)));
        output.Write(new Bind([], [], FormatList.Of([]), WireValues.Of(values), FormatList.Of([])));
        output.Write(new Describe(WireTarget.Portal, []));
        output.Write(new Execute([], 0));
        output.Write(new Sync());
    }

    private void Must(string what)
    {
        var answer = new AnswerWriter();
        ReadAnswer(answer, isOrdered: true);
        if (answer.HasFailed) throw new InvalidOperationException($"{answer.Finish()}\n{what[..Math.Min(what.Length, 200)]}");
    }

    /// <summary>Reads up to ReadyForQuery.</summary>
    private void ReadAnswer(AnswerWriter answer, bool isOrdered)
    {
        while (true)
        {
            var frame = Receive();
            var body = frame.Body.ToArray();
            switch (frame.Code)
            {
                case BackendCode.ReadyForQuery: return;
                case BackendCode.RowDescription: answer.Columns(Frames.Read<RowDescription>(body).Fields.Select(Show)); break;
                case BackendCode.DataRow: answer.Row(Values(body)); break;
                case BackendCode.CommandComplete: answer.Tag(Frames.Read<CommandComplete>(body).ToString(), isOrdered); break;
                case BackendCode.EmptyQueryResponse: answer.Tag("", isOrdered); break;
                case BackendCode.ErrorResponse:
                    var fields = Frames.Read<ErrorResponse>(body).Fields;
                    answer.Error(fields.Code!, fields.Message!);
                    break;
                case BackendCode.CopyInResponse or BackendCode.CopyOutResponse: throw new InvalidOperationException("COPY has no place in the corpus");
            }
        }
    }

    /// <summary><c>name:oid</c>, with the type's modifier where there is one. Types made by a statement have no fixed OID.</summary>
    private static string Show(FieldDescription field)
    {
        var type = field.TypeOid < FirstUserOid ? field.TypeOid.ToString(CultureInfo.InvariantCulture) : "user";
        var modifier = field.TypeModifier == -1 ? "" : string.Create(CultureInfo.InvariantCulture, $":{field.TypeModifier}");
        return $"{Escape(field.Name)}:{type}{modifier}";
    }

    private static List<string> Values(byte[] body)
    {
        var values = new List<string>();
        foreach (var value in Frames.Read<DataRow>(body).Columns) values.Add(value.IsNull ? @"\N" : Escape(Encoding.UTF8.GetString(value.Bytes)));
        return values;
    }

    /// <summary>As COPY's text format does.</summary>
    private static string Escape(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("\t", @"\t", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal).Replace("\r", @"\r", StringComparison.Ordinal);

    private void Send(ByteWriter output) => _socket.Send(output.WrittenSpan);

    private Frame Receive()
    {
        while (true)
        {
            if (Frames.TryRead(ref _input, int.MaxValue, out var frame)) return frame;
            var count = _socket.Receive(_buffer);
            if (count == 0) throw new InvalidOperationException("the server closed the connection");
            _input = new ReadOnlySequence<byte>([.. _input.ToArray(), .. _buffer.AsSpan(0, count)]);
        }
    }
}
