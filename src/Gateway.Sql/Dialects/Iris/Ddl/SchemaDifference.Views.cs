using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris.Ddl;

internal sealed partial class SchemaDifference
{
    /// <summary>The gateway reads its views from their text. IRIS gets those that it can say as well, for others.</summary>
    private void CreateView(RelationInfo view)
    {
        if (Parser.ParseSingle(view.Definition!) is not QueryStatement { Query: var text }) return;
        var query = ((QueryStatement)new Analyzer(context.After, context.SearchPath).Bind(new QueryStatement(text), []).Tree).Query;

        // ORDER BY means nothing in a view of IRIS, and a view has no parameters.
        if (!query.OrderBy.IsDefaultOrEmpty) return;
        var hoisted = new HoistedValues();
        var writer = new IrisWriter(context.Options, hoisted);
        if (writer.Query(query, null) is not { } sql || writer.Inputs.Count > 0) return;
        var columns = string.Join(", ", view.Columns.Select(IrisNames.Column));
        Add(Phase.Views, $"CREATE VIEW {IrisNames.Table(view)} ({columns}) AS {sql}");
    }

    private void DropView(RelationInfo view) => Add(Phase.DropViews, $"DROP VIEW IF EXISTS {IrisNames.Table(view)}");
}
