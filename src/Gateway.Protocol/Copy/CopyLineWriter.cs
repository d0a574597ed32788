using System.Buffers;
using Gateway.Types;

namespace Gateway.Protocol.Copy;

/// <summary>What text and CSV have in common: delimiters, the NULL string, the header line, a newline behind each row.</summary>
internal abstract class CopyLineWriter(CopyOptions options, IReadOnlyList<string> columns) : CopyWriter
{
    public sealed override void Start(ByteWriter output)
    {
        if (options.Header == CopyHeader.Off) return;
        BeginRow(output);
        foreach (var name in columns)
        {
            var start = BeginField(output);
            output.Utf8(name);
            Escape(output, start, isForced: false);
        }

        EndRow(output);
    }

    public sealed override void BeginRow(ByteWriter output) => Column = 0;

    public sealed override void Null(ByteWriter output, int start) => output.Bytes(options.Null);

    public sealed override int BeginField(ByteWriter output)
    {
        if (Column++ > 0) output.Byte(options.Delimiter);
        return output.Length;
    }

    public sealed override void EndRow(ByteWriter output) => output.Byte((byte)'\n');

    public sealed override void End(ByteWriter output)
    {
    }

    private protected abstract void Escape(ByteWriter output, int start, bool isForced);

    /// <summary>The value from <paramref name="start"/> on is written anew; the copy is the rare way.</summary>
    private protected static void Rewrite<T>(ByteWriter output, int start, T writer, Action<T, byte[], int> write)
    {
        var length = output.Length - start;
        var value = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            output.WrittenSpan[start..].CopyTo(value);
            output.Truncate(start);
            write(writer, value, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(value);
        }
    }
}

internal sealed class CopyTextWriter(CopyOptions options, IReadOnlyList<string> columns) : CopyLineWriter(options, columns)
{
    private readonly SearchValues<byte> _special = SearchValues.Create([.. "\b\t\n\v\f\r\\"u8, options.Delimiter]);

    public override bool TakesNumbersAsTheyAre => !"-0123456789"u8.ContainsAny(_special);

    public override void EndField(ByteWriter output, int start) => Escape(output, start, isForced: false);

    private protected override void Escape(ByteWriter output, int start, bool isForced)
    {
        if (output.WrittenSpan[start..].IndexOfAny(_special) < 0) return;
        Rewrite(output, start, (Writer: this, Output: output), static (to, value, length) =>
        {
            var rest = value.AsSpan(0, length);
            for (int found; (found = rest.IndexOfAny(to.Writer._special)) >= 0; rest = rest[(found + 1)..])
            {
                to.Output.Bytes(rest[..found]);
                to.Output.Byte((byte)'\\');
                to.Output.Byte(Letter(rest[found]));
            }

            to.Output.Bytes(rest);
        });
    }

    private static byte Letter(byte value) => value switch
    {
        (byte)'\b' => (byte)'b',
        (byte)'\t' => (byte)'t',
        (byte)'\n' => (byte)'n',
        (byte)'\v' => (byte)'v',
        (byte)'\f' => (byte)'f',
        (byte)'\r' => (byte)'r',
        _ => value,
    };
}

internal sealed class CopyCsvWriter : CopyLineWriter
{
    private readonly CopyOptions _options;
    private readonly SearchValues<byte> _special;
    private readonly bool[] _isForced;

    public CopyCsvWriter(CopyOptions options, IReadOnlyList<string> columns)
        : base(options, columns)
    {
        _options = options;
        _special = SearchValues.Create([options.Delimiter, options.Quote, (byte)'\r', (byte)'\n']);
        _isForced = new bool[columns.Count];
        if (options.ForceQuoteAll) _isForced.AsSpan().Fill(true);
        foreach (var column in options.ForceQuote) _isForced[column] = true;
    }

    public override void EndField(ByteWriter output, int start) => Escape(output, start, _isForced[Column - 1]);

    private protected override void Escape(ByteWriter output, int start, bool isForced)
    {
        var text = output.WrittenSpan[start..];
        if (!isForced && !MustQuote(text)) return;
        Rewrite(output, start, (Options: _options, Output: output), static (to, value, length) =>
        {
            var (quote, escape) = (to.Options.Quote, to.Options.Escape);
            to.Output.Byte(quote);
            var rest = value.AsSpan(0, length);
            for (int found; (found = rest.IndexOfAny(quote, escape)) >= 0; rest = rest[(found + 1)..])
            {
                to.Output.Bytes(rest[..found]);
                to.Output.Byte(escape);
                to.Output.Byte(rest[found]);
            }

            to.Output.Bytes(rest);
            to.Output.Byte(quote);
        });
    }

    // \. alone on a line would be the end of the data.
    private bool MustQuote(ReadOnlySpan<byte> text) =>
        text.SequenceEqual(_options.Null) || text.IndexOfAny(_special) >= 0 || (_isForced.Length == 1 && text.SequenceEqual("\\."u8));
}
