using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Parsing;

/// <summary>CREATE of everything but tables.</summary>
internal sealed partial class Grammar
{
    private Statement CreateRule(int start)
    {
        Expect(Keyword.Create);
        var replace = AcceptThen(Keyword.Or, Keyword.Replace);
        if (replace && _word is not (Keyword.View or Keyword.Temp or Keyword.Temporary or Keyword.Recursive or Keyword.Local
            or Keyword.Global or Keyword.Function or Keyword.Procedure or Keyword.Trigger or Keyword.Constraint or Keyword.Rule
            or Keyword.Language or Keyword.Trusted or Keyword.Procedural or Keyword.Aggregate or Keyword.Transform))
            throw Unexpected();

        if (_word is Keyword.Local or Keyword.Global && PeekWord() is Keyword.Temp or Keyword.Temporary) Advance();
        var temporary = Accept(Keyword.Temporary) || Accept(Keyword.Temp);
        var unlogged = !temporary && Accept(Keyword.Unlogged);
        switch (_word)
        {
            case Keyword.Table when !replace: return CreateTableRule(temporary, unlogged);
            case Keyword.Sequence when !replace: return CreateSequenceRule(temporary);
            case Keyword.View or Keyword.Recursive: return CreateViewRule(replace, temporary);
            case Keyword.Materialized when PeekWord() == Keyword.View: return CreateMaterializedViewRule();
        }

        if (temporary || unlogged) throw Unexpected();
        switch (_word)
        {
            case Keyword.Index: return CreateIndexRule(false);
            case Keyword.Unique:
                Advance();
                return CreateIndexRule(true);
            case Keyword.Schema: return CreateSchemaRule();
            case Keyword.Type: return CreateTypeRule(start);
            case Keyword.Domain: return CreateDomainRule();
            case Keyword.Extension: return CreateExtensionRule();
            case Keyword.Database: return CreateDatabaseRule();
            default: return Opaque(ObjectTag("CREATE"), start);
        }
    }

    private CreateSequence CreateSequenceRule(bool temporary)
    {
        Expect(Keyword.Sequence);
        var ifNotExists = IfNotExists();
        return new CreateSequence(Qualified(), ifNotExists, temporary, SequenceOptions());
    }

    private ImmutableArray<SequenceOption> SequenceOptionList()
    {
        if (!Accept(TokenKind.OpenParen)) return [];
        var options = SequenceOptions();
        if (options.IsEmpty) throw Unexpected();
        Expect(TokenKind.CloseParen);
        return options;
    }

    /// <summary>Options until none follows; NO MINVALUE is minvalue without a value, NO CYCLE is cycle with "false".</summary>
    private ImmutableArray<SequenceOption> SequenceOptions()
    {
        var options = new ListBuilder<SequenceOption>();
        while (SequenceOptionRule() is { } option) options.Add(option);
        return options.ToImmutable();
    }

    private SequenceOption? SequenceOptionRule()
    {
        var start = Here;
        switch (_word)
        {
            case Keyword.As:
                Advance();
                return Make("as", SimpleType().Name.ToString());
            case Keyword.Increment:
                Advance();
                Accept(Keyword.By);
                return Make("increment", SignedNumber());
            case Keyword.Minvalue or Keyword.Maxvalue or Keyword.Cache:
                return Make(TakeName(), SignedNumber());
            case Keyword.Start:
                Advance();
                Accept(Keyword.With);
                return Make("start", SignedNumber());
            case Keyword.Restart:
                Advance();
                return Make("restart", Accept(Keyword.With) || _kind is TokenKind.Integer or TokenKind.Decimal or TokenKind.Minus or TokenKind.Plus
                    ? SignedNumber()
                    : null);
            case Keyword.Cycle:
                Advance();
                return Make("cycle", "true");
            case Keyword.No:
                Advance();
                if (Accept(Keyword.Cycle)) return Make("cycle", "false");
                return _word is Keyword.Minvalue or Keyword.Maxvalue ? Make(TakeName(), null) : throw Unexpected();
            case Keyword.Owned:
                Advance();
                Expect(Keyword.By);
                return Make("owned by", Qualified().ToString());
            case Keyword.Sequence:
                Advance();
                Expect(Keyword.Name);
                return Make("sequence name", Qualified().ToString());
            default:
                return null;
        }

        SequenceOption Make(string name, string? value) => new(name, value) { Position = start };
    }

    private CreateView CreateViewRule(bool replace, bool temporary)
    {
        var recursive = Accept(Keyword.Recursive);
        Expect(Keyword.View);
        var name = Qualified();
        var columns = recursive ? ParenthesizedNames() : OptionalNames();
        StorageOptionsClause();
        Expect(Keyword.As);
        var start = Here;
        if (!OpensQuery()) throw Unexpected();
        var query = QueryRule();
        var text = TextFrom(start);
        string? check = null;
        if (Accept(Keyword.With))
        {
            check = "cascaded";
            if (Accept(Keyword.Local)) check = "local";
            else Accept(Keyword.Cascaded);
            Expect(Keyword.Check, Keyword.Option);
        }

        return new CreateView
        {
            Name = name,
            Columns = columns,
            Query = query,
            QueryText = text,
            OrReplace = replace,
            Temporary = temporary,
            Recursive = recursive,
            CheckOption = check,
        };
    }

    private CreateTableAs CreateMaterializedViewRule()
    {
        Expect(Keyword.Materialized, Keyword.View);
        var ifNotExists = IfNotExists();
        var name = Qualified();
        var columns = OptionalNames();
        if (Accept(Keyword.Using)) Name();
        StorageOptionsClause();
        TablespaceClause();
        Expect(Keyword.As);
        return new CreateTableAs
        {
            Name = name,
            Columns = columns,
            Source = QueryStatementRule(),
            IfNotExists = ifNotExists,
            MaterializedView = true,
            WithData = WithData(),
        };
    }

    private CreateIndex CreateIndexRule(bool unique)
    {
        Expect(Keyword.Index);
        var concurrently = Accept(Keyword.Concurrently);
        var ifNotExists = IfNotExists();
        string? name = null;
        if (_word != Keyword.On || ifNotExists) name = Name();
        Expect(Keyword.On);
        var table = RelationExpression();
        var method = Accept(Keyword.Using) ? Name() : "btree";
        var elements = IndexElements();
        var include = Accept(Keyword.Include) ? ParenthesizedNames() : [];
        var notDistinct = NullsDistinct();
        ImmutableArray<StorageOption> options = [];
        if (Accept(Keyword.With)) options = StorageOptions();
        TablespaceClause();
        return new CreateIndex
        {
            Name = name,
            Table = table.Name,
            Unique = unique,
            Concurrently = concurrently,
            IfNotExists = ifNotExists,
            Only = table.Only,
            Method = method,
            Elements = elements,
            Include = include,
            NullsNotDistinct = notDistinct,
            Options = options,
            Where = Accept(Keyword.Where) ? Expression() : null,
        };
    }

    private ImmutableArray<IndexElement> IndexElements()
    {
        Expect(TokenKind.OpenParen);
        var elements = new ListBuilder<IndexElement>();
        do elements.Add(IndexElementRule());
        while (Accept(TokenKind.Comma));
        Expect(TokenKind.CloseParen);
        return elements.ToImmutable();
    }

    /// <summary>A column, a call or an expression in parentheses, its collation, operator class and order.</summary>
    private IndexElement IndexElementRule()
    {
        var start = Here;
        Expr value;
        if (Accept(TokenKind.OpenParen))
        {
            value = Expression();
            Expect(TokenKind.CloseParen);
        }
        else if (IsColumnName && PeekKind() is not (TokenKind.OpenParen or TokenKind.Dot))
        {
            value = new ColumnRef([TakeName()]) { Position = start };
        }
        else
        {
            value = FunctionExpression();
        }

        var collation = Accept(Keyword.Collate) ? Qualified() : null;
        QualifiedName? operators = null;
        if (IsColumnName && !(_word == Keyword.Nulls && PeekWord() is Keyword.First or Keyword.Last))
        {
            if (Accept(Keyword.Using)) throw Unexpected();
            operators = Qualified();
            if (_kind == TokenKind.OpenParen) StorageOptions();
        }

        var descending = Direction();
        return new IndexElement(value, descending, NullsRule(), operators, collation) { Position = start };
    }

    private CreateSchema CreateSchemaRule()
    {
        Expect(Keyword.Schema);
        var ifNotExists = IfNotExists();
        string? name = null, owner = null;
        if (_word != Keyword.Authorization) name = Name();
        if (Accept(Keyword.Authorization)) owner = RoleName();
        if (_kind is not (TokenKind.End or TokenKind.Semicolon))
        {
            if (_word is Keyword.Create or Keyword.Grant) throw Unsupported("CREATE SCHEMA with schema elements", Here);
            throw Unexpected();
        }

        return new CreateSchema(name, ifNotExists, owner);
    }

    /// <summary>A role's name, CURRENT_USER and the like included.</summary>
    private string RoleName() =>
        _word is Keyword.CurrentUser or Keyword.CurrentRole or Keyword.SessionUser ? TakeName() : NonReserved();

    private Statement CreateTypeRule(int start)
    {
        Expect(Keyword.Type);
        var name = Qualified();
        if (_word != Keyword.As)
        {
            if (_kind is not (TokenKind.OpenParen or TokenKind.End or TokenKind.Semicolon)) throw Unexpected();
            return OpaqueRest("CREATE TYPE", start);
        }

        Advance();
        if (Accept(Keyword.Enum))
        {
            Expect(TokenKind.OpenParen);
            var labels = new ListBuilder<string>();
            if (_kind != TokenKind.CloseParen)
            {
                do labels.Add(StringValue());
                while (Accept(TokenKind.Comma));
            }

            Expect(TokenKind.CloseParen);
            return new CreateEnum(name, labels.ToImmutable());
        }

        if (_word == Keyword.Range) return Opaque("CREATE TYPE", start, Keyword.Range);
        if (_kind == TokenKind.OpenParen && PeekKind() == TokenKind.CloseParen)
        {
            Advance();
            Advance();
            return new CreateComposite(name, []);
        }

        return new CreateComposite(name, Definitions());
    }

    private CreateDomain CreateDomainRule()
    {
        Expect(Keyword.Domain);
        var name = Qualified();
        Accept(Keyword.As);
        var type = Type();
        QualifiedName? collation = null;
        return new CreateDomain(name, type, ColumnConstraints(ref collation));
    }

    private CreateExtension CreateExtensionRule()
    {
        Expect(Keyword.Extension);
        var ifNotExists = IfNotExists();
        var name = Name();
        Accept(Keyword.With);
        string? schema = null, version = null;
        while (true)
        {
            if (Accept(Keyword.Schema)) schema = Name();
            else if (Accept(Keyword.Version)) version = NameOrString();
            else if (!Accept(Keyword.Cascade)) break;
        }

        return new CreateExtension(name, ifNotExists, schema, version);
    }

    private CreateDatabase CreateDatabaseRule()
    {
        Expect(Keyword.Database);
        var name = Name();
        Accept(Keyword.With);
        return new CreateDatabase(name, DatabaseOptions());
    }

    private ImmutableArray<StorageOption> DatabaseOptions()
    {
        var options = new ListBuilder<StorageOption>();
        while (IsIdentifier)
        {
            var start = Here;
            string name;
            if (Accept(Keyword.Connection))
            {
                Expect(Keyword.Limit);
                name = "connection_limit";
            }
            else
            {
                name = _word is Keyword.NoWord or Keyword.Encoding or Keyword.Location or Keyword.Owner or Keyword.Tablespace
                    or Keyword.Template
                    ? TakeName()
                    : throw Unexpected();
            }

            Accept(TokenKind.Equal);
            var value = Accept(Keyword.Default) ? null : SettingValue();
            options.Add(new StorageOption(name, value) { Position = start });
        }

        return options.ToImmutable();
    }
}
