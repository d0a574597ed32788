using System.Globalization;
using IrisSimulator.Engine.Execution;
using IrisSimulator.Engine.Functions;
using IrisSimulator.Engine.Storage;
using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Translation;

/// <summary>One statement's way from the tree to SQLite.</summary>
/// <param name="arguments">Values of the parameters; null while only preparing.</param>
internal sealed partial class Translator(Session session, IReadOnlyList<Argument>? arguments)
{
    private readonly Dictionary<string, CommonTable> _common = new(StringComparer.OrdinalIgnoreCase);
    private readonly DateTime _now = DateTime.Now;
    private int _aliases;

    private Catalog Catalog => session.Database.Catalog;

    /// <summary>Values of ?1, ?2… in the SQLite text.</summary>
    public List<object?> Bindings { get; } = [];
    public HashSet<TableDef> Tables { get; } = [];

    private string NewAlias() => "a" + ++_aliases;

    private string Bind(object? value)
    {
        if (value is null) return "NULL";
        if (value is long number and >= 0) return number.ToString(CultureInfo.InvariantCulture);
        Bindings.Add(value);
        return ":p" + Bindings.Count;
    }

    private Term Literal(object? value, IrisType type) =>
        new(Bind(value), type) { Constant = true, Value = value };

    public Argument ArgumentOf(Parameter parameter) => arguments is null ? new(null, IrisType.Null)
        : parameter.Ordinal <= arguments.Count ? arguments[parameter.Ordinal - 1]
        : throw Fail.With(-466, $"Parameter {parameter.Ordinal} is not bound");

    private static int Id(IrisType type) => TypeTable.NumberOf(type);

    /// <summary>A call of a function rule with terms that are converted to what it wants.</summary>
    private Term Call(string name, params IReadOnlyList<Term> terms)
    {
        var rule = FunctionTable.Find(name) ?? throw Fail.NotSimulated($"the function {name}");
        if (terms.Count < rule.Least) throw Fail.With(-380, $"{name}: too few arguments");
        if (terms.Count > rule.Most) throw Fail.With(-381, $"{name}: too many arguments");
        var type = rule.Result([.. terms.Select(t => t.Type)]);
        var parts = terms.Select((term, i) => Wanted(term, rule.WantOf(i), name));
        var sql = $"iris({FunctionTable.IndexOf(rule)},{Id(type)}{string.Concat(parts.Select(p => "," + p))})";
        // The text that a function makes is EXACT, whatever it was made of.
        return Term.Of(sql, type, terms) with { Order = TextOrder.Exact };
    }

    private static string Wanted(Term term, Want want, string function)
    {
        if (term.Type.IsStream && want != Want.Stream) throw Fail.With(-37, $"{function} does not support stream fields");
        return want switch
        {
            Want.Text => TextOf(term),
            Want.Stream when term.Type.IsBinary || term.Type.IsStream => term.Sql,
            Want.Stream => TextOf(term),
            Want.Number or Want.Whole => NumberOf(term),
            Want.Double => DoubleOf(term),
            Want.Moment => $"iris_moment({Id(term.Type)},{term.Sql})",
            _ => term.Sql,
        };
    }

    /// <summary>The logical value as text.</summary>
    private static string TextOf(Term term) => term.Type.Kind is IrisKind.VarChar or IrisKind.Guid or IrisKind.LongVarChar or IrisKind.Null
        ? term.Sql : $"iris_text({Id(term.Type)},{term.Sql})";

    private static string NumberOf(Term term) => term.Type.IsInteger || term.Type.Kind is IrisKind.Numeric or IrisKind.Date or IrisKind.Null
        ? term.Sql : $"iris_num({Id(term.Type)},{term.Sql})";

    private static string ExactOf(Term term) => term.Type.Kind is IrisKind.Numeric or IrisKind.Null
        ? term.Sql : $"iris_num({Id(term.Type)},{term.Sql})";

    private static string DoubleOf(Term term) => term.Type.Kind is IrisKind.Double or IrisKind.Null
        ? term.Sql : $"iris_double({Id(term.Type)},{term.Sql})";

    /// <summary>The term as a value of another type, as CASE, COALESCE and set operations convert.</summary>
    private static Term Converted(Term term, IrisType to)
    {
        if (term.Type.Kind == to.Kind || term.Type.Kind == IrisKind.Null) return term with { Type = to };
        if (to.IsInteger && term.Type.IsInteger) return term with { Type = to };
        var sql = to.Kind switch
        {
            IrisKind.VarChar or IrisKind.Guid or IrisKind.List or IrisKind.LongVarChar => TextOf(term),
            IrisKind.Numeric => ExactOf(term),
            IrisKind.Double => DoubleOf(term),
            IrisKind.Timestamp or IrisKind.PosixTime => $"iris_moment({Id(term.Type)},{term.Sql})",
            _ => $"iris_cast({Id(term.Type)},{Id(to)},{term.Sql})",
        };
        return Term.Of(sql, to, term) with { Order = to.IsText ? term.Order : TextOrder.Exact };
    }
}
