using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Translation;

/// <summary>Functions that are more than a rule over converted arguments.</summary>
internal sealed partial class Translator
{
    private Term Function(FunctionCall call, Scope scope)
    {
        switch (call.Name)
        {
            case "LAST_IDENTITY": return new Term(Bind(session.LastIdentity), IrisType.Integer);
            case "USER": return Special(new SpecialValue("USER"));
            case "DATABASE": return Special(new SpecialValue("$NAMESPACE"));
            case "$TSQL_NEWID": return new Term("iris_newid()", IrisType.VarChar(36));
            case "NOW": return Special(new SpecialValue("CURRENT_TIMESTAMP"));
            case "CURDATE": return Special(new SpecialValue("CURRENT_DATE"));
            case "CURTIME": return Special(new SpecialValue("CURRENT_TIME"));
            case "GETDATE" or "GETUTCDATE":
                var digits = call.Arguments.Count == 0 ? 0 : Translate(call.Arguments[0], scope).Value is long n ? (int)n : 0;
                return Special(new SpecialValue(call.Name, digits));
            case "UNIX_TIMESTAMP" when call.Arguments.Count == 0:
                return Call("UNIX_TIMESTAMP", Special(new SpecialValue("GETUTCDATE", 6)));
        }
        var terms = call.Arguments.Select(a => Translate(a, scope)).ToList();
        switch (call.Name)
        {
            case "COALESCE" or "NVL" or "ISNULL": return Coalesce(terms);
            case "IFNULL" when call.Escape: return Coalesce(terms);
            case "IFNULL": return IfNull(terms);
            case "NULLIF":
                var same = Compare(ComparisonOperator.Equal, terms[0], terms[1]);
                return Term.Of($"(CASE WHEN {same.Sql} THEN NULL ELSE {terms[0].Sql} END)", terms[0].Type, terms);
            case "GREATEST" or "LEAST": return Extreme(call.Name == "GREATEST" ? "max" : "min", terms);
            case "DECODE": return Decode(terms);
            case "TO_CHAR": return ToChar(terms);
            case "DATEPART" when terms[0].Value is "sqltimestamp": return Call("DATEPART:SQLTIMESTAMP", terms);
            case "TRIM": return Call("TRIM:BOTH", terms);
            case "%OBJECT": return terms[0].Type.IsStream ? terms[0] : throw Fail.With(-128, "%OBJECT needs a stream field");
            case "%OID": return terms[0];
            case "VECTOR_COSINE" or "VECTOR_DOT_PRODUCT": return Distance(call.Name, terms);
            case "HASHBYTES": return Call("HASHBYTES", terms[0], terms[1].Type.IsBinary ? terms[1] : new Term(TextOf(terms[1]), IrisType.Text));
            case "$LISTBUILD":
                return Term.Of("(" + string.Join($"||'{Functions.Lists.Separator}'||", terms.Select(t => $"coalesce({TextOf(t)},'')")) + ")", IrisType.List, terms);
            default: return Call(call.Name, terms);
        }
    }

    private Term Coalesce(List<Term> terms)
    {
        NoStreams(terms, "COALESCE");
        var type = Highest(terms.Select(t => t.Type));
        return Term.Of($"coalesce({string.Join(',', terms.Select(t => Converted(t, type).Sql))})", type, terms);
    }

    /// <summary>Without a third argument a value that is not NULL gives NULL.</summary>
    private Term IfNull(List<Term> terms)
    {
        NoStreams(terms, "IFNULL");
        var type = Highest(terms.Skip(1).Select(t => t.Type));
        var otherwise = terms.Count > 2 ? Converted(terms[2], type).Sql : "NULL";
        return Term.Of($"(CASE WHEN {terms[0].Sql} IS NULL THEN {Converted(terms[1], type).Sql} ELSE {otherwise} END)", type, terms);
    }

    /// <summary>NULL as soon as one argument is, which is SQLite's scalar max and min.</summary>
    private Term Extreme(string function, List<Term> terms)
    {
        NoStreams(terms, function);
        var type = Highest(terms.Select(t => t.Type));
        var result = Term.Of("", type, terms);
        var parts = terms.Select((t, i) => i == 0 ? (Converted(t, type) with { Order = result.Order }).Collated : Converted(t, type).Sql);
        return result with { Sql = $"{function}({string.Join(',', parts)})" };
    }

    /// <summary>NULL matches NULL.</summary>
    private Term Decode(List<Term> terms)
    {
        var results = new List<Term>();
        for (var i = 2; i < terms.Count; i += 2) results.Add(terms[i]);
        var hasDefault = terms.Count % 2 == 0;
        if (hasDefault) results.Add(terms[^1]);
        var type = CaseType(results);
        var sql = "(CASE";
        for (var i = 1; i + 1 < terms.Count; i += 2)
            sql += $" WHEN {Compare(ComparisonOperator.Equal, terms[0], terms[i]).Sql} OR ({terms[0].Sql} IS NULL AND {terms[i].Sql} IS NULL)"
                + $" THEN {Converted(terms[i + 1], type).Sql}";
        if (hasDefault) sql += $" ELSE {Converted(terms[^1], type).Sql}";
        return Term.Of(sql + " END)", type, terms);
    }

    private Term ToChar(List<Term> terms)
    {
        if (terms[0].Type.IsNumber) return Call("TO_CHAR:NUMBER", terms);
        if (terms.Count == 1)
            return terms[0].Type.IsDateTime ? Term.Of($"iris_odbc({Id(terms[0].Type)},{terms[0].Sql})", IrisType.Text, terms) : terms[0];
        return Call("TO_CHAR:MOMENT", terms) with { Order = TextOrder.Exact };
    }

    private Term Distance(string name, List<Term> terms)
    {
        foreach (var term in terms)
            if (term.Type.Kind is not (IrisKind.Vector or IrisKind.Null))
                throw Fail.With(-258, $"{name}: the operand is not a vector");
        return Call(name, terms);
    }

    private Term Vector(ToVector vector, Scope scope)
    {
        var element = vector.Element.ToString().ToUpperInvariant();
        List<Term> parts = [Translate(vector.Data, scope), Literal(element, IrisType.Text)];
        int? length = null;
        if (vector.Length is not null)
        {
            parts.Add(Translate(vector.Length, scope));
            if (parts[2].Value is { } value) length = (int)Numbers.Leading(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!);
        }
        if (parts[0].Type.Kind == IrisKind.Vector) return parts[0];
        return Call("TO_VECTOR", parts) with { Type = new IrisType(IrisKind.Vector, length, Element: element), Order = TextOrder.Exact };
    }

    private Term ConvertTerm(ConvertCall convert, Scope scope)
    {
        var operand = Translate(convert.Operand, scope);
        var target = TypeNames.ConvertTarget(convert.Target);
        if (operand.Type.IsStream) operand = operand with { Type = operand.Type.IsBinary ? IrisType.Binary : IrisType.Text };
        if (convert.Style is not null && Translate(convert.Style, scope).Value is not (null or 0L or 120L or 121L))
            throw Fail.NotSimulated("CONVERT with this style code");
        if (target.IsNumber && operand.Type.IsText && operand.Constant && operand.Value is string text && Numbers.Whole(text) is null)
            throw Fail.With(-141, $"Invalid input '{text}' to CONVERT");
        if (target.IsNumber && operand.Type.IsText)
        {
            var refused = $"CASE WHEN {operand.Sql} IS NOT NULL THEN iris_fail(-141,'Invalid input to CONVERT') END";
            operand = Term.Of($"coalesce({Call("?NUMBER", operand).Sql},{refused})", IrisType.Numeric(28, 9), operand);
        }
        return CastTerm(operand, target);
    }

    private Term JsonObjectTerm(JsonObject json, Scope scope)
    {
        List<Term> parts = [Literal(json.AbsentOnNull ? "absent" : "null", IrisType.Text)];
        foreach (var pair in json.Pairs)
        {
            parts.Add(Translate(pair.Key, scope));
            parts.Add(JsonValue(pair.Value, scope));
        }
        return Call("?JSONOBJECT", parts) with { Order = TextOrder.Exact };
    }

    private Term JsonArrayTerm(JsonArray json, Scope scope) =>
        Call("?JSONARRAY", [Literal(json.AbsentOnNull ? "absent" : "null", IrisType.Text), .. json.Items.Select(item => JsonValue(item, scope))])
            with { Order = TextOrder.Exact };

    private Term JsonValue(Expression value, Scope scope) =>
        JsonValue(Translate(value, scope), value is JsonObject or JsonArray or AggregateCall { Function: AggregateFunction.JsonArrayAgg });

    private Term JsonValue(Term term, bool json) =>
        Call("?JSONVALUE", term, Literal(json ? "json" : term.Type.IsNumber ? "number" : "text", IrisType.Text));

    private Term Xml(Expression expression, Scope scope)
    {
        switch (expression)
        {
            case XmlElement element:
                var attributes = element.Attributes.Select(a => (Label(a), Translate(a.Value, scope))).ToList();
                var content = element.Content.Select(c => (c is XmlElement or XmlForest, Translate(c, scope))).ToList();
                var open = string.Concat(attributes.Select(a => $"||{Bind(" " + a.Item1 + "=\"")}||coalesce({Call("?XML", a.Item2).Sql},'')||'\"'"));
                var body = string.Concat(content.Select(c => $"||coalesce({(c.Item1 ? c.Item2.Sql : Call("?XML", c.Item2).Sql)},'')"));
                return Term.Of($"({Bind("<" + element.Tag)}{open}||'>'{body}||{Bind("</" + element.Tag + ">")})", IrisType.Text,
                    attributes.Select(a => a.Item2).Concat(content.Select(c => c.Item2))) with { Order = TextOrder.Exact };
            case XmlForest forest:
                var items = forest.Items.Select(i => (Label(i), Translate(i.Value, scope))).ToList();
                var parts = items.Select(i => $"{Bind("<" + i.Item1 + ">")}||coalesce({Call("?XML", i.Item2).Sql},'')||{Bind("</" + i.Item1 + ">")}");
                return Term.Of($"({string.Join("||", parts)})", IrisType.Text, items.Select(i => i.Item2)) with { Order = TextOrder.Exact };
            default: throw Fail.NotSimulated(expression.GetType().Name);
        }

        static string Label(XmlItem item) => item.Alias?.Text ?? (item.Value as ColumnReference)?.Column.Text ?? "item";
    }

    private Term UserFunction(UserFunctionCall call) => call.Name.ToString().ToUpperInvariant() switch
    {
        "%SYSTEM_SQL.DEFAULTSCHEMA" => Literal(Storage.Catalog.DefaultSchema, IrisType.VarChar(128)),
        _ => throw Fail.With(-359, $"User defined SQL Function '{call.Name}' does not exist"),
    };

    private static void NoStreams(IEnumerable<Term> terms, string function)
    {
        if (terms.Any(t => t.Type.IsStream)) throw Fail.With(-37, $"{function} does not support stream fields");
    }
}
