using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Statements;

/// <summary>A statement ready for one backend: analyzed, rendered, with the codecs of its parameters and columns.</summary>
/// <remarks>Immutable and shared by all sessions.</remarks>
public sealed class Translation
{
    // Measured with the statements of bench/Translation, rounded up.
    private const int Overhead = 1024;
    private const int TreeBytesPerChar = 80;
    private const int BytesPerColumn = 300;

    private readonly Dialect _dialect;
    private readonly IReadOnlyList<string> _searchPath;
    private readonly uint[] _declared;

    private Translation(
        BoundStatement bound, Plan plan, Dialect dialect, SchemaSnapshot schema, IReadOnlyList<string> searchPath, uint[] declared)
    {
        Bound = bound;
        Plan = plan;
        _dialect = dialect;
        SchemaVersion = schema.Version;
        _searchPath = searchPath;
        _declared = declared;
        Tag = CommandTag.Of(bound.Tree);
        Writes = bound.Tree is not QueryStatement { Query: { } query } || HasWriters(query);
        ParameterTypes = bound.ParameterTypes;
        ParameterCodecs = [.. bound.ParameterTypes.Select(Codecs.Get)];
        Result = ResultShape.Of(bound.Columns);
        Size = Overhead + (bound.Tree.Length * (long)TreeBytesPerChar) + (plan.TextLength * sizeof(char)) + (bound.Columns.Length * (long)BytesPerColumn);
    }

    /// <summary>Estimated bytes held: the analyzed tree, the backend's text, codecs and descriptions of the columns.</summary>
    public long Size { get; }

    public BoundStatement Bound { get; }

    public Plan Plan { get; }

    public CommandTag Tag { get; }

    public long SchemaVersion { get; }

    /// <summary>May change data or schema: refused in a read-only transaction.</summary>
    public bool Writes { get; }

    /// <summary>It changes nothing, sequences and locks included: it may run on a replica, and once more when its instance dies.</summary>
    public bool OnlyReads => !Writes && Bound.IsReadOnly;

    public bool ReturnsRows => Bound.ReturnsRows;

    public IReadOnlyList<uint> ParameterTypes { get; }   // boxed once

    public ImmutableArray<Codec> ParameterCodecs { get; }

    public ResultShape Result { get; }

    /// <summary>The translation of <paramref name="source"/> for this schema and search path: a kept one or a new one.</summary>
    /// <exception cref="PgException">Whatever is wrong with the statement.</exception>
    public static Translation Of(
        ParsedStatement source, SchemaSnapshot schema, IReadOnlyList<string> searchPath, Dialect dialect, ReadOnlySpan<uint> declared)
    {
        if (source.Find(dialect, schema.Version, searchPath, declared) is { } known) return known;
        using var scope = TypeScope.Enter(schema.Types, searchPath);
        try
        {
            var bound = new Analyzer(schema, searchPath).Bind(source.Tree, declared);
            var translation = new Translation(bound, dialect.Render(bound), dialect, schema, searchPath, declared.ToArray());
            source.Keep(translation);
            return translation;
        }
        catch (PgException error)
        {
            if (source.InCharacters(error) is var counted && !ReferenceEquals(counted, error)) throw counted;
            throw;
        }
    }

    public bool Fits(Dialect dialect, long schemaVersion, IReadOnlyList<string> searchPath, ReadOnlySpan<uint> declared) =>
        SchemaVersion == schemaVersion
        && ReferenceEquals(_dialect, dialect)
        && (ReferenceEquals(_searchPath, searchPath) || _searchPath.SequenceEqual(searchPath))
        && declared.SequenceEqual(_declared);

    private static bool HasWriters(Query query) =>
        (query.With is { } with && with.Tables.Any(table => table.Statement is not QueryStatement))
        || query is Select { Into: not null };
}
