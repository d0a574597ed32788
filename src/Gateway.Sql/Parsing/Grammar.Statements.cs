using Gateway.Sql.Tree;

namespace Gateway.Sql.Parsing;

/// <summary>Which rule a statement's first words choose.</summary>
internal sealed partial class Grammar
{
    private Statement StatementRule()
    {
        var start = Here;
        var statement = Dispatch(start);
        return statement with
        {
            Position = start,
            Length = LastEnd - start,
            Written = statement.Written ?? TextFrom(start),
        };
    }

    private Statement Dispatch(int start)
    {
        if (_kind == TokenKind.OpenParen) return new QueryStatement(QueryRule());
        if (_word is Keyword.NoWord or Keyword.Create or Keyword.Drop or Keyword.Alter or Keyword.Set or Keyword.Load or Keyword.Validate
                or Keyword.Insert
            && NativeTag() is { } native)
            return NativeStatementRule(native, start);
        switch (_word)
        {
            case Keyword.Select or Keyword.Values or Keyword.Table or Keyword.With or Keyword.Insert or Keyword.Update
                or Keyword.Delete or Keyword.Merge:
                return PreparableStatement();
            case Keyword.Begin or Keyword.Start or Keyword.Commit or Keyword.End or Keyword.Rollback or Keyword.Abort
                or Keyword.Savepoint or Keyword.Release:
                return TransactionRule();
            case Keyword.Prepare: return PeekWord() == Keyword.Transaction ? TransactionRule() : PrepareRule();
            case Keyword.Set: return SetRule();
            case Keyword.Reset: return ResetRule();
            case Keyword.Show: return ShowRule();
            case Keyword.Execute: return ExecuteRule();
            case Keyword.Deallocate: return DeallocateRule();
            case Keyword.Declare: return DeclareRule();
            case Keyword.Fetch or Keyword.Move: return FetchRule();
            case Keyword.Close: return CloseRule();
            case Keyword.Copy: return CopyRule();
            case Keyword.Explain: return ExplainRule();
            case Keyword.Listen: return ListenRule();
            case Keyword.Notify: return NotifyRule();
            case Keyword.Unlisten: return UnlistenRule();
            case Keyword.Vacuum or Keyword.Analyze or Keyword.Analyse: return VacuumRule();
            case Keyword.Lock: return LockRule();
            case Keyword.Truncate: return TruncateRule();
            case Keyword.Call: return CallRule();
            case Keyword.Do: return DoRule();
            case Keyword.Discard: return DiscardRule();
            case Keyword.Checkpoint: return CheckpointRule();
            case Keyword.Reindex: return ReindexRule();
            case Keyword.Refresh: return RefreshRule();
            case Keyword.Create: return CreateRule(start);
            case Keyword.Drop: return DropRule(start);
            case Keyword.Alter: return AlterRule(start);
            case Keyword.Comment: return CommentRule(start);
            case Keyword.Grant or Keyword.Revoke: return PrivilegeRule(start);
            case Keyword.Security: return Opaque("SECURITY LABEL", start, Keyword.Security, Keyword.Label);
            case Keyword.Import: return Opaque("IMPORT FOREIGN SCHEMA", start, Keyword.Import, Keyword.Foreign, Keyword.Schema);
            case Keyword.Reassign: return Opaque("REASSIGN OWNED", start, Keyword.Reassign, Keyword.Owned, Keyword.By);
            case Keyword.Cluster: return OpaqueRest("CLUSTER", start);
            case Keyword.Load: return Opaque("LOAD", start, Keyword.Load);
            default: throw Unexpected();
        }
    }

    /// <summary>One that stands for itself inside PREPARE, EXPLAIN or COPY.</summary>
    private Statement InnerStatement()
    {
        var start = Here;
        return PreparableStatement() with { Written = TextFrom(start) };
    }

    /// <summary>A query or a statement that changes rows: what PREPARE, EXPLAIN, COPY and WITH take.</summary>
    private Statement PreparableStatement()
    {
        var start = Here;
        Statement statement;
        if (_word == Keyword.With)
        {
            var mark = _at;
            var with = WithClause();
            if (_word is Keyword.Insert or Keyword.Update or Keyword.Delete or Keyword.Merge)
            {
                statement = Change(with, start);
            }
            else
            {
                var query = QueryTail(SetTerm());
                if (query.With is not null) throw Invalid("multiple WITH clauses not allowed", _tokens[mark].Offset);
                statement = new QueryStatement(query with { With = with, Position = start });
            }
        }
        else if (_word is Keyword.Insert or Keyword.Update or Keyword.Delete or Keyword.Merge)
        {
            statement = Change(null, start);
        }
        else
        {
            statement = new QueryStatement(QueryRule());
        }

        return statement with { Position = start, Length = LastEnd - start };
    }

    private DmlStatement Change(With? with, int start) => _word switch
    {
        Keyword.Insert => InsertRule(with, start),
        Keyword.Update => UpdateRule(with, start),
        Keyword.Delete => DeleteRule(with, start),
        _ => MergeRule(with, start),
    };

    /// <summary>Takes the given words and everything up to the semicolon.</summary>
    private OpaqueStatement Opaque(string tag, int start, params ReadOnlySpan<Keyword> words)
    {
        foreach (var word in words) Expect(word);
        if (_kind is TokenKind.End or TokenKind.Semicolon) throw Unexpected();
        return OpaqueRest(tag, start);
    }

    private OpaqueStatement OpaqueRest(string tag, int start)
    {
        SkipToSemicolon();
        return new OpaqueStatement(tag, TextFrom(start));
    }

    /// <summary>Stops at a semicolon outside parentheses and outside a routine's BEGIN ATOMIC … END.</summary>
    private void SkipToSemicolon()
    {
        int parentheses = 0, blocks = 0;
        while (_kind != TokenKind.End)
        {
            switch (_kind)
            {
                case TokenKind.OpenParen: parentheses++; break;
                case TokenKind.CloseParen when --parentheses < 0: throw Unexpected();
                case TokenKind.Semicolon when parentheses == 0 && blocks == 0: return;
            }

            if (_word == Keyword.Begin && PeekWord() == Keyword.Atomic) blocks++;
            else if (blocks > 0 && _word == Keyword.Case) blocks++;
            else if (blocks > 0 && _word == Keyword.End) blocks--;
            Advance();
        }

        if (parentheses > 0 || blocks > 0) throw Unexpected();
    }
}
