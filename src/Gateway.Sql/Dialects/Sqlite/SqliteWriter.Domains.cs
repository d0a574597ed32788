using System.Globalization;
using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>The constraints of domains.</summary>
internal sealed partial class SqliteWriter
{
    /// <summary>A value that is held to a domain: it is computed once, whatever the checks look like.</summary>
    private string Held(string value, uint domain)
    {
        var tests = Tests(domain, "value", "domain_raise");
        return tests.Count == 0
            ? value
            : $"(WITH held(value) AS MATERIALIZED (SELECT {value}) SELECT CASE {string.Join(' ', tests)} ELSE \"value\" END FROM held)";
    }

    /// <summary>The condition of a CHECK that holds a column to its domain; null when there is nothing to check.</summary>
    internal string? DomainCheck(uint domain, string column)
    {
        var tests = Tests(domain, column, "domain_fail");
        return tests.Count == 0 ? null : $"CASE {string.Join(' ', tests)} ELSE 1 END";
    }

    /// <summary>The branches of a CASE, each for one constraint that is broken, those of the innermost domain first.</summary>
    /// <param name="fail">Fails with the error of constraint 0 (NOT NULL) or of a check.</param>
    private List<string> Tests(uint domain, string column, string fail)
    {
        var tests = new List<string>();
        var name = EmbeddedNames.Quote(column);
        foreach (var type in Domains.Chain(domain))
        {
            if (type.Domain!.NotNull) tests.Add($"WHEN {name} IS NULL THEN pg_{fail}({Number(type.Oid)}, 0, {name})");
            var value = Domains.ValueOf(type.Schema, Domains.Below(new TypeRef(type.Oid)));
            foreach (var check in type.Domain.Checks.OrderBy(check => check.Name, StringComparer.Ordinal))
            {
                var bound = new Analyzer(SchemaSnapshot.OnlyTypes, ["public"]).BindExpression(Parser.ParseExpression(check.Expression), value, new TypeRef(Oids.Bool));
                tests.Add($"WHEN NOT ({new SqliteWriter(functions) { _heldColumn = column }.Standalone(bound)}) THEN pg_{fail}({Number(type.Oid)}, {Number(check.Oid)}, {name})");
            }
        }

        return tests;
    }

    /// <summary>The column that VALUE stands for.</summary>
    private string? _heldColumn;

    private static string Number(uint oid) => oid.ToString(CultureInfo.InvariantCulture);
}
