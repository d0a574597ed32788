using System.Collections.Immutable;
using System.Text;
using Gateway.Sql.Dialects;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Statements;

/// <summary>A query string after parsing: shared by every session of the node that sends the same text.</summary>
public sealed class ParsedScript
{
    // PostgreSQL's track_activity_query_size, less the byte that ends it.
    private const int ShownBytes = 1023;

    private long _size;
    private Action<long>? _grew;

    /// <param name="text">What the client sent.</param>
    public ParsedScript(ImmutableArray<ParsedStatement> statements, string text, long size)
    {
        Statements = statements;
        Text = text;
        Shown = Encoding.UTF8.GetByteCount(text) <= ShownBytes ? text : Clip(text);
        _size = size;
        foreach (var statement in statements) statement.Script = this;
    }

    public ImmutableArray<ParsedStatement> Statements { get; }

    public string Text { get; }

    /// <summary>Its beginning, as pg_stat_activity shows it.</summary>
    public string Shown { get; }

    /// <summary>Estimated bytes held, translations included, for the cache's limit.</summary>
    public long Size => Volatile.Read(ref _size);

    /// <summary>Whom to tell when translations come or go: the part of the cache that holds it now.</summary>
    internal void BelongsTo(Action<long> grew) => Volatile.Write(ref _grew, grew);

    private static string Clip(string text)
    {
        var (bytes, length) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if ((bytes += rune.Utf8SequenceLength) > ShownBytes) break;
            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }

    internal void Grow(long bytes)
    {
        Interlocked.Add(ref _size, bytes);
        Volatile.Read(ref _grew)?.Invoke(bytes);
    }
}

/// <summary>One statement of a script, with the translations made of it so far.</summary>
/// <param name="wideText">The script's text when it holds characters outside the basic plane, else null.</param>
public sealed class ParsedStatement(Statement tree, string? wideText = null)
{
    // A handful of entries: parameter types × search paths. Replaced as a whole, so that readers need no lock.
    private Translation[] _translations = [];

    /// <summary>The script it stands in; null for one that is in no cache.</summary>
    internal ParsedScript? Script { get; set; }

    public Statement Tree { get; } = tree;

    /// <summary>The instance that a comment in front of the script asks for: primary, replica, reporting, or null.</summary>
    public string? Target { get; init; }

    /// <summary>An error in terms of what the client counts: characters, where .NET counts UTF-16 units.</summary>
    public PgException InCharacters(PgException error) => wideText is null ? error : InCharacters(error, wideText);

    public static PgException InCharacters(PgException error, string text)
    {
        if (error.Position is not { } position) return error;
        var wide = 0;
        for (var i = 0; i < position - 1 && i < text.Length; i++)
            if (char.IsLowSurrogate(text[i])) wide++;
        return wide == 0 ? error : error.At(position - wide);
    }

    public Translation? Find(Dialect dialect, long schemaVersion, IReadOnlyList<string> searchPath, ReadOnlySpan<uint> declared)
    {
        foreach (var translation in Volatile.Read(ref _translations))
            if (translation.Fits(dialect, schemaVersion, searchPath, declared)) return translation;
        return null;
    }

    public void Keep(Translation translation)
    {
        var current = Volatile.Read(ref _translations);
        Translation[] fresh = [.. current.Where(t => t.SchemaVersion >= translation.SchemaVersion).TakeLast(7), translation];

        // Two sessions may get here at once: then one of the translations is lost, and only one of them counts.
        if (Interlocked.CompareExchange(ref _translations, fresh, current) == current)
            Script?.Grow(fresh.Sum(t => t.Size) - current.Sum(t => t.Size));
    }
}
