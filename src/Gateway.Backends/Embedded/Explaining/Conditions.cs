using System.Text.RegularExpressions;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Postgres;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Explaining;

/// <summary>The conditions of a statement's outermost level, each told once: at the table that is sought or read by it, or above the join.</summary>
internal sealed partial class Conditions
{
    private readonly List<Expr> _open = [];
    private readonly bool _prefix;

    /// <param name="prefix">Columns are told with their tables: there are several.</param>
    public Conditions(IEnumerable<Expr?> conditions, bool prefix)
    {
        _prefix = prefix;
        foreach (var condition in conditions) Split(condition);

        void Split(Expr? condition)
        {
            switch (condition)
            {
                case null: break;
                case And and: Split(and.Left); Split(and.Right); break;
                default: _open.Add(condition); break;
            }
        }
    }

    /// <summary>The condition by which a column is looked up.</summary>
    public string? Take(string alias, string? column, string comparison)
    {
        var found = _open.FirstOrDefault(condition => column is not null && Looks(condition, alias, column, comparison));
        if (found is null) return null;
        _open.Remove(found);
        return Text(found);
    }

    /// <summary>What is tested of the tables alone; null for nothing.</summary>
    public (string? Text, int Count) Rest(IReadOnlyCollection<string> tables)
    {
        var found = _open.Where(condition => Sources.Of(condition) is { } sources && sources.All(tables.Contains)).ToList();
        if (found.Count == 0) return default;
        _open.RemoveAll(found.Contains);
        return (Text(found.Aggregate((left, right) => new And(left, right) { Type = new TypeRef(Oids.Bool) })), found.Count);
    }

    public static string? Text(Expr expression, bool prefix)
    {
        try
        {
            return Breaks().Replace(new Deparser(pretty: false, prefix).Alone(expression), " ");
        }
        catch (PgException)
        {
            return null;
        }
    }

    // A subquery is laid out over several lines; here it is one.
    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex Breaks();

    private string? Text(Expr expression) => Text(expression, _prefix);

    private static bool Looks(Expr condition, string alias, string column, string comparison)
    {
        return condition switch
        {
            BinaryOp e => (Is(e.Left) && e.Operator.Symbol.StartsWith(comparison, StringComparison.Ordinal))
                || (Is(e.Right) && Turned(e.Operator.Symbol).StartsWith(comparison, StringComparison.Ordinal)),
            InList { Negated: false } e => comparison == "=" && Is(e.Operand),
            InSubquery { Negated: false } e => comparison == "=" && Is(e.Operand),
            Quantified { All: false } e => comparison == "=" && Is(e.Left),
            Between { Negated: false } e => comparison is "<" or ">" && Is(e.Operand),
            IsNull { Negated: false } e => comparison is "=" or " IS " && Is(e.Operand),
            _ => false,
        };

        bool Is(Expr side) => side is ColumnRef { Column: { LevelsUp: 0 } found } && found.Source == alias && (found.Name == column || (found.Name == "ctid" && found.Column is null));

        static string Turned(string symbol) => symbol switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", _ => symbol };
    }

    private sealed class Sources : TreeWalker
    {
        private readonly HashSet<string> _found = new(StringComparer.Ordinal);

        public static HashSet<string> Of(Expr expression)
        {
            var walker = new Sources();
            walker.Visit(expression);
            return walker._found;
        }

        protected override bool Enter(Expr expression)
        {
            if (expression is ColumnRef { Column: { Source: { } source } column } && column.LevelsUp == Depth) _found.Add(source);
            return true;
        }
    }
}
