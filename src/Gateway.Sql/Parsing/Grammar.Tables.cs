using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Parsing;

/// <summary>CREATE TABLE, with or without a query, and the constraints of columns and tables.</summary>
internal sealed partial class Grammar
{
    private Statement CreateTableRule(bool temporary, bool unlogged)
    {
        Expect(Keyword.Table);
        var ifNotExists = IfNotExists();
        var name = Qualified();
        if (IsTableAs()) return TableAs(name, temporary, ifNotExists);

        var parts = new TableParts();
        string? partitioning = null;
        if (_word == Keyword.Partition)
        {
            Advance();
            var start = Here;
            Expect(Keyword.Of);
            Qualified();
            if (_kind == TokenKind.OpenParen) TableElements(parts, typed: true);
            if (Accept(Keyword.Default))
            {
            }
            else
            {
                Expect(Keyword.For, Keyword.Values);
                if (_word is not (Keyword.In or Keyword.From or Keyword.With)) throw Unexpected();
                while (_word is Keyword.In or Keyword.From or Keyword.To or Keyword.With && PeekKind() == TokenKind.OpenParen)
                {
                    Advance();
                    Balanced();
                }
            }

            partitioning = TextFrom(start);
        }
        else if (Accept(Keyword.Of))
        {
            var at = Here;
            Qualified();
            if (_kind == TokenKind.OpenParen) TableElements(parts, typed: true);
            throw Unsupported("CREATE TABLE OF a composite type", at);
        }
        else
        {
            TableElements(parts, typed: false);
        }

        var inherits = ImmutableArray<QualifiedName>.Empty;
        if (Accept(Keyword.Inherits))
        {
            Expect(TokenKind.OpenParen);
            inherits = QualifiedList();
            Expect(TokenKind.CloseParen);
        }

        if (_word == Keyword.Partition)
        {
            Advance();
            var start = Here;
            Expect(Keyword.By);
            NonReserved();
            Balanced();
            partitioning ??= TextFrom(start);
        }

        if (Accept(Keyword.Using)) Name();
        var options = StorageOptionsClause();
        var onCommit = OnCommitClause();
        TablespaceClause();
        return new CreateTable
        {
            Name = name,
            IfNotExists = ifNotExists,
            Temporary = temporary,
            Unlogged = unlogged,
            OnCommit = onCommit,
            Columns = parts.Columns.ToImmutable(),
            Constraints = parts.Constraints.ToImmutable(),
            Like = parts.Like.ToImmutable(),
            Inherits = inherits,
            Partitioning = partitioning,
            Options = options,
        };
    }

    private sealed class TableParts
    {
        public ListBuilder<ColumnDefinition> Columns;
        public ListBuilder<TableConstraint> Constraints;
        public ListBuilder<LikeClause> Like;
    }

    /// <summary>Whether AS comes behind the name, perhaps with column names and the clauses before it.</summary>
    private bool IsTableAs()
    {
        if (_word is Keyword.As or Keyword.Using or Keyword.On or Keyword.With or Keyword.Tablespace) return true;
        if (_kind != TokenKind.OpenParen) return false;

        // Names only, where a definition would have a type or a key word.
        for (var ahead = 1; ; ahead += 2)
        {
            if (PeekKind(ahead) is not (TokenKind.Identifier or TokenKind.QuotedIdentifier or TokenKind.UnicodeIdentifier)) return false;
            if (PeekKind(ahead + 1) == TokenKind.CloseParen) return true;
            if (PeekKind(ahead + 1) != TokenKind.Comma) return false;
        }
    }

    private CreateTableAs TableAs(QualifiedName name, bool temporary, bool ifNotExists)
    {
        var columns = OptionalNames();
        if (Accept(Keyword.Using)) Name();
        StorageOptionsClause();
        OnCommitClause();
        TablespaceClause();
        Expect(Keyword.As);
        var start = Here;
        var source = _word == Keyword.Execute
            ? ExecuteRule() is var execute ? execute with { Position = start, Length = LastEnd - start } : null!
            : (Statement)QueryStatementRule();
        return new CreateTableAs
        {
            Name = name,
            Columns = columns,
            Source = source,
            IfNotExists = ifNotExists,
            Temporary = temporary,
            WithData = WithData(),
        };
    }

    private QueryStatement QueryStatementRule()
    {
        var start = Here;
        if (!OpensQuery()) throw Unexpected();
        var query = QueryRule();
        return new QueryStatement(query) { Position = start, Length = LastEnd - start };
    }

    private void TableElements(TableParts parts, bool typed)
    {
        Expect(TokenKind.OpenParen);
        if (!typed && Accept(TokenKind.CloseParen)) return;
        do
        {
            if (_word is Keyword.Constraint or Keyword.Check or Keyword.Unique or Keyword.Primary or Keyword.Foreign or Keyword.Exclude
                && !(_word == Keyword.Exclude && PeekKind() == TokenKind.Identifier && PeekWord() != Keyword.Using))
                parts.Constraints.Add(TableConstraintRule());
            else if (_word == Keyword.Like)
                parts.Like.Add(LikeRule());
            else
                parts.Columns.Add(ColumnDefinitionRule(typed));
        }
        while (Accept(TokenKind.Comma));
        Expect(TokenKind.CloseParen);
    }

    private LikeClause LikeRule()
    {
        var start = Here;
        Expect(Keyword.Like);
        var table = Qualified();
        var including = new ListBuilder<string>();
        var excluding = new ListBuilder<string>();
        while (_word is Keyword.Including or Keyword.Excluding)
        {
            var include = _word == Keyword.Including;
            Advance();
            if (_word is not (Keyword.All or Keyword.Comments or Keyword.Compression or Keyword.Constraints or Keyword.Defaults
                or Keyword.Generated or Keyword.Identity or Keyword.Indexes or Keyword.Statistics or Keyword.Storage)) throw Unexpected();
            if (include) including.Add(TakeName());
            else excluding.Add(TakeName());
        }

        return new LikeClause(table, including.ToImmutable(), excluding.ToImmutable()) { Position = start };
    }

    /// <summary>name type [STORAGE …] [COMPRESSION …] constraints; in a typed table name [WITH OPTIONS] constraints.</summary>
    private ColumnDefinition ColumnDefinitionRule(bool typed = false)
    {
        var start = Here;
        var name = Name();
        TypeName? type = null;
        if (!typed) type = Type();
        else Accept(Keyword.With, Keyword.Options);
        if (Accept(Keyword.Compression)) Label();
        QualifiedName? collation = null;
        var constraints = ColumnConstraints(ref collation);
        return new ColumnDefinition(name, type) { Position = start, Constraints = constraints, Collation = collation };
    }

    private ImmutableArray<ColumnConstraint> ColumnConstraints(ref QualifiedName? collation)
    {
        var constraints = new ListBuilder<ColumnConstraint>();
        while (true)
        {
            if (_word == Keyword.Collate)
            {
                if (collation is not null) throw Invalid("multiple COLLATE clauses not allowed", Here);
                Advance();
                collation = Qualified();
                continue;
            }

            var deferrable = _word is Keyword.Deferrable or Keyword.Initially
                             || (_word == Keyword.Not && PeekWord() == Keyword.Deferrable);
            if (deferrable)
            {
                if (constraints.Count == 0 || constraints[constraints.Count - 1] is not (InlineForeignKey or InlineKeyConstraint))
                    throw Invalid($"misplaced {(_word == Keyword.Initially ? "INITIALLY DEFERRED" : "DEFERRABLE")} clause", Here);
                var attributes = ConstraintAttributes();
                var last = constraints.Count - 1;
                if (constraints[last] is InlineForeignKey key)
                    constraints[last] = key with
                    {
                        Reference = key.Reference with { Deferrable = attributes.Deferrable, InitiallyDeferred = attributes.Deferred },
                    };
                continue;
            }

            if (ColumnConstraintRule() is not { } constraint) return constraints.ToImmutable();
            constraints.Add(constraint);
        }
    }

    private ColumnConstraint? ColumnConstraintRule()
    {
        var start = Here;
        var name = Accept(Keyword.Constraint) ? Name() : null;
        switch (_word)
        {
            case Keyword.Not when PeekWord() == Keyword.Null:
                Advance();
                Advance();
                return new NotNullConstraint(name) { Position = start };
            case Keyword.Null:
                Advance();
                return new NotNullConstraint(name, Null: true) { Position = start };
            case Keyword.Unique:
                Advance();
                NullsDistinct();
                IndexParameters(out _);
                return new InlineKeyConstraint(name, false) { Position = start };
            case Keyword.Primary:
                Advance();
                Expect(Keyword.Key);
                IndexParameters(out _);
                return new InlineKeyConstraint(name, true) { Position = start };
            case Keyword.Check:
                Advance();
                var (check, text) = ParenthesizedText();
                Accept(Keyword.No, Keyword.Inherit);
                return new InlineCheckConstraint(name, check) { Position = start, Text = text };
            case Keyword.Default:
                Advance();
                var at = Here;
                var value = Expression(Level.Lowest, restricted: true);
                return new DefaultConstraint(name, value) { Position = start, Text = TextFrom(at) };
            case Keyword.Generated:
                Advance();
                var always = Accept(Keyword.Always);
                if (!always) Expect(Keyword.By, Keyword.Default);
                Expect(Keyword.As);
                if (Accept(Keyword.Identity)) return new IdentityConstraint(name, always, SequenceOptionList()) { Position = start };
                if (!always) throw Invalid("for a generated column, GENERATED ALWAYS must be specified", _tokens[_at - 3].Offset);
                var (generated, source) = ParenthesizedText();
                Expect(Keyword.Stored);
                return new GeneratedConstraint(name, generated) { Position = start, Text = source };
            case Keyword.References:
                return new InlineForeignKey(name, ReferenceRule()) { Position = start };
            default:
                return name is null ? null : throw Unexpected();
        }
    }

    /// <summary>(expression), with its text between the parentheses.</summary>
    private (Expr Value, string Text) ParenthesizedText()
    {
        Expect(TokenKind.OpenParen);
        var start = Here;
        var value = Expression();
        var text = TextFrom(start);
        Expect(TokenKind.CloseParen);
        return (value, text);
    }

    private ForeignKeyReference ReferenceRule()
    {
        var start = Here;
        Expect(Keyword.References);
        var table = Qualified();
        var columns = OptionalNames();
        string? match = null, onDelete = null, onUpdate = null;
        if (Accept(Keyword.Match))
        {
            if (_word is not (Keyword.Full or Keyword.Partial or Keyword.Simple)) throw Unexpected();
            match = TakeName();
        }

        while (_word == Keyword.On)
        {
            Advance();
            if (Accept(Keyword.Delete)) onDelete = onDelete is null ? ReferentialAction() : throw Unexpected();
            else if (Accept(Keyword.Update)) onUpdate = onUpdate is null ? ReferentialAction() : throw Unexpected();
            else throw Unexpected();
        }

        return new ForeignKeyReference(table, columns, match, onDelete, onUpdate, false, false) { Position = start };
    }

    private string ReferentialAction()
    {
        if (Accept(Keyword.No))
        {
            Expect(Keyword.Action);
            return "no action";
        }

        if (Accept(Keyword.Restrict)) return "restrict";
        if (Accept(Keyword.Cascade)) return "cascade";
        Expect(Keyword.Set);
        var isNull = Accept(Keyword.Null);
        if (!isNull) Expect(Keyword.Default);
        OptionalNames();
        return isNull ? "set null" : "set default";
    }

    private readonly record struct Attributes(bool Deferrable, bool Deferred, bool NotValid, bool NoInherit);

    /// <summary>[NOT] DEFERRABLE, INITIALLY …, NOT VALID, NO INHERIT in any order.</summary>
    private Attributes ConstraintAttributes()
    {
        var attributes = default(Attributes);
        while (true)
        {
            if (Accept(Keyword.Deferrable)) attributes = attributes with { Deferrable = true };
            else if (Accept(Keyword.Not, Keyword.Deferrable)) attributes = attributes with { Deferrable = false };
            else if (Accept(Keyword.Initially, Keyword.Deferred)) attributes = attributes with { Deferrable = true, Deferred = true };
            else if (Accept(Keyword.Initially, Keyword.Immediate)) attributes = attributes with { Deferred = false };
            else if (Accept(Keyword.Not, Keyword.Valid)) attributes = attributes with { NotValid = true };
            else if (Accept(Keyword.No, Keyword.Inherit)) attributes = attributes with { NoInherit = true };
            else if (_word == Keyword.Initially) throw Unexpected(_at + 1);
            else return attributes;
        }
    }

    private TableConstraint TableConstraintRule() => TableConstraintRule(out _);

    private TableConstraint TableConstraintRule(out bool notValid)
    {
        var start = Here;
        var name = Accept(Keyword.Constraint) ? Name() : null;
        TableConstraint constraint;
        switch (_word)
        {
            case Keyword.Check:
                Advance();
                var (value, text) = ParenthesizedText();
                constraint = new CheckConstraint(name, value) { Text = text };
                break;
            case Keyword.Unique or Keyword.Primary:
                constraint = KeyRule(name);
                break;
            case Keyword.Foreign:
                Advance();
                Expect(Keyword.Key);
                var columns = ParenthesizedNames();
                constraint = new ForeignKeyConstraint(name, columns, ReferenceRule());
                break;
            case Keyword.Exclude:
                constraint = new ExcludeConstraint(name, SkipClause(stopAtComma: true));
                break;
            default:
                throw Unexpected();
        }

        var attributes = ConstraintAttributes();
        notValid = attributes.NotValid;
        return constraint switch
        {
            CheckConstraint check => check with { Position = start, NoInherit = attributes.NoInherit },
            ForeignKeyConstraint key => key with
            {
                Position = start,
                Reference = key.Reference with { Deferrable = attributes.Deferrable, InitiallyDeferred = attributes.Deferred },
            },
            _ => constraint with { Position = start },
        };
    }

    private KeyConstraint KeyRule(string? name)
    {
        var primary = _word == Keyword.Primary;
        Advance();
        if (primary) Expect(Keyword.Key);
        if (Accept(Keyword.Using, Keyword.Index))
            return new KeyConstraint(name, primary, [], []) { UsingIndex = Name() };
        var notDistinct = !primary && NullsDistinct();
        var columns = ParenthesizedNames();
        IndexParameters(out var include);
        return new KeyConstraint(name, primary, columns, include) { NullsNotDistinct = notDistinct };
    }

    /// <summary>[NULLS [NOT] DISTINCT]; true for NOT DISTINCT.</summary>
    private bool NullsDistinct()
    {
        if (_word != Keyword.Nulls || PeekWord() is not (Keyword.Not or Keyword.Distinct)) return false;
        Advance();
        var not = Accept(Keyword.Not);
        Expect(Keyword.Distinct);
        return not;
    }

    /// <summary>[INCLUDE (…)] [WITH (…)] [USING INDEX TABLESPACE …]</summary>
    private void IndexParameters(out ImmutableArray<string> include)
    {
        include = Accept(Keyword.Include) ? ParenthesizedNames() : [];
        if (_word == Keyword.With && PeekKind() == TokenKind.OpenParen) StorageOptionsClause();
        if (Accept(Keyword.Using, Keyword.Index, Keyword.Tablespace)) Name();
    }

    /// <summary>WITH (…), WITHOUT OIDS or nothing.</summary>
    private ImmutableArray<StorageOption> StorageOptionsClause()
    {
        if (Accept(Keyword.Without, Keyword.Oids)) return [];
        return Accept(Keyword.With) ? StorageOptions() : [];
    }

    /// <summary>(name [= value], …), names with a namespace before a dot.</summary>
    private ImmutableArray<StorageOption> StorageOptions()
    {
        Expect(TokenKind.OpenParen);
        var options = new ListBuilder<StorageOption>();
        do
        {
            var start = Here;
            var name = Label();
            if (Accept(TokenKind.Dot)) name += "." + Label();
            options.Add(new StorageOption(name, Accept(TokenKind.Equal) ? OptionValue() : null) { Position = start });
        }
        while (Accept(TokenKind.Comma));
        Expect(TokenKind.CloseParen);
        return options.ToImmutable();
    }

    /// <summary>A string, a signed number or any name.</summary>
    private string OptionValue()
    {
        if (IsString) return StringValue();
        if (_kind is TokenKind.Plus or TokenKind.Minus or TokenKind.Integer or TokenKind.Decimal) return SignedNumber();
        return Label();
    }

    private string? OnCommitClause()
    {
        if (!Accept(Keyword.On)) return null;
        Expect(Keyword.Commit);
        if (Accept(Keyword.Drop)) return "drop";
        if (Accept(Keyword.Delete, Keyword.Rows)) return "delete rows";
        Expect(Keyword.Preserve);
        Expect(Keyword.Rows);
        return "preserve rows";
    }

    private void TablespaceClause()
    {
        if (Accept(Keyword.Tablespace)) Name();
    }

    /// <summary>A parenthesis and everything up to the one that closes it.</summary>
    private void Balanced()
    {
        Expect(TokenKind.OpenParen);
        SkipClause(stopAtComma: false);
        Expect(TokenKind.CloseParen);
    }
}
