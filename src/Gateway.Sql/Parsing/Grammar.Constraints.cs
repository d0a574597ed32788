using System.Collections.Immutable;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Parsing;

/// <summary>The constraints of columns and tables.</summary>
internal sealed partial class Grammar
{
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
            case Keyword.Not:
                throw Unexpected(_at + 1);
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

    /// <summary>EXCLUDE [USING method] (element WITH operator, …) [parameters] [WHERE (condition)], as text.</summary>
    private string ExcludeRule()
    {
        var start = Here;
        Expect(Keyword.Exclude);
        if (Accept(Keyword.Using)) Name();
        Expect(TokenKind.OpenParen);
        do
        {
            IndexElementRule();
            Expect(Keyword.With);
            if (_word == Keyword.Operator) OperatorCall();
            else AnyOperator();
        }
        while (Accept(TokenKind.Comma));
        Expect(TokenKind.CloseParen);
        IndexParameters(out _);
        if (Accept(Keyword.Where)) ParenthesizedText();
        return TextFrom(start);
    }

    /// <summary>DEFAULT, or FOR VALUES IN (…), FROM (…) TO (…), WITH (…).</summary>
    private void PartitionBound()
    {
        if (Accept(Keyword.Default)) return;
        Expect(Keyword.For, Keyword.Values);
        if (Accept(Keyword.From))
        {
            Expressions();
            Expect(Keyword.To);
            Expressions();
        }
        else if (Accept(Keyword.In))
        {
            Expressions();
        }
        else
        {
            Expect(Keyword.With);
            Expect(TokenKind.OpenParen);
            do
            {
                var option = NonReserved();
                if (option is not ("modulus" or "remainder"))
                    throw PgException.Syntax($"unrecognized hash partition bound specification \"{option}\"").At(Here + 1);
                Expect(TokenKind.Integer);
            }
            while (Accept(TokenKind.Comma));
            Expect(TokenKind.CloseParen);
        }

        void Expressions()
        {
            Expect(TokenKind.OpenParen);
            ExpressionList();
            Expect(TokenKind.CloseParen);
        }
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
                constraint = new ExcludeConstraint(name, ExcludeRule());
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
}
