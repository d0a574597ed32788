using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Catalog;

/// <summary>The columns a view speaks of.</summary>
internal static class ViewReads
{
    /// <summary>The names in a view mean what they meant when it was made: relations it is known to read.</summary>
    public static IReadOnlyList<string> PathOf(CatalogImage image, RelationInfo view) =>
        [.. view.DependsOn.Select(oid => image.FindRelation(oid)?.Schema).OfType<string>().Append(view.Schema).Append("public").Distinct(StringComparer.Ordinal)];

    /// <summary>Pairs of a relation's OID and a column's number; 0 for a relation of which no column is named, or not known to be.</summary>
    public static IEnumerable<(uint Relation, int Column)> Of(CatalogImage image, RelationInfo view)
    {
        var read = new SortedSet<(uint Relation, int Column)>();
        try
        {
            // A server need not say what its views are made of.
            if (view.Definition is { } definition)
            {
                var bound = new Analyzer(image.Schema, PathOf(image, view)).Bind(new QueryStatement(Parser.ParseQuery(definition)), []);
                new Columns(read).Visit(((QueryStatement)bound.Tree).Query);
            }
        }
        catch (PgException)
        {
            // What it reads is known all the same.
        }

        var known = view.DependsOn.ToHashSet();
        read.RemoveWhere(column => !known.Contains(column.Relation));
        foreach (var column in read) known.Remove(column.Relation);
        foreach (var relation in known) read.Add((relation, 0));
        return read;
    }

    private sealed class Columns(ISet<(uint, int)> found) : TreeWalker
    {
        protected override bool Enter(Expr expression)
        {
            if (expression is ColumnRef { Column: { Relation: { } relation, Column: { } column } }) found.Add((relation.Oid, column.Number));
            return true;
        }
    }
}
