using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>The part of a remote statement that is computed here: rows come from sources, values from numbered inputs.</summary>
internal sealed partial class SqliteWriter
{
    // Null when the statement is the embedded engine's own: then $n is ?n.
    private List<Input>? _inputs;
    private string _sourceTables = "";
    private bool _streamed;
    private int _reads;

    /// <summary>Writes <paramref name="query"/>, whose tables are <see cref="SourceRef"/>s into <paramref name="sources"/>.</summary>
    /// <param name="collected">No source is streamed.</param>
    public LocalQuery Local(Query query, ImmutableArray<RowSource> sources, bool collected = false)
    {
        _inputs = [];
        _streamed = !collected && sources.Length == 1 && SourceUse.IsStreamed(query);
        if (!_streamed) Collect(sources);
        return new LocalQuery(Query(query, null), [.. _inputs], sources, QueryTypes.Of(query));
    }

    /// <summary>Sources that are read more than once, or in no certain order, are read into common tables first.</summary>
    private void Collect(ImmutableArray<RowSource> sources) => _sourceTables = string.Join(", ", sources.Select((source, i) =>
        $"{SourceTable(i)} AS MATERIALIZED (SELECT {string.Join(", ", Enumerable.Range(0, Math.Max(1, source.Types.Length)).Select(c => $"c{c}"))} FROM pg_remote({i}))"));

    /// <summary>What was written reads a source twice although the tree does not.</summary>
    public bool ReadsTwice => _streamed && _reads > 1;

    /// <summary>The number of an input of a local query, from 1.</summary>
    private string Marker(Input input)
    {
        if (_inputs is not { } inputs) throw Unsupported($"input {input.Kind}");
        var i = inputs.IndexOf(input);
        if (i < 0)
        {
            i = inputs.Count;
            inputs.Add(input);
        }

        return string.Create(CultureInfo.InvariantCulture, $"?{i + 1}");
    }

    // They stand in front of the outermost query's own common tables.
    private string TakeSourceTables()
    {
        var tables = _sourceTables;
        _sourceTables = "";
        return tables;
    }

    private string Source(SourceRef source)
    {
        var alias = source.Alias!.Name;
        _reads++;
        _scope!.Add(new Source(alias, source.Columns));
        var columns = source.Columns.IsEmpty ? "c0" : string.Join(", ", source.Columns.Select((name, i) => $"c{i} AS {EmbeddedNames.Quote(name)}"));
        var table = _streamed ? $"pg_remote({source.Source})" : SourceTable(source.Source);
        return $"(SELECT {columns} FROM {table}) AS {EmbeddedNames.Quote(alias)}";
    }

    // No name that a client writes has a colon in front.
    private static string SourceTable(int source) => $"\":{source}\"";
}
