using System.Collections.Immutable;
using Gateway.Sql.Dialects;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Statements;

/// <summary>A query string after parsing: shared by every session of the node that sends the same text.</summary>
public sealed class ParsedScript(ImmutableArray<ParsedStatement> statements, long size)
{
    public ImmutableArray<ParsedStatement> Statements { get; } = statements;

    /// <summary>Estimated bytes held, for the cache's limit.</summary>
    public long Size { get; } = size;
}

/// <summary>One statement of a script, with the translations made of it so far.</summary>
/// <param name="wideText">The script's text when it holds characters outside the basic plane, else null.</param>
public sealed class ParsedStatement(Statement tree, string? wideText = null)
{
    // A handful of entries: parameter types × search paths. Replaced as a whole, so that readers need no lock.
    private Translation[] _translations = [];

    public Statement Tree { get; } = tree;

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
        var fresh = current.Where(t => t.SchemaVersion >= translation.SchemaVersion).TakeLast(7);
        Volatile.Write(ref _translations, [.. fresh, translation]);
    }
}
