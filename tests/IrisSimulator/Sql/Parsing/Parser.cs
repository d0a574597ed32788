using IrisSimulator.Sql.Lexing;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

/// <summary>Recursive descent; one file per part of the language. This one holds the tools the others use.</summary>
internal sealed partial class Parser(string sql, IrisVersion version)
{
    /// <summary>Brackets, subqueries and CASEs inside one another.</summary>
    private const int DeepestNesting = 100;

    /// <summary>Operators of a statement: a chain of them makes a tree of that depth.</summary>
    private const int MostOperators = 3000;

    private readonly TokenReader _tokens = new(sql);
    private int _nesting;
    private int _operators;

    private Token Current => _tokens.Current;

    private bool At(string key) => _tokens.Current.Key == key;

    private bool At(string first, string second) => At(first) && _tokens.Peek(1).Key == second;

    private bool AtAny(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            if (At(key))
                return true;
        return false;
    }

    private bool Accept(string key)
    {
        if (!At(key)) return false;
        _tokens.Take();
        return true;
    }

    private bool Accept(string first, string second)
    {
        if (!At(first, second)) return false;
        _tokens.Take();
        _tokens.Take();
        return true;
    }

    private void Expect(string key)
    {
        if (!Accept(key)) throw Fail(-1, $"{key} expected, {Current} found");
    }

    private void Expect(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys) Expect(key);
    }

    /// <summary>The first of the keys that is there; -1 when none is.</summary>
    private string ExpectAny(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            if (Accept(key))
                return key;
        throw Fail(-1, $"{string.Join(" or ", keys!)} expected, {Current} found");
    }

    private IrisError Fail(int code, string detail)
    {
        const int shown = 60;
        var end = Math.Min(Current.Start, sql.Length);
        var start = Math.Max(0, end - shown);
        return new(code, $"{detail} ^{(start > 0 ? "…" : "")}{sql[start..end]}");
    }

    private void Gate(string construct, int code)
    {
        if (!version.Has(construct)) throw Fail(code, $"{construct} is not known to version {version}");
    }

    /// <summary>One item or more, separated by commas.</summary>
    private List<T> List<T>(Func<T> item)
    {
        var items = new List<T> { item() };
        while (Accept(",")) items.Add(item());
        return items;
    }

    private List<T> Bracketed<T>(Func<T> item)
    {
        Expect("(");
        var items = List(item);
        Expect(")");
        return items;
    }

    private T Nested<T>(Func<T> inner)
    {
        if (++_nesting > DeepestNesting) throw Fail(-400, "<STACK> The statement is nested too deeply");
        var result = inner();
        _nesting--;
        return result;
    }

    private void CountOperator()
    {
        if (++_operators > MostOperators) throw Fail(-400, "<STACK> The statement has too many operators");
    }

    private bool AtName => Current.Kind == TokenKind.Delimited || (Current.Kind == TokenKind.Word && IsPlain(Current));

    /// <summary>Words with a $ in front are functions and variables, those with % mostly system names.</summary>
    private static bool IsPlain(Token word) => !Words.IsReserved(word.Key) && word.Key[0] != '$';

    private Name Name()
    {
        if (AtName)
        {
            var token = _tokens.Take();
            return new(token.Text, token.Kind == TokenKind.Delimited);
        }
        throw Current.Kind == TokenKind.Word
            ? Fail(-1, $"IDENTIFIER expected, reserved word {Current} found")
            : Fail(-1, $"IDENTIFIER expected, {Current} found");
    }

    /// <summary>object or schema.object.</summary>
    private QualifiedName QualifiedName()
    {
        var first = Name();
        var name = Accept(".") ? new QualifiedName(first, Name()) : new(null, first);
        // A class name comes from it, and those do not start so.
        if (name.Object is { Delimited: false, Text: ['_', >= '0' and <= '9', ..] }) throw Fail(-1, $"Invalid name {name}");
        return name;
    }

    /// <summary>[AS] alias, or null.</summary>
    private Name? Alias() => Accept("AS") || AtName ? Name() : null;

    private string QuotedText()
    {
        if (Current.Kind != TokenKind.String) throw Fail(-53, $"A quoted string expected, {Current} found");
        return _tokens.Take().Text;
    }

    private int Integer()
    {
        if (Current.Kind != TokenKind.Number || !int.TryParse(Current.Text, out var value)) throw Fail(-80, $"An integer expected, {Current} found");
        _tokens.Take();
        return value;
    }

    private List<string> Keywords(params ReadOnlySpan<string> allowed)
    {
        var keywords = new List<string>();
        while (AtAny(allowed)) keywords.Add(_tokens.Take().Key);
        return keywords;
    }

    private Parameter Marker() => new(_tokens.Take().Ordinal);

    private void NoParameters(int code, string what)
    {
        if (_tokens.Parameters > 0) throw Fail(code, $"Host variables are not allowed in {what}");
    }
}
