using System.Collections.Immutable;
using Gateway.Types;

namespace Gateway.Protocol.Copy;

public enum CopyFormat
{
    Text,
    Csv,
    Binary,
}

public enum CopyHeader
{
    Off,
    On,

    /// <summary>COPY FROM: the line must name the columns.</summary>
    Match,
}

/// <summary>The options of one COPY, checked. Columns are indexes into the statement's column list.</summary>
public sealed record CopyOptions
{
    /// <summary>What the text formats are in; null for the encoding of the client.</summary>
    public TextEncoding? Encoding { get; init; }

    /// <summary>What text has to be converted from or to; null where it is UTF-8. The option is not about the binary format.</summary>
    public TextEncoding? EncodingFor(FormatSettings session) => IsBinary || Encoding is null ? session.Encoding : Encoding.Conversion;

    public CopyFormat Format { get; init; }

    public bool IsBinary => Format == CopyFormat.Binary;

    public byte Delimiter { get; init; } = (byte)'\t';

    /// <summary>What stands for NULL, in UTF-8.</summary>
    public byte[] Null { get; init; } = "\\N"u8.ToArray();

    public CopyHeader Header { get; init; }

    public byte Quote { get; init; } = (byte)'"';

    public byte Escape { get; init; } = (byte)'"';

    public bool ForceQuoteAll { get; init; }

    public ImmutableArray<int> ForceQuote { get; init; } = [];

    public ImmutableArray<int> ForceNotNull { get; init; } = [];

    public ImmutableArray<int> ForceNull { get; init; } = [];

    public bool Freeze { get; init; }

    /// <summary>CSV as it is without options.</summary>
    public static CopyOptions Csv { get; } = new() { Format = CopyFormat.Csv, Delimiter = (byte)',', Null = [] };

    public static CopyOptions Binary { get; } = new() { Format = CopyFormat.Binary };
}
