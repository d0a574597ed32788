using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>Prepares one statement.</summary>
/// <remarks>
/// 'P' | Int32 length | String statement name, empty for the unnamed one | String SQL | Int16 type count | Int32 type
/// OID × type count, which may be fewer than there are parameters.
/// </remarks>
public readonly ref struct Parse(ReadOnlySpan<byte> statement, ReadOnlySpan<byte> sql, OidList parameterTypes = default)
    : IFrontendMessage, IReadable<Parse>
{
    public static byte Code => FrontendCode.Parse;
    public ReadOnlySpan<byte> Statement { get; } = statement;
    public ReadOnlySpan<byte> Sql { get; } = sql;
    public OidList ParameterTypes { get; } = parameterTypes;
    public int BodyLength => SpanWriter.SizeOf(Statement) + SpanWriter.SizeOf(Sql) + ParameterTypes.Size;

    public void WriteBody(ref SpanWriter body)
    {
        body.CString(Statement);
        body.CString(Sql);
        ParameterTypes.WriteTo(ref body);
    }

    public static Parse Read(scoped ref SpanReader body) => new(body.Utf8(), body.Utf8(), OidList.Read(ref body));
}
