using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>Makes a portal of a prepared statement and its parameters.</summary>
/// <remarks>
/// 'B' | Int32 length | String portal, empty for the unnamed one | String statement | Int16 format count | Int16 format
/// × format count | Int16 parameter count | (Int32 length, -1 for NULL | the bytes) × parameter count | Int16 result
/// format count | Int16 format × result format count.
/// </remarks>
public readonly ref struct Bind(
    ReadOnlySpan<byte> portal,
    ReadOnlySpan<byte> statement,
    FormatList parameterFormats = default,
    WireValues parameters = default,
    FormatList resultFormats = default) : IFrontendMessage, IReadable<Bind>
{
    public static byte Code => FrontendCode.Bind;
    public ReadOnlySpan<byte> Portal { get; } = portal;
    public ReadOnlySpan<byte> Statement { get; } = statement;

    /// <summary>Fits <see cref="Parameters"/>; whether those fit the statement only the session knows.</summary>
    public FormatList ParameterFormats { get; } = parameterFormats;

    public WireValues Parameters { get; } = parameters;

    /// <summary>Not checked here: how many columns there are only the session knows (<see cref="RequireColumns"/>).</summary>
    public FormatList ResultFormats { get; } = resultFormats;

    public int BodyLength =>
        SpanWriter.SizeOf(Portal) + SpanWriter.SizeOf(Statement) + ParameterFormats.Size + Parameters.Size + ResultFormats.Size;

    public void WriteBody(ref SpanWriter body)
    {
        body.CString(Portal);
        body.CString(Statement);
        ParameterFormats.WriteTo(ref body);
        Parameters.WriteTo(ref body);
        ResultFormats.WriteTo(ref body);
    }

    public static Bind Read(scoped ref SpanReader body)
    {
        var bind = new Bind(
            body.Utf8(), body.Utf8(), FormatList.Read(ref body), WireValues.Read(ref body), FormatList.Read(ref body));
        if (!bind.ParameterFormats.Fits(bind.Parameters.Count))
            throw SpanReader.Malformed(
                $"bind message has {bind.ParameterFormats.Count} parameter formats but {bind.Parameters.Count} parameters");
        return bind;
    }

    public void RequireColumns(int columns)
    {
        if (!ResultFormats.Fits(columns))
            throw SpanReader.Malformed($"bind message has {ResultFormats.Count} result formats but query has {columns} columns");
    }
}
