using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Parsing;

/// <summary>Prepared statements, cursors, EXPLAIN, notifications and maintenance.</summary>
internal sealed partial class Grammar
{
    private PrepareStatement PrepareRule()
    {
        Expect(Keyword.Prepare);
        var name = Name();
        var types = new ListBuilder<TypeName>();
        if (Accept(TokenKind.OpenParen))
        {
            do types.Add(Type());
            while (Accept(TokenKind.Comma));
            Expect(TokenKind.CloseParen);
        }

        Expect(Keyword.As);
        return new PrepareStatement(name, types.ToImmutable(), InnerStatement());
    }

    private ExecuteStatement ExecuteRule()
    {
        Expect(Keyword.Execute);
        var name = Name();
        if (!Accept(TokenKind.OpenParen)) return new ExecuteStatement(name, []);
        var arguments = ExpressionList();
        Expect(TokenKind.CloseParen);
        return new ExecuteStatement(name, arguments);
    }

    private DeallocateStatement DeallocateRule()
    {
        Expect(Keyword.Deallocate);
        if (_word == Keyword.Prepare && PeekKind() is not (TokenKind.End or TokenKind.Semicolon)) Advance();
        return new DeallocateStatement(Accept(Keyword.All) ? null : Name());
    }

    private DeclareCursor DeclareRule()
    {
        Expect(Keyword.Declare);
        var name = Name();
        var binary = false;
        bool? scroll = null;
        while (true)
        {
            if (Accept(Keyword.Binary)) binary = true;
            else if (Accept(Keyword.Scroll)) scroll = true;
            else if (Accept(Keyword.No, Keyword.Scroll)) scroll = false;
            else if (!Accept(Keyword.Insensitive) && !Accept(Keyword.Asensitive)) break;
        }

        Expect(Keyword.Cursor);
        var hold = AcceptThen(Keyword.With, Keyword.Hold);
        if (!hold) AcceptThen(Keyword.Without, Keyword.Hold);
        Expect(Keyword.For);
        var start = Here;
        var query = QueryRule();
        return new DeclareCursor(name, query) { Written = TextFrom(start), Binary = binary, Scroll = scroll, WithHold = hold };
    }

    private FetchStatement FetchRule()
    {
        var move = _word == Keyword.Move;
        Advance();
        var (direction, count) = FetchDirectionRule();
        if (!Accept(Keyword.From)) Accept(Keyword.In);
        return new FetchStatement(Name(), direction, count, move);
    }

    private (FetchDirection Direction, long? Count) FetchDirectionRule()
    {
        if (_kind is TokenKind.Plus or TokenKind.Minus or TokenKind.Integer) return (FetchDirection.Forward, SignedInteger());

        // Each of these words may be a cursor's name as well, then nothing follows.
        if (PeekKind() is TokenKind.End or TokenKind.Semicolon) return (FetchDirection.Forward, 1);
        switch (_word)
        {
            case Keyword.Next: return One(FetchDirection.Forward, 1);
            case Keyword.Prior: return One(FetchDirection.Backward, 1);
            case Keyword.First: return One(FetchDirection.Absolute, 1);
            case Keyword.Last: return One(FetchDirection.Absolute, -1);
            case Keyword.All: return One(FetchDirection.Forward, null);
            case Keyword.Absolute: return Counted(FetchDirection.Absolute);
            case Keyword.Relative: return Counted(FetchDirection.Relative);
            case Keyword.Forward: return Optional(FetchDirection.Forward);
            case Keyword.Backward: return Optional(FetchDirection.Backward);
            default: return (FetchDirection.Forward, 1);
        }

        (FetchDirection, long?) One(FetchDirection direction, long? count)
        {
            Advance();
            return (direction, count);
        }

        (FetchDirection, long?) Counted(FetchDirection direction)
        {
            Advance();
            return (direction, SignedInteger());
        }

        (FetchDirection, long?) Optional(FetchDirection direction)
        {
            Advance();
            if (Accept(Keyword.All)) return (direction, null);
            return (direction, _kind is TokenKind.Plus or TokenKind.Minus or TokenKind.Integer ? SignedInteger() : 1);
        }
    }

    private long SignedInteger()
    {
        var negative = Accept(TokenKind.Minus);
        if (!negative) Accept(TokenKind.Plus);
        return negative ? -Integer() : Integer();
    }

    private CloseCursor CloseRule()
    {
        Expect(Keyword.Close);
        return new CloseCursor(Accept(Keyword.All) ? null : Name());
    }

    private ExplainStatement ExplainRule()
    {
        Expect(Keyword.Explain);
        var options = new ListBuilder<StorageOption>();
        if (_kind == TokenKind.OpenParen && !OpensQuery())
        {
            foreach (var option in GenericOptions()) options.Add(option);
        }
        else
        {
            if (_word is Keyword.Analyze or Keyword.Analyse) options.Add(Flag("analyze"));
            if (_word == Keyword.Verbose) options.Add(Flag("verbose"));
        }

        var start = Here;
        var statement = ExplainableStatement(start) with { Position = start };
        return new ExplainStatement(statement with { Length = LastEnd - start }, options.ToImmutable());
    }

    private Statement ExplainableStatement(int start)
    {
        switch (_word)
        {
            case Keyword.Declare: return DeclareRule();
            case Keyword.Execute: return ExecuteRule();
            case Keyword.Refresh: return RefreshRule();
            case Keyword.Create:
                var created = CreateRule(start);
                return created is CreateTableAs ? created : throw Unexpected();
            default: return InnerStatement();
        }
    }

    /// <summary>One word taken as an option without a value.</summary>
    private StorageOption Flag(string name)
    {
        var start = Here;
        Advance();
        return new StorageOption(name, null) { Position = start };
    }

    /// <summary>(name [value], …) of EXPLAIN, VACUUM, ANALYZE and REINDEX; names lower case.</summary>
    private ImmutableArray<StorageOption> GenericOptions()
    {
        Expect(TokenKind.OpenParen);
        var options = new ListBuilder<StorageOption>();
        do
        {
            var start = Here;
            var name = _word == Keyword.Analyse ? "analyze" : NonReservedOrAnalyze();
            string? value = null;
            if (_kind is not (TokenKind.Comma or TokenKind.CloseParen)) value = SettingValue();
            options.Add(new StorageOption(name, value) { Position = start });
        }
        while (Accept(TokenKind.Comma));
        Expect(TokenKind.CloseParen);
        return options.ToImmutable();
    }

    private string NonReservedOrAnalyze() => _word is Keyword.Analyze or Keyword.Analyse ? TakeName() : NonReserved();

    private ListenStatement ListenRule()
    {
        Expect(Keyword.Listen);
        return new ListenStatement(Name());
    }

    private NotifyStatement NotifyRule()
    {
        Expect(Keyword.Notify);
        var channel = Name();
        return new NotifyStatement(channel, Accept(TokenKind.Comma) ? StringValue() : null);
    }

    private UnlistenStatement UnlistenRule()
    {
        Expect(Keyword.Unlisten);
        return new UnlistenStatement(Accept(TokenKind.Star) ? null : Name());
    }

    /// <summary>VACUUM and ANALYZE, with their options in parentheses or as words in a fixed order.</summary>
    private VacuumStatement VacuumRule()
    {
        var vacuum = _word == Keyword.Vacuum;
        Advance();
        var options = new ListBuilder<StorageOption>();
        if (_kind == TokenKind.OpenParen)
        {
            foreach (var option in GenericOptions()) options.Add(option);
        }
        else
        {
            if (vacuum && _word == Keyword.Full) options.Add(Flag("full"));
            if (vacuum && _word == Keyword.Freeze) options.Add(Flag("freeze"));
            if (_word == Keyword.Verbose) options.Add(Flag("verbose"));
            if (vacuum && _word is Keyword.Analyze or Keyword.Analyse) options.Add(Flag("analyze"));
        }

        var tables = new ListBuilder<QualifiedName>();
        if (_kind is not (TokenKind.End or TokenKind.Semicolon))
        {
            do
            {
                tables.Add(Qualified());
                OptionalNames();
            }
            while (Accept(TokenKind.Comma));
        }

        return new VacuumStatement(vacuum, tables.ToImmutable(), options.ToImmutable());
    }

    private ImmutableArray<QualifiedName> RelationList()
    {
        var tables = new ListBuilder<QualifiedName>();
        do tables.Add(RelationExpression().Name);
        while (Accept(TokenKind.Comma));
        return tables.ToImmutable();
    }

    private LockStatement LockRule()
    {
        Expect(Keyword.Lock);
        Accept(Keyword.Table);
        var tables = RelationList();
        var mode = "access exclusive";
        if (Accept(Keyword.In))
        {
            mode = LockMode();
            Expect(Keyword.Mode);
        }

        return new LockStatement(tables, mode, Accept(Keyword.Nowait));
    }

    private string LockMode()
    {
        if (Accept(Keyword.Exclusive)) return "exclusive";
        if (Accept(Keyword.Share))
        {
            if (AcceptThen(Keyword.Update, Keyword.Exclusive)) return "share update exclusive";
            return AcceptThen(Keyword.Row, Keyword.Exclusive) ? "share row exclusive" : "share";
        }

        var first = _word;
        if (!Accept(Keyword.Access)) Expect(Keyword.Row);
        if (Accept(Keyword.Share)) return Keywords.Text(first) + " share";
        Expect(Keyword.Exclusive);
        return Keywords.Text(first) + " exclusive";
    }

    private TruncateStatement TruncateRule()
    {
        Expect(Keyword.Truncate);
        Accept(Keyword.Table);
        var tables = RelationList();
        var restart = AcceptThen(Keyword.Restart, Keyword.Identity);
        if (!restart) AcceptThen(Keyword.Continue, Keyword.Identity);
        return new TruncateStatement(tables, restart, Cascade());
    }

    private CallStatement CallRule()
    {
        Expect(Keyword.Call);
        return new CallStatement(FunctionExpression() as FunctionCall ?? throw Unexpected());
    }

    private DoStatement DoRule()
    {
        Expect(Keyword.Do);
        string? code = null, language = null;
        do
        {
            if (Accept(Keyword.Language)) language = NameOrString();
            else code = StringValue();
        }
        while (_word == Keyword.Language || IsString);
        return new DoStatement(code ?? throw Types.PgException.Syntax("no inline code specified"), language);
    }

    private DiscardStatement DiscardRule()
    {
        Expect(Keyword.Discard);
        if (Accept(Keyword.All)) return new DiscardStatement("all");
        if (Accept(Keyword.Plans)) return new DiscardStatement("plans");
        if (Accept(Keyword.Sequences)) return new DiscardStatement("sequences");
        if (!Accept(Keyword.Temp)) Expect(Keyword.Temporary);
        return new DiscardStatement("temp");
    }

    private CheckpointStatement CheckpointRule()
    {
        Expect(Keyword.Checkpoint);
        return new CheckpointStatement();
    }

    private ReindexStatement ReindexRule()
    {
        Expect(Keyword.Reindex);
        if (_kind == TokenKind.OpenParen) GenericOptions();
        if (_word is not (Keyword.Index or Keyword.Table or Keyword.Schema or Keyword.System or Keyword.Database)) throw Unexpected();
        var kind = TakeName();
        Accept(Keyword.Concurrently);
        return new ReindexStatement(kind, Qualified());
    }

    private RefreshMaterializedView RefreshRule()
    {
        Expect(Keyword.Refresh);
        Expect(Keyword.Materialized, Keyword.View);
        var concurrently = Accept(Keyword.Concurrently);
        var name = Qualified();
        return new RefreshMaterializedView(name, concurrently, WithData());
    }

    /// <summary>[WITH [NO] DATA]</summary>
    private bool WithData()
    {
        if (_word != Keyword.With) return true;
        Advance();
        var none = Accept(Keyword.No);
        Expect(Keyword.Data);
        return !none;
    }

}
