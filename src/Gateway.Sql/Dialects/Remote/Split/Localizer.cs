using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>Splits a query that the backend cannot answer alone: what it returns reads sources instead of tables.</summary>
internal sealed class Localizer(Speech speech)
{
    private readonly List<RowSource> _sources = [];

    public ImmutableArray<RowSource> Sources => [.. _sources];

    /// <summary>A query at the outermost level, or one further in that the backend may answer alone.</summary>
    public Query Nested(Query query) => Whole(query) ?? Query(query);

    public Query Query(Query query)
    {
        if (!QueryFacts.ReadTables(query)) return query;
        query = CommonTables.Inline(query);
        if (query.With is not null) query = query with { With = query.With with { Tables = [.. query.With.Tables.Select(Table)] } };
        return query switch
        {
            Select select => Split(select),
            _ => new Inner(this).Children(query),
        };
    }

    /// <summary>The query as one source, if the backend answers it alone.</summary>
    private Select? Whole(Query query)
    {
        if (query is Select { Items.IsEmpty: true } || !QueryFacts.ReadTables(query) || ColumnUse.IsCorrelated(query) || speech.Say(query) is not { } source) return null;
        var names = QueryTypes.Names(query);
        var columns = ImmutableArray.CreateRange(Enumerable.Range(0, names.Count).Select(i => $"c{i}"));
        var from = new SourceRef(Add(source), columns) { Alias = new Alias("q", []) };
        return new Select
        {
            Items = [.. source.Types.Select((type, i) => new SelectItem(
                new ColumnRef(["q", columns[i]]) { Column = new BoundColumn("q", columns[i], type, null, Origins.Of(query, i), 0) { Index = i }, Type = type }, null) { OutputName = names[i] })],
            From = [from],
        };
    }

    // That a part can be read does not mean that each of its columns can.
    private Select Split(Select select)
    {
        var refused = new Refused();
        while (true)
        {
            var count = _sources.Count;
            try
            {
                return new SelectSplit(this, speech, refused).Split(select);
            }
            catch (PartRefused failure) when (refused.Add(failure.Part))
            {
                _sources.RemoveRange(count, _sources.Count - count);
            }
            catch (PartRefused failure)
            {
                throw PgException.Unsupported($"reading {failure.Part.Alias}: {speech.Why}");
            }
        }
    }

    private CommonTable Table(CommonTable table) => table.Statement is QueryStatement statement
        ? table with { Statement = statement with { Query = Nested(statement.Query) } }
        : table;

    private int Add(RowSource source)
    {
        _sources.Add(source);
        return _sources.Count - 1;
    }

    /// <summary>Puts sources in the place of parts, and splits the queries further in.</summary>
    public Select Finish(Select select) => (Select)new Inner(this).Children(select);

    private sealed class Inner(Localizer localizer) : TreeRewriter
    {
        public Query Children(Query query)
        {
            // Common tables are split before.
            var with = query.With;
            return Query(query with { With = null }) with { With = with };
        }

        protected override Query Nested(Query query) => localizer.Nested(query);

        // One row is enough to know whether there is any.
        protected override Expr? Replace(Expr expression) =>
            expression is Exists { Query: { Limit: null, WithTies: false } query } exists && !ColumnUse.IsCorrelated(query)
                ? exists with { Query = localizer.Nested(query with { Limit = new NumberLiteral("1") { Type = new TypeRef(Oids.Int8) } }) }
                : null;

        protected override FromItem? Replace(FromItem item)
        {
            if (item is not PartRef { Part: var part }) return null;
            var source = localizer.Add(localizer.Source(part));
            return new SourceRef(source, [.. part.Names]) { Alias = new Alias(part.Alias, []) };
        }
    }

    private RemoteQuery Source(Part part) =>
        speech.Say(part.Select()) ?? throw new PartRefused(part);
}
