using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>One SELECT: FROM and WHERE, then grouping, then order and limit go to the backend as long as all below them did.</summary>
internal sealed class SelectSplit(Localizer localizer, Speech speech, Refused refused)
{
    public Select Split(Select select)
    {
        var where = Conjuncts.Of(select.Where);
        select = select with { From = new SourcePlanner(speech, refused).Plan(select.From, where), Where = Conjuncts.All(where) };
        NoteUnfiltered(select);
        if (select is { From: [PartRef { Part: var part }], Where: null })
        {
            var grouping = Grouping.Needed(select) ? Grouping.Push(select, part, speech) : null;
            if (grouping is not null || !Grouping.Needed(select)) select = Ordering.Push(select, part, grouping, speech);
            if (grouping is not null) return localizer.Finish(grouping.Rest(select));
        }

        return localizer.Finish(new PartColumns(select).Rewritten());
    }

    private void NoteUnfiltered(Select select)
    {
        if (select.Where is null) return;
        var wanted = ColumnUse.Of(select.Where).Aliases;
        foreach (var item in select.From)
            if (item is PartRef { Part: { Where.Count: 0, From: [TableRef table] } part } && part.Aliases.Overlaps(wanted))
                speech.Note($"Every row of {table.Name.Last} is read: its conditions are computed in the gateway.");
    }

    /// <summary>Columns of what was in FROM become columns of the parts that read it.</summary>
    private sealed class PartColumns : TreeRewriter
    {
        private readonly Select _select;
        private readonly Dictionary<string, Part> _parts = new(StringComparer.Ordinal);

        public PartColumns(Select select)
        {
            _select = select;
            foreach (var item in select.From) Collect(item);

            void Collect(FromItem item)
            {
                if (item is Join join)
                {
                    Collect(join.Left);
                    Collect(join.Right);
                }

                if (item is not PartRef { Part: var part }) return;
                foreach (var alias in part.Aliases) _parts[alias] = part;
            }
        }

        public Select Rewritten() => _parts.Count == 0 ? _select : (Select)Query(_select);

        protected override Expr? Replace(Expr expression) =>
            expression is ColumnRef { Column: { Source: { } source } column } reference
                && column.LevelsUp == Depth - 1 && _parts.TryGetValue(source, out var part)
                ? part.Output(reference with { Column = column with { LevelsUp = 0 } }, column.LevelsUp)
                : null;
    }
}
