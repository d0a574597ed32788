namespace Gateway.Protocol.Copy;

public enum CopyFormat
{
    Text,
    Csv,
    Binary,
}

public enum CopyHeader
{
    None,
    Line,

    /// <summary>COPY FROM only: its names must be those of the columns.</summary>
    Match,
}

/// <summary>How the data of a COPY is written. https://www.postgresql.org/docs/15/sql-copy.html</summary>
public sealed record CopyOptions
{
    public CopyFormat Format { get; init; }

    public bool IsBinary => Format == CopyFormat.Binary;

    public byte Delimiter { get; init; } = (byte)'\t';

    /// <summary>What stands for NULL, as bytes.</summary>
    public byte[] Null { get; init; } = [(byte)'\\', (byte)'N'];

    public CopyHeader Header { get; init; }

    public byte Quote { get; init; } = (byte)'"';

    public byte Escape { get; init; } = (byte)'"';

    /// <summary>By column: quoted whatever is in them (COPY TO).</summary>
    public bool[] ForceQuote { get; init; } = [];

    /// <summary>By column: what stands for NULL is a text in them.</summary>
    public bool[] ForceNotNull { get; init; } = [];

    /// <summary>By column: what stands for NULL is NULL even in quotes.</summary>
    public bool[] ForceNull { get; init; } = [];
}
