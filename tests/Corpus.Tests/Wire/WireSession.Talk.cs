using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Corpus.Tests.Format;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Wire;
using Gateway.Types;
using WireTarget = Gateway.Protocol.Messages.Target;

namespace Corpus.Tests.Wire;

/// <summary>How a client sends its statements.</summary>
internal enum Manner
{
    Simple,
    Extended,

    /// <summary>Described first; then in binary what drivers read in binary.</summary>
    ExtendedBinary,
}

/// <summary>One statement's part of an answer.</summary>
/// <param name="Rows">Values as text; binary ones that are no integers as hexadecimal digits.</param>
/// <param name="State">The SQLSTATE; null without an error.</param>
internal sealed record Result(IReadOnlyList<FieldDescription> Fields, IReadOnlyList<string?[]> Rows, string Tag, string? State, string? Message);

/// <param name="Parameters">Types of the parameters, as Describe tells them.</param>
internal sealed record Reply(IReadOnlyList<uint> Parameters, IReadOnlyList<Result> Results);

/// <remarks>Statements one after another, in one session, without a transaction around them.</remarks>
internal sealed partial class WireSession
{
    private static readonly HashSet<uint> ReadInBinary =
    [
        Oids.Bool, Oids.Int2, Oids.Int4, Oids.Int8, Oids.Float4, Oids.Float8, Oids.Numeric, Oids.Text, Oids.VarChar, Oids.BpChar, Oids.Name, Oids.Oid,
        Oids.Date, Oids.Time, Oids.Timestamp, Oids.TimestampTz, Oids.Interval, Oids.Uuid, Oids.Bytea, Oids.Char, Oids.Jsonb,
    ];

    public Reply Tell(string sql, IReadOnlyList<Parameter> parameters, Manner manner)
    {
        using var output = new ByteWriter(16 * 1024);
        if (manner == Manner.Simple && parameters.Count == 0)
        {
            WriteQuery(output, sql);
            Send(output);
            return Listen();
        }

        uint[] types = [.. parameters.Select(parameter => parameter.TypeOid)];
        output.Write(new Parse([], Encoding.UTF8.GetBytes(sql), OidList.Of(types)));
        output.Write(new Describe(WireTarget.Statement, []));
        output.Write(new Sync());
        Send(output);
        var described = Listen();
        if (described.Results.Any(result => result.State is not null)) return described;

        Gateway.Types.Format[] formats = manner != Manner.ExtendedBinary || described.Results.Count == 0 ? [] :
            [.. described.Results[0].Fields.Select(field => ReadInBinary.Contains(field.TypeOid) ? Gateway.Types.Format.Binary : Gateway.Types.Format.Text)];
        byte[]?[] values = [.. parameters.Select(parameter => parameter.Text is null ? null : Encoding.UTF8.GetBytes(parameter.Text))];
        using var run = new ByteWriter(16 * 1024);
        run.Write(new Bind([], [], FormatList.Of([]), WireValues.Of(values), FormatList.Of(formats)));
        run.Write(new Describe(WireTarget.Portal, []));
        run.Write(new Execute([], 0));
        run.Write(new Sync());
        Send(run);
        return Listen() with { Parameters = described.Parameters };
    }

    /// <summary>Reads up to ReadyForQuery.</summary>
    private Reply Listen()
    {
        var results = new List<Result>();
        IReadOnlyList<uint> parameters = [];
        IReadOnlyList<FieldDescription> fields = [];
        var rows = new List<string?[]>();
        while (true)
        {
            var frame = Receive();
            var body = frame.Body.ToArray();
            switch (frame.Code)
            {
                case BackendCode.ReadyForQuery:
                    if (fields.Count > 0) results.Add(new Result(fields, rows, "", null, null));
                    return new Reply(parameters, results);
                case BackendCode.ParameterDescription: parameters = [.. Frames.Read<ParameterDescription>(body).TypeOids]; break;
                case BackendCode.RowDescription: fields = Frames.Read<RowDescription>(body).Fields; break;
                case BackendCode.DataRow: rows.Add(Read(body, fields)); break;
                case BackendCode.CommandComplete: End(Frames.Read<CommandComplete>(body).ToString(), null, null); break;
                case BackendCode.EmptyQueryResponse: End("", null, null); break;
                case BackendCode.ErrorResponse:
                    var error = Frames.Read<ErrorResponse>(body).Fields;
                    rows.Clear();
                    fields = [];
                    End("", error.Code, error.Message);
                    break;
            }
        }

        void End(string tag, string? state, string? message)
        {
            results.Add(new Result(fields, rows, tag, state, message));
            fields = [];
            rows = [];
        }
    }

    private static string?[] Read(byte[] body, IReadOnlyList<FieldDescription> fields)
    {
        var values = new List<string?>();
        foreach (var value in Frames.Read<DataRow>(body).Columns) values.Add(value.IsNull ? null : Show(value.Bytes, fields[values.Count]));
        return [.. values];
    }

    private static string Show(ReadOnlySpan<byte> value, FieldDescription field) => field.Format == Gateway.Types.Format.Text
        ? Encoding.UTF8.GetString(value)
        : field.TypeOid switch
        {
            Oids.Int2 => BinaryPrimitives.ReadInt16BigEndian(value).ToString(CultureInfo.InvariantCulture),
            Oids.Int4 => BinaryPrimitives.ReadInt32BigEndian(value).ToString(CultureInfo.InvariantCulture),
            Oids.Int8 => BinaryPrimitives.ReadInt64BigEndian(value).ToString(CultureInfo.InvariantCulture),
            Oids.Oid => BinaryPrimitives.ReadUInt32BigEndian(value).ToString(CultureInfo.InvariantCulture),
            Oids.Text or Oids.VarChar or Oids.BpChar or Oids.Name or Oids.Char => Encoding.UTF8.GetString(value),
            _ => "0x" + Convert.ToHexString(value),
        };
}
