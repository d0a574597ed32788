using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Parsing;

/// <summary>
/// The grammar, one method per rule: recursive descent, with precedence climbing for operators and set operations.
/// This file holds the cursor over the tokens and the rules for names; the others hold a chapter each.
/// </summary>
internal sealed partial class Grammar : IDisposable
{
    /// <summary>How deeply rules may call each other; a level takes about 1 kB of stack.</summary>
    private const int MaxNesting = 1000;

    /// <summary>How deep a tree may be, for those that walk it by recursion. Chains of operators count, too.</summary>
    private const int MaxHeight = 2000;

    private readonly string _sql;
    private readonly PgException? _lexicalError;
    private readonly Token[] _tokens;
    private readonly int _count;
    private int _at;
    private TokenKind _kind;
    private Keyword _word;
    private int _nesting;

    /// <summary>An upper bound of the height of what has been read since the innermost <see cref="Enter"/>.</summary>
    private int _height;

    public Grammar(string sql)
    {
        _sql = sql;
        var tokens = ArrayPool<Token>.Shared.Rent(Math.Max(64, sql.Length / 4));
        var count = 0;
        var lexer = new Lexer(sql);
        while (true)
        {
            if (count == tokens.Length)
            {
                var larger = ArrayPool<Token>.Shared.Rent(count * 2);
                tokens.AsSpan(0, count).CopyTo(larger);
                ArrayPool<Token>.Shared.Return(tokens);
                tokens = larger;
            }

            var token = lexer.Next();
            tokens[count++] = token;
            if (token.Kind is TokenKind.End or TokenKind.Error) break;
        }

        _tokens = tokens;
        _count = count;
        _lexicalError = lexer.Error;
        _at = -1;
    }

    public void Dispose() => ArrayPool<Token>.Shared.Return(_tokens);

    public ImmutableArray<Statement> Script()
    {
        Advance();
        var statements = new ListBuilder<Statement>();
        while (_kind != TokenKind.End)
        {
            if (Accept(TokenKind.Semicolon)) continue;
            statements.Add(StatementRule());
            if (_kind is not (TokenKind.Semicolon or TokenKind.End)) throw Unexpected();
        }

        return statements.ToImmutable();
    }

    public Expr SingleExpression()
    {
        Advance();
        var value = Expression();
        return _kind == TokenKind.End ? value : throw Unexpected();
    }

    private ref readonly Token Current => ref _tokens[_at];

    private int Here => _tokens[_at].Offset;

    /// <summary>Where the last token that was taken ends.</summary>
    private int LastEnd => _at == 0 ? 0 : _tokens[_at - 1].End;

    private void Advance()
    {
        ref readonly var token = ref _tokens[++_at];
        _kind = token.Kind;
        _word = token.Word;
        if (_kind == TokenKind.Error) throw _lexicalError!;
    }

    private void Rewind(int at)
    {
        _at = at - 1;
        Advance();
    }

    private TokenKind PeekKind(int ahead = 1) => _at + ahead < _count ? _tokens[_at + ahead].Kind : TokenKind.End;

    private Keyword PeekWord(int ahead = 1) => PeekKind(ahead) == TokenKind.Identifier ? _tokens[_at + ahead].Word : Keyword.NoWord;

    private bool Accept(TokenKind kind)
    {
        if (_kind != kind) return false;
        Advance();
        return true;
    }

    private bool Accept(Keyword word)
    {
        if (_word != word) return false;
        Advance();
        return true;
    }

    /// <summary>Takes two words, or none of them.</summary>
    private bool Accept(Keyword first, Keyword second)
    {
        if (_word != first || PeekWord() != second) return false;
        Advance();
        Advance();
        return true;
    }

    /// <summary>Takes the first word when it is there, and then insists on the second.</summary>
    private bool AcceptThen(Keyword first, Keyword second)
    {
        if (!Accept(first)) return false;
        Expect(second);
        return true;
    }

    private bool Accept(Keyword first, Keyword second, Keyword third)
    {
        if (_word != first || PeekWord() != second || PeekWord(2) != third) return false;
        Advance();
        Advance();
        Advance();
        return true;
    }

    private void Expect(TokenKind kind)
    {
        if (!Accept(kind)) throw Unexpected();
    }

    private void Expect(Keyword word)
    {
        if (!Accept(word)) throw Unexpected();
    }

    private void Expect(Keyword first, Keyword second)
    {
        Expect(first);
        Expect(second);
    }

    /// <summary>IF EXISTS.</summary>
    private bool IfExists() => Accept(Keyword.If, Keyword.Exists);

    /// <summary>IF NOT EXISTS.</summary>
    private bool IfNotExists()
    {
        if (!Accept(Keyword.If, Keyword.Not)) return false;
        Expect(Keyword.Exists);
        return true;
    }

    /// <summary>CASCADE; RESTRICT is the default.</summary>
    private bool Cascade() => Accept(Keyword.Cascade) || (Accept(Keyword.Restrict) && false);

    private PgException Unexpected() => Unexpected(_at);

    private PgException Unexpected(int at)
    {
        ref readonly var token = ref _tokens[at];
        return token.Kind == TokenKind.End
            ? PgException.Syntax("syntax error at end of input", token.Offset + 1)
            : PgException.Syntax($"syntax error at or near \"{_sql.AsSpan(token.Offset, token.Length)}\"", token.Offset + 1);
    }

    private static PgException Invalid(string message, int offset) => PgException.Syntax(message, offset + 1);

    private static PgException Unsupported(string what, int offset) => PgException.Unsupported(what + " is not supported", offset + 1);

    private static PgException TooDeep() => new(SqlStates.StatementTooComplex, "stack depth limit exceeded");

    /// <summary>Begins a rule that can contain itself; returns what <see cref="Leave"/> wants back.</summary>
    private int Enter()
    {
        if (++_nesting > MaxNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw TooDeep();
        var outer = _height;
        _height = 0;
        return outer;
    }

    private void Leave(int outer)
    {
        _nesting--;
        Grow();
        if (outer > _height) _height = outer;
    }

    /// <summary>Counts one more level on top of what has been read.</summary>
    private void Grow(int levels = 1)
    {
        if ((_height += levels) > MaxHeight) throw TooDeep();
    }

    /// <summary>The source between an offset and the last token taken.</summary>
    private string TextFrom(int start) => _sql[start..Math.Max(start, LastEnd)];

    private string TakeName()
    {
        var name = Literals.Identifier(_sql, Current);
        Advance();
        return name;
    }

    private bool IsIdentifier => _kind is TokenKind.Identifier or TokenKind.QuotedIdentifier or TokenKind.UnicodeIdentifier;

    private bool IsColumnName =>
        _kind == TokenKind.Identifier
            ? Keywords.Category(_word) <= KeywordCategory.ColumnName
            : _kind is TokenKind.QuotedIdentifier or TokenKind.UnicodeIdentifier;

    private bool IsFunctionName =>
        _kind == TokenKind.Identifier
            ? Keywords.Category(_word) is KeywordCategory.Unreserved or KeywordCategory.TypeOrFunction
            : _kind is TokenKind.QuotedIdentifier or TokenKind.UnicodeIdentifier;

    /// <summary>A name of a column, table and most other things.</summary>
    private string Name() => IsColumnName ? TakeName() : throw Unexpected();

    /// <summary>A name where any key word will do: behind AS and behind a dot.</summary>
    private string Label() => IsIdentifier ? TakeName() : throw Unexpected();

    private string FunctionOrTypeName() => IsFunctionName ? TakeName() : throw Unexpected();

    /// <summary>A name of a role, setting value and the like, where reserved words need not be quoted.</summary>
    private string NonReserved() =>
        IsIdentifier && Keywords.Category(_word) != KeywordCategory.Reserved ? TakeName() : throw Unexpected();

    private QualifiedName Qualified()
    {
        var start = Here;
        var first = Name();
        if (_kind != TokenKind.Dot) return new QualifiedName([first]) { Position = start };
        var parts = ImmutableArray.CreateBuilder<string>(2);
        parts.Add(first);
        while (Accept(TokenKind.Dot)) parts.Add(Label());
        return new QualifiedName(parts.DrainToImmutable()) { Position = start };
    }

    private ImmutableArray<QualifiedName> QualifiedList()
    {
        var names = new ListBuilder<QualifiedName>();
        do names.Add(Qualified());
        while (Accept(TokenKind.Comma));
        return names.ToImmutable();
    }

    private ImmutableArray<string> Names()
    {
        var names = new ListBuilder<string>();
        do names.Add(Name());
        while (Accept(TokenKind.Comma));
        return names.ToImmutable();
    }

    /// <summary>(a, b)</summary>
    private ImmutableArray<string> ParenthesizedNames()
    {
        Expect(TokenKind.OpenParen);
        var names = Names();
        Expect(TokenKind.CloseParen);
        return names;
    }

    private ImmutableArray<string> OptionalNames() => _kind == TokenKind.OpenParen ? ParenthesizedNames() : [];

    private bool IsString => Current.IsString;

    private string StringValue()
    {
        if (!Current.IsString) throw Unexpected();
        var value = Literals.String(_sql, Current);
        Advance();
        return value;
    }

    /// <summary>The token as written.</summary>
    private string TakeText()
    {
        var token = Current;
        Advance();
        return _sql.Substring(token.Offset, token.Length);
    }
}
