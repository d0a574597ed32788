using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Remote.Generic;

/// <summary>
/// What means the same in every SQL: columns of one table, and conditions of integers (comparisons, IN, BETWEEN), IS NULL, AND, OR, NOT.
/// </summary>
/// <remarks>
/// Text is not compared there (collations differ), nor are dates and decimals (what their literals mean does), nor booleans (some
/// servers keep any number in one).
/// </remarks>
public sealed class TableSpeech(ServerNames names) : Speech
{
    public override string Server => "this server";

    public override RemoteQuery? Say(Query query)
    {
        if (query is not Select
            {
                From: [TableRef { Relation: { } relation, Sample: null }], GroupBy.IsEmpty: true, Having: null, OrderBy.IsEmpty: true,
                Limit: null, Offset: null, Distinct: false, DistinctOn.IsEmpty: true, With: null, Into: null,
            } select
            || !select.Locking.IsDefaultOrEmpty
            || relation.Kind is not (RelationKind.Table or RelationKind.View) || QueryFacts.IsCatalog(relation))
        {
            Why = "More than one table's rows is asked for: it is computed in the gateway.";
            return null;
        }

        var columns = new List<string>();
        foreach (var item in select.Items)
            switch (item.Value)
            {
                case ColumnRef { Column: { Column: { } column, LevelsUp: 0 } }:
                    columns.Add(names.Column(column));
                    break;
                case var value when ReferenceEquals(value, Part.One):
                    columns.Add("1");
                    break;
                default:
                    Why = "Expressions are computed in the gateway.";
                    return null;
            }

        if (columns.Count == 0) return null;
        var condition = new TableCondition(names);
        if (select.Where is { } where && !condition.Write(where))
        {
            Why = "A condition that not every server understands alike is computed in the gateway.";
            return null;
        }

        var text = $"SELECT {string.Join(", ", columns.Select((column, i) => $"{column} AS {names.Quote(string.Create(CultureInfo.InvariantCulture, $"c{i}"))}"))} FROM {names.Table(relation)}";
        return new RemoteQuery(select.Where is null ? text : $"{text} WHERE {condition}", [.. condition.Inputs], QueryTypes.Of(query));
    }
}
