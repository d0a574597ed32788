using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Parsing;

/// <summary>Windows and ORDER BY.</summary>
internal sealed partial class Grammar
{
    private WindowSpec? OverClause()
    {
        if (_word != Keyword.Over) return null;
        Advance();
        var start = Here;
        return _kind == TokenKind.OpenParen
            ? WindowSpecification()
            : new WindowSpec(Name(), null, [], [], null) { Position = start };
    }

    /// <summary>([base] [PARTITION BY …] [ORDER BY …] [frame])</summary>
    private WindowSpec WindowSpecification()
    {
        var start = Here;
        Expect(TokenKind.OpenParen);
        string? existing = null;
        if (IsColumnName && !(_word == Keyword.Partition && PeekWord() == Keyword.By)
            && _word is not (Keyword.Rows or Keyword.Range or Keyword.Groups))
            existing = TakeName();
        var partition = Accept(Keyword.Partition, Keyword.By) ? ExpressionList() : [];
        var order = OrderBy();
        var frame = Frame();
        Expect(TokenKind.CloseParen);
        return new WindowSpec(null, existing, partition, order, frame) { Position = start };
    }

    private WindowFrame? Frame()
    {
        FrameUnit unit;
        switch (_word)
        {
            case Keyword.Range: unit = FrameUnit.Range; break;
            case Keyword.Rows: unit = FrameUnit.Rows; break;
            case Keyword.Groups: unit = FrameUnit.Groups; break;
            default: return null;
        }

        var start = Here;
        Advance();
        FrameBound first;
        FrameBound? last = null;
        var firstAt = Here;
        if (Accept(Keyword.Between))
        {
            firstAt = Here;
            first = Bound();
            Expect(Keyword.And);
            var lastAt = Here;
            last = Bound();
            if (last.Kind == FrameBoundKind.UnboundedPreceding)
                throw WindowingError("frame end cannot be UNBOUNDED PRECEDING", lastAt);
            if (first.Kind == FrameBoundKind.CurrentRow && last.Kind == FrameBoundKind.Preceding)
                throw WindowingError("frame starting from current row cannot have preceding rows", lastAt);
            if (first.Kind == FrameBoundKind.Following && last.Kind is FrameBoundKind.Preceding or FrameBoundKind.CurrentRow)
                throw WindowingError("frame starting from following row cannot have preceding rows", lastAt);
        }
        else
        {
            first = Bound();
            if (first.Kind == FrameBoundKind.Following)
                throw WindowingError("frame starting from following row cannot end with current row", firstAt);
        }

        if (first.Kind == FrameBoundKind.UnboundedFollowing)
            throw WindowingError("frame start cannot be UNBOUNDED FOLLOWING", firstAt);

        var exclusion = FrameExclusion.NoOthers;
        if (Accept(Keyword.Exclude))
        {
            if (Accept(Keyword.No)) Expect(Keyword.Others);
            else if (Accept(Keyword.Current, Keyword.Row)) exclusion = FrameExclusion.CurrentRow;
            else if (Accept(Keyword.Group)) exclusion = FrameExclusion.Group;
            else if (Accept(Keyword.Ties)) exclusion = FrameExclusion.Ties;
            else throw Unexpected();
        }

        return new WindowFrame(unit, first, last, exclusion) { Position = start };

        FrameBound Bound()
        {
            if (Accept(Keyword.Unbounded, Keyword.Preceding)) return new FrameBound(FrameBoundKind.UnboundedPreceding);
            if (Accept(Keyword.Unbounded, Keyword.Following)) return new FrameBound(FrameBoundKind.UnboundedFollowing);
            if (Accept(Keyword.Current, Keyword.Row)) return new FrameBound(FrameBoundKind.CurrentRow);
            var offset = Expression();
            if (Accept(Keyword.Preceding)) return new FrameBound(FrameBoundKind.Preceding, offset);
            Expect(Keyword.Following);
            return new FrameBound(FrameBoundKind.Following, offset);
        }

        static Exception WindowingError(string message, int at) =>
            new Types.PgException("42P20", message) { Position = at + 1 };
    }

    private ImmutableArray<NamedWindow> WindowClause()
    {
        Expect(Keyword.Window);
        var windows = new ListBuilder<NamedWindow>();
        do
        {
            var start = Here;
            var name = Name();
            Expect(Keyword.As);
            windows.Add(new NamedWindow(name, WindowSpecification()) { Position = start });
        }
        while (Accept(TokenKind.Comma));
        return windows.ToImmutable();
    }

    /// <summary>ORDER BY, when it is there.</summary>
    private ImmutableArray<SortItem> OrderBy()
    {
        if (_word != Keyword.Order) return [];
        Advance();
        Expect(Keyword.By);
        var items = new ListBuilder<SortItem>();
        do
        {
            var start = Here;
            var value = Expression();
            OperatorName? using_ = null;
            var descending = false;
            if (Accept(Keyword.Using))
            {
                using_ = _word == Keyword.Operator ? OperatorCall() : OperatorSymbol();
            }
            else
            {
                descending = Direction();
            }

            items.Add(new SortItem(value, descending, NullsRule(), using_) { Position = start });
        }
        while (Accept(TokenKind.Comma));
        return items.ToImmutable();
    }

    /// <summary>True for DESC.</summary>
    private bool Direction() => Accept(Keyword.Desc) || (Accept(Keyword.Asc) && false);

    private NullsOrder NullsRule()
    {
        if (_word != Keyword.Nulls || PeekWord() is not (Keyword.First or Keyword.Last)) return NullsOrder.Default;
        Advance();
        return Accept(Keyword.First) ? NullsOrder.First : Accept(Keyword.Last) ? NullsOrder.Last : throw Unexpected();
    }
}
