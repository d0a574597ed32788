using System.Text;
using Gateway.Types;

namespace Gateway.Protocol.Copy;

/// <summary>Writes rows as COPY TO does. One row is BeginRow, a Field or Null for every column, EndRow.</summary>
/// <remarks>
/// A value is written by its codec straight into the output; then <see cref="EndField"/> makes of it what the format wants.
/// </remarks>
public abstract class CopyWriter
{
    public static CopyWriter Create(CopyOptions options, string[] columns) => options.Format switch
    {
        CopyFormat.Binary => new BinaryCopyWriter(columns.Length),
        CopyFormat.Csv => new CsvCopyWriter(options, columns),
        _ => new TextCopyWriter(options, columns),
    };

    /// <summary>What stands before the first row, if anything.</summary>
    public abstract void Start(ByteWriter output);

    /// <summary>The header is a row of its own, to be sent as one.</summary>
    public virtual bool HasHeaderLine => false;

    public abstract void BeginRow(ByteWriter output);

    public abstract void Null(ByteWriter output);

    /// <returns>What <see cref="EndField"/> wants to know; the value's bytes are to be written now.</returns>
    public abstract int BeginField(ByteWriter output);

    /// <param name="isPlain">It is known that the value needs no escaping in any format: a number.</param>
    public abstract void EndField(int start, bool isPlain, ByteWriter output);

    public abstract void EndRow(ByteWriter output);

    /// <summary>What stands behind the last row, if anything.</summary>
    public abstract void End(ByteWriter output);
}

/// <summary>What text and CSV have in common.</summary>
internal abstract class LineCopyWriter(CopyOptions options, string[] columns) : CopyWriter
{
    protected CopyOptions Options => options;

    protected int Column { get; private set; }

    protected bool IsSingle => columns.Length == 1;

    protected bool InHeader { get; private set; }

    public override bool HasHeaderLine => options.Header != CopyHeader.None;

    public override void Start(ByteWriter output)
    {
        if (!HasHeaderLine) return;
        InHeader = true;
        BeginRow(output);
        foreach (var column in columns)
        {
            var start = BeginField(output);
            output.Bytes(Encoding.UTF8.GetBytes(column));
            EndField(start, isPlain: false, output);
        }

        EndRow(output);
        InHeader = false;
    }

    public override void BeginRow(ByteWriter output) => Column = 0;

    public override void Null(ByteWriter output)
    {
        Separate(output);
        output.Bytes(options.Null);
        Column++;
    }

    public override int BeginField(ByteWriter output)
    {
        Separate(output);
        return output.Length;
    }

    public override void EndField(int start, bool isPlain, ByteWriter output)
    {
        Escape(start, isPlain, output);
        Column++;
    }

    public override void EndRow(ByteWriter output) => output.Byte((byte)'\n');

    public override void End(ByteWriter output)
    {
    }

    protected abstract void Escape(int start, bool isPlain, ByteWriter output);

    private void Separate(ByteWriter output)
    {
        if (Column > 0) output.Byte(options.Delimiter);
    }
}

internal sealed class TextCopyWriter(CopyOptions options, string[] columns) : LineCopyWriter(options, columns)
{
    private readonly System.Buffers.SearchValues<byte> _special =
        System.Buffers.SearchValues.Create([(byte)'\\', (byte)'\b', (byte)'\t', (byte)'\n', (byte)'\v', (byte)'\f', (byte)'\r', options.Delimiter]);

    private readonly bool _plainNeedsNothing = options.Delimiter is (byte)'\t' or (byte)',' or (byte)'|' or (byte)';';

    protected override void Escape(int start, bool isPlain, ByteWriter output)
    {
        if (isPlain && _plainNeedsNothing) return;
        var first = output.WrittenSpan[start..].IndexOfAny(_special);
        if (first < 0) return;
        var rest = output.WrittenSpan[(start + first)..].ToArray();
        output.Truncate(start + first);
        foreach (var c in rest)
        {
            var letter = c switch
            {
                (byte)'\b' => (byte)'b',
                (byte)'\t' => (byte)'t',
                (byte)'\n' => (byte)'n',
                (byte)'\v' => (byte)'v',
                (byte)'\f' => (byte)'f',
                (byte)'\r' => (byte)'r',
                _ => c == '\\' || c == Options.Delimiter ? c : (byte)0,
            };
            if (letter != 0) output.Byte((byte)'\\');
            output.Byte(letter != 0 ? letter : c);
        }
    }
}

internal sealed class CsvCopyWriter(CopyOptions options, string[] columns) : LineCopyWriter(options, columns)
{
    private readonly System.Buffers.SearchValues<byte> _special =
        System.Buffers.SearchValues.Create([options.Delimiter, options.Quote, (byte)'\n', (byte)'\r']);

    private readonly bool _plainNeedsNothing =
        options.Delimiter is (byte)'\t' or (byte)',' or (byte)'|' or (byte)';' && options.Quote is (byte)'"' or (byte)'\'' && options.Null.Length == 0;

    protected override void Escape(int start, bool isPlain, ByteWriter output)
    {
        var value = output.WrittenSpan[start..];
        var force = !InHeader && Column < Options.ForceQuote.Length && Options.ForceQuote[Column];
        if (!force)
        {
            if (isPlain && _plainNeedsNothing) return;
            if (!value.SequenceEqual(Options.Null) && !(IsSingle && value.SequenceEqual("\\."u8)) && !value.ContainsAny(_special)) return;
        }

        var copy = value.ToArray();
        output.Truncate(start);
        output.Byte(Options.Quote);
        foreach (var c in copy)
        {
            if (c == Options.Quote || c == Options.Escape) output.Byte(Options.Escape);
            output.Byte(c);
        }

        output.Byte(Options.Quote);
    }
}

internal sealed class BinaryCopyWriter(int columns) : CopyWriter
{
    public override void Start(ByteWriter output)
    {
        output.Bytes(BinaryCopyReader.Signature);
        output.Int32(0);   // no flags
        output.Int32(0);   // no extension
    }

    public override void BeginRow(ByteWriter output) => output.Int16((short)columns);

    public override void Null(ByteWriter output) => output.Int32(-1);

    public override int BeginField(ByteWriter output) => output.ReserveInt32();

    public override void EndField(int start, bool isPlain, ByteWriter output) =>
        output.PatchInt32(start, output.Length - start - sizeof(int));

    public override void EndRow(ByteWriter output)
    {
    }

    public override void End(ByteWriter output) => output.Int16(-1);
}
