using Gateway.Types;

namespace Gateway.Protocol.Copy;

/// <summary>Writes the rows of a COPY TO. The caller frames them: one CopyData per row is what PostgreSQL does.</summary>
/// <remarks>
/// A value is written by <see cref="Field"/>, or straight into the output between <see cref="BeginField"/> and <see cref="EndField"/>:
/// text and CSV then touch it only where it needs escapes or quotes. Text and CSV take the type's text output in UTF-8, binary its bytes.
/// </remarks>
public abstract class CopyWriter
{
    private protected CopyWriter()
    {
    }

    /// <summary>The column the next field belongs to.</summary>
    private protected int Column { get; set; }

    /// <summary>Bytes that <see cref="Start"/> writes in the binary format.</summary>
    public const int BinaryStart = 19;

    public static CopyWriter Create(CopyOptions options, IReadOnlyList<string> columns) => options.Format switch
    {
        CopyFormat.Binary => new CopyBinaryWriter(columns.Count),
        CopyFormat.Csv => new CopyCsvWriter(options, columns),
        _ => new CopyTextWriter(options, columns),
    };

    /// <summary>The binary signature, the header line, or nothing.</summary>
    public abstract void Start(ByteWriter output);

    public abstract void BeginRow(ByteWriter output);

    /// <returns>To be handed to <see cref="EndField"/> or <see cref="Null"/>.</returns>
    public abstract int BeginField(ByteWriter output);

    /// <summary>Fields that hold digits and a minus at most need no <see cref="EndField"/>.</summary>
    public virtual bool TakesNumbersAsTheyAre => false;

    /// <summary>The value stands in the output from <paramref name="start"/> on.</summary>
    public abstract void EndField(ByteWriter output, int start);

    /// <summary>The field that began at <paramref name="start"/> is NULL.</summary>
    public abstract void Null(ByteWriter output, int start);

    public void Null(ByteWriter output) => Null(output, BeginField(output));

    public void Field(ReadOnlySpan<byte> value, ByteWriter output)
    {
        var start = BeginField(output);
        output.Bytes(value);
        EndField(output, start);
    }

    public abstract void EndRow(ByteWriter output);

    /// <summary>The binary trailer, or nothing.</summary>
    public abstract void End(ByteWriter output);
}

internal sealed class CopyBinaryWriter(int columns) : CopyWriter
{
    public override void Start(ByteWriter output)
    {
        output.Bytes(CopyBinaryReader.Signature);
        output.Int32(0);   // flags
        output.Int32(0);   // length of the extension
    }

    public override void BeginRow(ByteWriter output) => output.Int16((short)columns);

    public override void Null(ByteWriter output, int start) => output.PatchInt32(start - sizeof(int), -1);

    public override int BeginField(ByteWriter output) => output.ReserveInt32() + sizeof(int);

    public override void EndField(ByteWriter output, int start) => output.PatchInt32(start - sizeof(int), output.Length - start);

    public override void EndRow(ByteWriter output)
    {
    }

    public override void End(ByteWriter output) => output.Int16(-1);
}
