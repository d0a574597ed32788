using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Parsing;

/// <summary>CREATE TABLE, with or without a query.</summary>
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
            PartitionBound();
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
            PartitionKey();
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
        var onCommit = OnCommitClause();
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
            OnCommit = onCommit,
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
        if (Accept(Keyword.Compression) && !Accept(Keyword.Default)) Name();
        QualifiedName? collation = null;
        var constraints = ColumnConstraints(ref collation);
        return new ColumnDefinition(name, type) { Position = start, Constraints = constraints, Collation = collation };
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

    /// <summary>(column | function call | (expression) [COLLATE c] [operator class], …)</summary>
    private void PartitionKey()
    {
        Expect(TokenKind.OpenParen);
        do
        {
            if (_kind == TokenKind.OpenParen || PeekKind() == TokenKind.OpenParen) Primary();
            else Name();
            if (Accept(Keyword.Collate)) Qualified();
            if (IsColumnName) Qualified();
        }
        while (Accept(TokenKind.Comma));
        Expect(TokenKind.CloseParen);
    }
}
