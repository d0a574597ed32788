namespace IrisSimulator.Sql.Lexing;

/// <summary>Tokens with as much look-ahead as the grammar wants.</summary>
internal sealed class TokenReader(string sql)
{
    private readonly Lexer _lexer = new(sql);
    private readonly List<Token> _tokens = [];
    private int _index;

    public string Text => sql;

    /// <summary>Question marks taken so far.</summary>
    public int Parameters { get; private set; }

    public Token Current => Peek(0);

    public Token Peek(int ahead)
    {
        while (_tokens.Count <= _index + ahead)
        {
            if (_tokens.Count > 0 && _tokens[^1].Kind == TokenKind.End) return _tokens[^1];
            _tokens.Add(_lexer.Next());
        }
        return _tokens[_index + ahead];
    }

    public Token Take()
    {
        var token = Current;
        if (token.Kind != TokenKind.End) _index++;
        if (token.Kind == TokenKind.Parameter) Parameters = token.Ordinal;
        return token;
    }

    /// <summary>End of the last token taken, as an index into the text.</summary>
    public int TakenTo => _index == 0 ? 0 : _tokens[_index - 1].End;

    /// <summary>The current token opens a brace: the text up to the brace that closes it, which is taken too.</summary>
    public string TakeBraces()
    {
        var start = Current.Start;
        var depth = 0;
        for (var at = start; at < sql.Length; at++)
        {
            if (sql[at] is '"' or '\'')
            {
                at = sql.IndexOf(sql[at], at + 1);
                if (at < 0) break;
            }
            else if (sql[at] == '{') depth++;
            else if (sql[at] == '}' && --depth == 0)
            {
                Restart(at + 1);
                return sql[(start + 1)..at];
            }
        }
        throw new IrisError(-1, "Closing brace missing");
    }

    /// <summary>All text from the current token on.</summary>
    public string TakeRest()
    {
        var rest = sql[Math.Min(TakenTo, sql.Length)..];
        Restart(sql.Length);
        return rest;
    }

    private void Restart(int position)
    {
        _tokens.RemoveRange(_index, _tokens.Count - _index);
        _lexer.Resume(position, Parameters);
    }
}
