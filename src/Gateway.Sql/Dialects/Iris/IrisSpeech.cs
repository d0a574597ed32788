using System.Collections.Immutable;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>What IRIS can say.</summary>
internal sealed class IrisSpeech(IrisOptions options, HoistedValues hoisted) : Speech
{
    /// <summary>A planner for what IRIS holds.</summary>
    public static QueryPlanner Planner(IrisOptions options, SqliteDialect local, SchemaSnapshot schema) =>
        new(hoisted => new IrisSpeech(options, hoisted), local) { Schema = schema };

    public override string Server => "IRIS";

    public override Query Agreeing(Query query) => options.ExactComparison ? query : CaseFolding.In(query);

    public override Expr? Rewritten(Expr value) => IrisRewrites.Of(value);

    public override ImmutableArray<Expr>? Parts(FunctionCall aggregate) => IrisRewrites.Parts(aggregate);

    public override Expr Whole(FunctionCall aggregate, Func<Expr, Expr> output) => IrisRewrites.Whole(aggregate, output);

    public override bool ChoosesRowsBy(Expr value) => IrisWriter.DistanceOf(value) is not null;

    public override IEnumerable<string> NotesOf(RemoteQuery query)
    {
        if (query.Sql.Contains("\"SQLUser\".", StringComparison.Ordinal)) yield return "The schema public is SQLUser in IRIS.";
        if (OutOfOrder(query) is { } order) yield return $"Markers of IRIS have no numbers: the values are given in the order {order}.";
    }

    public override RemoteQuery? Say(Query query)
    {
        if (Write(query, out var writer) is not { } said) return TableRead.Of(query);
        if (writer.UsesTop) Note("LIMIT is written TOP.");
        return said;
    }

    public override bool Can(Query query)
    {
        var count = hoisted.Count;
        var can = Write(query, out _) is not null || TableRead.Of(query) is not null;
        hoisted.Truncate(count);
        return can;
    }

    private RemoteQuery? Write(Query query, out IrisWriter writer)
    {
        writer = new IrisWriter(options, hoisted);
        if (writer.Query(query, null) is { } sql) return new RemoteQuery(sql, [.. writer.Inputs], writer.ColumnTypes);
        Why = writer.Why;
        return null;
    }

    private static string? OutOfOrder(RemoteQuery remote)
    {
        var last = 0;
        foreach (var input in remote.Inputs)
            if (input.Kind == InputKind.Parameter && input.Number != ++last)
                return string.Join(", ", remote.Inputs.Where(other => other.Kind == InputKind.Parameter).Select(other => $"${other.Number}"));
        return null;
    }
}
