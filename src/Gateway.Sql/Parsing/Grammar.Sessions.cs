using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Parsing;

/// <summary>Transactions and settings.</summary>
internal sealed partial class Grammar
{
    private TransactionStatement TransactionRule()
    {
        var word = _word;
        Advance();
        switch (word)
        {
            case Keyword.Begin:
                SkipWorkOrTransaction();
                return Make(TransactionVerb.Begin, Modes());
            case Keyword.Start:
                Expect(Keyword.Transaction);
                return Make(TransactionVerb.Start, Modes());
            case Keyword.Prepare:
                Expect(Keyword.Transaction);
                return Make(TransactionVerb.PrepareTransaction, name: StringValue());
            case Keyword.Commit when Accept(Keyword.Prepared):
                return Make(TransactionVerb.CommitPrepared, name: StringValue());
            case Keyword.Commit or Keyword.End:
                SkipWorkOrTransaction();
                return Make(TransactionVerb.Commit, chain: Chain());
            case Keyword.Rollback when Accept(Keyword.Prepared):
                return Make(TransactionVerb.RollbackPrepared, name: StringValue());
            case Keyword.Rollback or Keyword.Abort:
                SkipWorkOrTransaction();
                if (word == Keyword.Rollback && Accept(Keyword.To))
                {
                    SkipSavepoint();
                    return Make(TransactionVerb.RollbackTo, name: Name());
                }

                return Make(TransactionVerb.Rollback, chain: Chain());
            case Keyword.Savepoint:
                return Make(TransactionVerb.Savepoint, name: Name());
            default:
                SkipSavepoint();
                return Make(TransactionVerb.Release, name: Name());
        }

        void SkipWorkOrTransaction()
        {
            if (!Accept(Keyword.Work)) Accept(Keyword.Transaction);
        }

        // The word is optional and may itself name a savepoint.
        void SkipSavepoint()
        {
            if (_word == Keyword.Savepoint && PeekKind() is TokenKind.Identifier or TokenKind.QuotedIdentifier or TokenKind.UnicodeIdentifier)
                Advance();
        }

        bool Chain()
        {
            if (!Accept(Keyword.And)) return false;
            var chain = !Accept(Keyword.No);
            Expect(Keyword.Chain);
            return chain;
        }

        static TransactionStatement Make(TransactionVerb verb, TransactionModes? modes = null, string? name = null, bool chain = false) =>
            new(verb, modes ?? TransactionModes.None, name, chain);
    }

    /// <summary>Modes with or without commas between them; none is fine.</summary>
    private TransactionModes Modes()
    {
        var modes = TransactionModes.None;
        for (var first = true; ; first = false)
        {
            var comma = !first && Accept(TokenKind.Comma);
            switch (_word)
            {
                case Keyword.Isolation:
                    Advance();
                    Expect(Keyword.Level);
                    modes = modes with { Isolation = IsolationLevel() };
                    break;
                case Keyword.Read:
                    Advance();
                    var only = Accept(Keyword.Only);
                    if (!only) Expect(Keyword.Write);
                    modes = modes with { ReadOnly = only };
                    break;
                case Keyword.Deferrable:
                    Advance();
                    modes = modes with { Deferrable = true };
                    break;
                case Keyword.Not:
                    Advance();
                    Expect(Keyword.Deferrable);
                    modes = modes with { Deferrable = false };
                    break;
                default:
                    return comma ? throw Unexpected() : modes;
            }
        }
    }

    private string IsolationLevel()
    {
        if (Accept(Keyword.Serializable)) return "serializable";
        if (Accept(Keyword.Repeatable))
        {
            Expect(Keyword.Read);
            return "repeatable read";
        }

        Expect(Keyword.Read);
        if (Accept(Keyword.Committed)) return "read committed";
        Expect(Keyword.Uncommitted);
        return "read uncommitted";
    }

    private TransactionModes RequiredModes()
    {
        var at = _at;
        var modes = Modes();
        return _at == at ? throw Unexpected() : modes;
    }

    private Statement SetRule()
    {
        Expect(Keyword.Set);
        var scope = SetScope.Session;
        // SESSION and LOCAL are no names of settings unless TO, = or FROM follows.
        if (_word is Keyword.Session or Keyword.Local && PeekWord() != Keyword.To && PeekKind() is not (TokenKind.Equal or TokenKind.Dot))
        {
            if (_word == Keyword.Session && PeekWord() == Keyword.Characteristics)
            {
                Advance();
                Advance();
                Expect(Keyword.As);
                Expect(Keyword.Transaction);
                return new SetTransaction(true, RequiredModes(), null);
            }

            if (!(_word == Keyword.Session && PeekWord() == Keyword.Authorization))
            {
                if (_word == Keyword.Local) scope = SetScope.Local;
                Advance();
            }
        }

        switch (_word)
        {
            case Keyword.Transaction when PeekWord() != Keyword.To && PeekKind() != TokenKind.Equal:
                Advance();
                return Accept(Keyword.Snapshot)
                    ? new SetTransaction(false, TransactionModes.None, StringValue())
                    : new SetTransaction(false, RequiredModes(), null);
            case Keyword.Constraints when PeekWord() != Keyword.To && PeekKind() != TokenKind.Equal:
                return SetConstraintsRule();
            case Keyword.Time when PeekWord() == Keyword.Zone:
                Advance();
                Advance();
                return new SetStatement(scope, "timezone", ZoneValue());
            case Keyword.Names when PeekWord() != Keyword.To && PeekKind() != TokenKind.Equal:
                Advance();
                if (Accept(Keyword.Default) || !IsString) return new SetStatement(scope, "client_encoding", null);
                return new SetStatement(scope, "client_encoding", [StringValue()]);
            case Keyword.Role when PeekWord() != Keyword.To && PeekKind() != TokenKind.Equal:
                Advance();
                return new SetStatement(scope, "role", [NameOrString()]);
            case Keyword.Session when PeekWord() == Keyword.Authorization:
                Advance();
                Advance();
                return new SetStatement(scope, "session_authorization", Accept(Keyword.Default) ? null : [NameOrString()]);
            case Keyword.Schema when PeekKind() is >= TokenKind.String and <= TokenKind.NationalString:
                Advance();
                return new SetStatement(scope, "search_path", [StringValue()]);
            case Keyword.Xml when PeekWord() == Keyword.Option:
                Advance();
                Advance();
                if (_word is not (Keyword.Document or Keyword.Content)) throw Unexpected();
                return new SetStatement(scope, "xmloption", [TakeName()]);
            case Keyword.Catalog when PeekKind() is >= TokenKind.String and <= TokenKind.NationalString:
                Advance();
                throw Unsupported("SET CATALOG", Here);
        }

        var name = SettingName();
        if (Accept(Keyword.From))
        {
            Expect(Keyword.Current);
            return new SetStatement(scope, name, null);
        }

        if (!Accept(Keyword.To)) Expect(TokenKind.Equal);
        if (Accept(Keyword.Default)) return new SetStatement(scope, name, null);
        var values = new ListBuilder<string>();
        do values.Add(SettingValue());
        while (Accept(TokenKind.Comma));
        return new SetStatement(scope, name, values.ToImmutable());
    }

    /// <summary>A name, perhaps with dots; case does not matter for settings.</summary>
    private string SettingName()
    {
        var name = Name();
        while (Accept(TokenKind.Dot)) name += "." + Name();
        return name.ToLowerInvariant();
    }

    private string NameOrString() => IsString ? StringValue() : NonReserved();

    /// <summary>A string, a signed number or a word; true, false and on stay words.</summary>
    private string SettingValue()
    {
        if (IsString) return StringValue();
        if (_word is Keyword.True or Keyword.False or Keyword.On) return TakeName();
        if (_kind is TokenKind.Plus or TokenKind.Minus or TokenKind.Integer or TokenKind.Decimal) return SignedNumber();
        return NonReserved();
    }

    private string SignedNumber()
    {
        var sign = "";
        if (Accept(TokenKind.Minus)) sign = "-";
        else Accept(TokenKind.Plus);
        return _kind is TokenKind.Integer or TokenKind.Decimal ? sign + TakeText() : throw Unexpected();
    }

    /// <summary>A name, a number of hours, an interval, DEFAULT or LOCAL.</summary>
    private ImmutableArray<string>? ZoneValue()
    {
        if (Accept(Keyword.Default) || Accept(Keyword.Local)) return null;
        if (IsString) return [StringValue()];
        if (_kind is TokenKind.Plus or TokenKind.Minus or TokenKind.Integer or TokenKind.Decimal) return [SignedNumber()];
        if (_word == Keyword.Interval)
        {
            Advance();
            var precision = Modifiers();
            var text = StringValue();
            var start = Here;
            if (precision.IsEmpty)
            {
                var fields = IntervalFields(ref precision);
                if (fields is not (null or "hour" or "hour to minute"))
                    throw Invalid("time zone interval must be HOUR or HOUR TO MINUTE", start);
            }

            return [HoursEast(text)];
        }

        return IsIdentifier && (_kind != TokenKind.Identifier || _word == Keyword.NoWord) ? [TakeName()] : throw Unexpected();
    }

    /// <summary>An interval as a number of hours: unlike the same text as a name, which is POSIX's, it counts eastward.</summary>
    private static string HoursEast(string interval)
    {
        var text = interval.Trim();
        var isWest = text.StartsWith('-');
        var parts = text.TrimStart('+', '-').Split(':');
        if (parts.Length is not (1 or 2) || !parts.All(part => part.Length is 1 or 2 && part.All(char.IsAsciiDigit)))
            throw PgException.Unsupported($"time zone interval '{interval}' is not supported");
        var hours = int.Parse(parts[0], CultureInfo.InvariantCulture) + (parts.Length == 1 ? 0 : int.Parse(parts[1], CultureInfo.InvariantCulture) / 60.0);
        return (isWest ? -hours : hours).ToString("R", CultureInfo.InvariantCulture);
    }

    private SetConstraints SetConstraintsRule()
    {
        Expect(Keyword.Constraints);
        var names = Accept(Keyword.All) ? [] : QualifiedList();
        var deferred = Accept(Keyword.Deferred);
        if (!deferred) Expect(Keyword.Immediate);
        return new SetConstraints(names, deferred);
    }

    private ResetStatement ResetRule()
    {
        Expect(Keyword.Reset);
        if (Accept(Keyword.All)) return new ResetStatement(null);
        return new ResetStatement(SpecialSetting() ?? SettingName());
    }

    private ShowStatement ShowRule()
    {
        Expect(Keyword.Show);
        if (Accept(Keyword.All)) return new ShowStatement("all");
        return new ShowStatement(SpecialSetting() ?? SettingName());
    }

    /// <summary>The settings that RESET and SHOW know by several words.</summary>
    private string? SpecialSetting()
    {
        if (Accept(Keyword.Time, Keyword.Zone)) return "timezone";
        if (Accept(Keyword.Session, Keyword.Authorization)) return "session_authorization";
        if (!Accept(Keyword.Transaction, Keyword.Isolation)) return null;
        Expect(Keyword.Level);
        return "transaction_isolation";
    }
}
