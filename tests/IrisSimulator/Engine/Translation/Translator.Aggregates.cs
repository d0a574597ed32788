using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Translation;

internal sealed partial class Translator
{
    private Term Aggregate(AggregateCall call, Scope scope)
    {
        if (scope.Clause is Clause.Where or Clause.GroupBy or Clause.From)
            throw Fail.With(-19, $"Aggregate functions are not allowed in the {scope.Clause} clause");
        if (scope.Clause == Clause.Aggregate) throw Fail.With(-1, "Aggregate functions cannot be nested");
        if (scope.Clause == Clause.Values) throw Fail.With(-19, "Aggregate functions are not allowed here");
        if (call.AfterHaving || call.DistinctBy.Count > 0) throw Fail.NotSimulated("%AFTERHAVING and DISTINCT BY inside an aggregate");

        var clause = scope.Clause;
        scope.Clause = Clause.Aggregate;
        var argument = call.Argument is null ? null : Translate(call.Argument, scope);
        var partition = call.ForEach?.Select(e => Translate(e, scope).Collated).ToList();
        scope.Clause = clause;
        if (argument?.Type.IsStream == true && call.Function != AggregateFunction.Count)
            throw Fail.With(-37, "Aggregate functions do not support stream fields");

        var over = partition is not null ? $" OVER (PARTITION BY {string.Join(',', partition)})" : scope.AggregatesPerRow ? " OVER ()" : "";
        if (over.Length > 0 && call.Distinct) throw Fail.NotSimulated("DISTINCT in an aggregate beside plain fields");
        var (sql, type) = Collected(call.Function, argument, call.Distinct ? "DISTINCT " : "", over);
        var term = new Term(sql, type) { Aggregate = over.Length == 0, Window = false, Field = partition is not null };
        return call.Function is AggregateFunction.Min or AggregateFunction.Max ? term with { Order = argument!.Order } : term;
    }

    private (string Sql, IrisType Type) Collected(AggregateFunction function, Term? argument, string distinct, string over)
    {
        // What COUNT leaves to SQLite's collation is collected by its key.
        if (distinct.Length > 0 && function is not (AggregateFunction.Count or AggregateFunction.Min or AggregateFunction.Max)) argument = Key(argument!);
        switch (function)
        {
            case AggregateFunction.Count when argument is null: return ($"count(*){over}", IrisType.BigInt);
            case AggregateFunction.Count: return ($"count({distinct}{argument!.Collated}){over}", IrisType.BigInt);
            case AggregateFunction.ApproxCountDistinct: return ($"count(DISTINCT {argument!.Collated}){over}", IrisType.BigInt);
            case AggregateFunction.Min or AggregateFunction.Max:
                return ($"{function.ToString().ToLowerInvariant()}({argument!.Collated}){over}", argument.Type);
            case AggregateFunction.List or AggregateFunction.XmlAgg or AggregateFunction.DList:
                var list = function == AggregateFunction.DList ? IrisType.List : IrisType.Text;
                return (Made(function.ToString().ToUpperInvariant(), list, Hex(argument!), distinct, over), list);
            case AggregateFunction.JsonArrayAgg:
                return (Made("JSONARRAY", IrisType.Text, Hex(JsonValue(argument!, json: false)), distinct, over), IrisType.VarChar(8192));
        }
        var real = argument!.Type.Kind == IrisKind.Double || argument.Type.IsText && function != AggregateFunction.Sum;
        var type = real ? IrisType.Double : function switch
        {
            AggregateFunction.Sum when argument.Type.Kind == IrisKind.BigInt => IrisType.BigInt,
            AggregateFunction.Sum when argument.Type.IsInteger || argument.Type.Kind is IrisKind.Date or IrisKind.Null => IrisType.Integer,
            AggregateFunction.Sum => IrisType.Numeric(18, argument.Type.Kind == IrisKind.Numeric ? argument.Type.Scale : 9),
            AggregateFunction.Avg => IrisType.Numeric(28, 18),
            _ => IrisType.Numeric(36, 17),
        };
        if (type.IsInteger) return ($"sum({distinct}{argument.Sql}){over}", type);
        if (real && function is AggregateFunction.Sum or AggregateFunction.Avg && real)
            return ($"{(function == AggregateFunction.Sum ? "sum" : "avg")}({distinct}{DoubleOf(argument)}){over}", type);
        var item = real ? $"printf('%!.17g',{DoubleOf(argument)})" : ExactOf(argument);
        if (real) item = $"CASE WHEN {argument.Sql} IS NOT NULL THEN {item} END";
        return (Made(NameOf(function), type, item, distinct, over), type);
    }

    private static string Made(string name, IrisType type, string item, string distinct, string over) =>
        $"iris_agg('{name}',{Id(type)},group_concat({distinct}{item}){over})";

    private string Hex(Term term) => Call("?HEX", term).Sql;

    private static string NameOf(AggregateFunction function) => function switch
    {
        AggregateFunction.Sum => "SUM",
        AggregateFunction.Avg => "AVG",
        AggregateFunction.StdDev or AggregateFunction.StdDevSamp => "STDDEV",
        AggregateFunction.StdDevPop => "STDDEVPOP",
        AggregateFunction.VarPop => "VARPOP",
        _ => "VARIANCE",
    };
}
