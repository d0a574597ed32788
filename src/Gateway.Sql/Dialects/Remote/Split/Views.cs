using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>Views made through the gateway are texts: their queries stand in the place of their names.</summary>
public static class Views
{
    public static bool IsText(RelationInfo relation) => relation is { Kind: RelationKind.View, Definition: not null, Remote: null or { Foreign: false } };

    /// <param name="schema">Where the names in their texts are looked up, in the view's own schema and then in public.</param>
    public static Query Expand(Query query, SchemaSnapshot schema) => new Expansion(schema, 0).Query(query);

    private sealed class Expansion(SchemaSnapshot schema, int depth) : TreeRewriter
    {
        // Views cannot read themselves; a schema that was changed behind our back might make them.
        private const int DeepestNesting = 32;

        protected override FromItem? Replace(FromItem item)
        {
            if (item is not TableRef { Relation: { } view } table || !IsText(view)) return null;
            if (depth == DeepestNesting) throw PgException.Unsupported($"view \"{view.Name}\" is nested too deeply");
            if (Parser.ParseSingle(view.Definition!) is not QueryStatement statement
                || new Analyzer(schema, [view.Schema, "public"]).Bind(statement, []).Tree is not QueryStatement { Query: var bound })
                throw PgException.Unsupported($"view \"{view.Name}\"");

            // Its own columns may have other names than those of its query.
            var renamed = table.Alias?.Columns ?? [];
            var names = view.Columns.Select((column, i) => i < renamed.Length ? renamed[i] : column.Name);
            return new SubqueryRef(new Expansion(schema, depth + 1).Query(bound), false)
            {
                Alias = new Alias(table.Alias?.Name ?? table.Name.Last, [.. names]),
                Position = table.Position,
            };
        }
    }
}
