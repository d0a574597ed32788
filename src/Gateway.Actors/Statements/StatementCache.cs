using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Gateway.Sql.Parsing;
using Gateway.Types;

namespace Gateway.Actors.Statements;

/// <summary>Query strings by their bytes, parsed once per node; bounded by the bytes it holds. Thread-safe.</summary>
/// <remarks>
/// Two generations: what is used moves to the young one, and when that is full the old one is forgotten. So a hit costs one
/// look-up and no lock, and a statement in use is never evicted.
/// </remarks>
public sealed class StatementCache(long capacity = 32 * 1024 * 1024)
{
    // A tree takes about this many bytes per byte of text; a script is also worth its own overhead.
    private const int TreeBytesPerChar = 60;
    private const int Overhead = 1024;

    private Generation _young = new();
    private Generation _old = new();

    /// <exception cref="Gateway.Types.PgException">42601, 54001; nothing is kept then.</exception>
    public ParsedScript Parse(ReadOnlySpan<byte> sql)
    {
        if (_young.Lookup.TryGetValue(sql, out var script)) return script;
        if (!_old.Lookup.TryGetValue(sql, out script))
        {
            var text = Encoding.UTF8.GetString(sql);
            script = new ParsedScript(Read(text), text, Overhead + (sql.Length * (long)TreeBytesPerChar));
        }

        // One huge script must not push out everything else.
        if (script.Size <= capacity / 16) Keep(sql.ToArray(), script);
        return script;
    }

    private static ImmutableArray<ParsedStatement> Read(string text)
    {
        var target = TargetComment.Read(text);
        var wideText = text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? text : null;
        try
        {
            return [.. Parser.ParseScript(text).Select(tree => new ParsedStatement(tree, wideText) { Target = target })];
        }
        catch (PgException error) when (wideText is not null)
        {
            throw ParsedStatement.InCharacters(error, wideText);
        }
    }

    public long Size => _young.Size + _old.Size;

    private void Keep(byte[] sql, ParsedScript script)
    {
        var young = _young;
        if (!young.Scripts.TryAdd(sql, script)) return;

        // Sessions keep scripts that were forgotten here: they hold on to the count, not to the generation.
        var held = young.Held;
        script.BelongsTo(bytes => Grow(held, bytes));
        Grow(held, script.Size);
    }

    private void Grow(ByteCount held, long bytes)
    {
        if (held.Add(bytes) <= capacity / 2 || _young is not { } young || young.Held != held) return;
        if (Interlocked.CompareExchange(ref _young, new Generation(), young) == young) _old = young;
    }

    private sealed class Generation
    {
        public Generation()
        {
            Scripts = new ConcurrentDictionary<byte[], ParsedScript>(Utf8Comparer.Instance);
            Lookup = Scripts.GetAlternateLookup<ReadOnlySpan<byte>>();
        }

        public ConcurrentDictionary<byte[], ParsedScript> Scripts { get; }

        public ConcurrentDictionary<byte[], ParsedScript>.AlternateLookup<ReadOnlySpan<byte>> Lookup { get; }

        public ByteCount Held { get; } = new();

        public long Size => Held.Bytes;
    }

    private sealed class ByteCount
    {
        private long _bytes;

        public long Bytes => Volatile.Read(ref _bytes);

        public long Add(long bytes) => Interlocked.Add(ref _bytes, bytes);
    }
}
