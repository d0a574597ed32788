using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Parsing;

/// <summary>COPY, with its options in parentheses or in the words of releases before 9.0.</summary>
internal sealed partial class Grammar
{
    private CopyStatement CopyRule()
    {
        Expect(Keyword.Copy);
        QualifiedName? table = null;
        Statement? source = null;
        ImmutableArray<string> columns = [];
        var options = new ListBuilder<CopyOption>();
        var from = false;
        if (Accept(TokenKind.OpenParen))
        {
            source = InnerStatement();
            Expect(TokenKind.CloseParen);
            Expect(Keyword.To);
        }
        else
        {
            if (_word == Keyword.Binary) options.Add(CopyFlag("format", "binary"));
            table = Qualified();
            columns = OptionalNames();
            from = Accept(Keyword.From);
            if (!from) Expect(Keyword.To);
        }

        var program = Accept(Keyword.Program);
        string? file = null;
        if (program || IsString) file = StringValue();
        else if (!Accept(Keyword.Stdin)) Expect(Keyword.Stdout);

        // The oldest syntax puts the delimiter before WITH.
        if (_word == Keyword.Using || _word == Keyword.Delimiters)
        {
            var at = Here;
            Accept(Keyword.Using);
            Expect(Keyword.Delimiters);
            options.Add(new CopyOption("delimiter", [StringValue()]) { Position = at });
        }

        Accept(Keyword.With);
        if (_kind == TokenKind.OpenParen) NewCopyOptions(ref options);
        else OldCopyOptions(ref options);

        Expr? where = null;
        if (_word == Keyword.Where)
        {
            if (!from) throw Invalid("WHERE clause not allowed with COPY TO", Here);
            Advance();
            where = Expression();
        }

        return new CopyStatement
        {
            Table = table,
            Columns = columns,
            Source = source,
            From = from,
            File = file,
            Program = program,
            Options = options.ToImmutable(),
            Where = where,
        };
    }

    private CopyOption CopyFlag(string name, params ImmutableArray<string> values)
    {
        var start = Here;
        Advance();
        return new CopyOption(name, values) { Position = start };
    }

    private void NewCopyOptions(ref ListBuilder<CopyOption> options)
    {
        Expect(TokenKind.OpenParen);
        do
        {
            var start = Here;
            var name = Label();
            var isList = false;
            ImmutableArray<string> values;
            if (_kind is TokenKind.Comma or TokenKind.CloseParen) values = [];
            else if (Accept(TokenKind.Star)) values = ["*"];
            else if (isList = Accept(TokenKind.OpenParen)) values = List();
            else values = [SettingValue()];
            options.Add(new CopyOption(name, values) { Position = start, IsList = isList });
        }
        while (Accept(TokenKind.Comma));
        Expect(TokenKind.CloseParen);

        ImmutableArray<string> List()
        {
            var items = new ListBuilder<string>();
            do items.Add(SettingValue());
            while (Accept(TokenKind.Comma));
            Expect(TokenKind.CloseParen);
            return items.ToImmutable();
        }
    }

    private void OldCopyOptions(ref ListBuilder<CopyOption> options)
    {
        while (true)
        {
            var start = Here;
            switch (_word)
            {
                case Keyword.Binary: options.Add(CopyFlag("format", "binary")); break;
                case Keyword.Csv: options.Add(CopyFlag("format", "csv")); break;
                case Keyword.Freeze: options.Add(CopyFlag("freeze")); break;
                case Keyword.Header: options.Add(CopyFlag("header")); break;
                case Keyword.Delimiter or Keyword.Null or Keyword.Quote or Keyword.Escape:
                    var name = TakeName();
                    Accept(Keyword.As);
                    options.Add(new CopyOption(name, [StringValue()]) { Position = start });
                    break;
                case Keyword.Encoding:
                    Advance();
                    options.Add(new CopyOption("encoding", [StringValue()]) { Position = start });
                    break;
                case Keyword.Force when PeekWord() == Keyword.Quote:
                    Advance();
                    Advance();
                    options.Add(Accept(TokenKind.Star)
                        ? new CopyOption("force_quote", ["*"]) { Position = start }
                        : new CopyOption("force_quote", Names()) { Position = start, IsList = true });
                    break;
                case Keyword.Force:
                    Advance();
                    var not = Accept(Keyword.Not);
                    Expect(Keyword.Null);
                    options.Add(new CopyOption(not ? "force_not_null" : "force_null", Names()) { Position = start, IsList = true });
                    break;
                default: return;
            }
        }
    }
}
