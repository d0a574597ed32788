using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>Columns of one table and nothing else: what IRIS can always be asked for.</summary>
internal static class TableRead
{
    public static RemoteQuery? Of(Query query)
    {
        if (query is not Select
            {
                From: [TableRef { Relation: { } relation, Sample: null } table], Where: null, GroupBy.IsEmpty: true, Having: null,
                OrderBy.IsEmpty: true, Limit: null, Offset: null, Distinct: false, DistinctOn.IsEmpty: true, With: null,
            } select
            || relation.Kind == RelationKind.Sequence || QueryFacts.IsCatalog(relation)) return null;

        var names = new List<string>();
        foreach (var item in select.Items)
            switch (item.Value)
            {
                case ColumnRef { Column.Column: { } column }:
                    names.Add($"\"t\".{IrisNames.Column(column)}");
                    break;
                case ColumnRef { Column: { Column: null, Relation: not null, Name: "%ID" } }:
                    names.Add("\"t\".%ID");
                    break;
                case var value when ReferenceEquals(value, Part.One):
                    names.Add("1");
                    break;
                default:
                    return null;
            }

        return new RemoteQuery($"SELECT {string.Join(", ", names.Select((name, i) => $"{name} AS \"c{i}\""))} FROM {IrisNames.Table(relation)} AS \"t\"", [], QueryTypes.Of(query));
    }
}
