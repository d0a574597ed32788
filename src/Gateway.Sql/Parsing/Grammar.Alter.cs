using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Parsing;

/// <summary>ALTER.</summary>
internal sealed partial class Grammar
{
    private Statement AlterRule(int start)
    {
        Expect(Keyword.Alter);
        var kind = ObjectKind();
        switch (kind)
        {
            case "table" or "view" or "materialized view" or "index" when _word != Keyword.All:
                return AlterRelation(kind, start);
            case "sequence":
                return AlterSequenceRule();
            case "type":
                return AlterTypeRule(start);
            default:
                return Opaque("ALTER " + kind.ToUpperInvariant(), start);
        }
    }

    private Statement AlterSequenceRule()
    {
        var ifExists = IfExists();
        var name = Qualified();
        var options = SequenceOptions();
        if (!options.IsEmpty) return new AlterSequence(name, ifExists, options);
        return new AlterTable(name, ifExists, false, [AlterActionRule()]) { Kind = "sequence" };
    }

    private Statement AlterTypeRule(int start)
    {
        var name = Qualified();
        if (_word != Keyword.Add || PeekWord() != Keyword.Value) return Opaque("ALTER TYPE", start);
        Advance();
        Advance();
        var ifNotExists = IfNotExists();
        var label = StringValue();
        string? before = null, after = null;
        if (Accept(Keyword.Before)) before = StringValue();
        else if (Accept(Keyword.After)) after = StringValue();
        return new AlterEnum(name, label, ifNotExists, before, after);
    }

    private Statement AlterRelation(string kind, int start)
    {
        var ifExists = IfExists();
        var table = RelationExpression();

        // Of an index's column, and of nothing else, the name can be a number.
        var actions = new ListBuilder<AlterAction>();
        do actions.Add(AlterActionRule());
        while (Accept(TokenKind.Comma));
        return new AlterTable(table.Name, ifExists, table.Only, actions.ToImmutable()) { Kind = kind, Position = start };
    }

    private AlterAction AlterActionRule()
    {
        var start = Here;
        return AlterActionBody() with { Position = start };
    }

    private AlterAction AlterActionBody()
    {
        switch (_word)
        {
            case Keyword.Add: return AddRule();
            case Keyword.Drop: return DropActionRule();
            case Keyword.Alter when PeekWord() != Keyword.Constraint: return AlterColumnRule();
            case Keyword.Rename: return RenameRule();
            case Keyword.Set when PeekWord() == Keyword.Schema:
                Advance();
                Advance();
                return new SetSchema(Name());
        }

        // The verb is the part in key words that tells one action from another.
        var verb = _word switch
        {
            Keyword.Owner => Words(Keyword.Owner, Keyword.To),
            Keyword.Set => PeekKind() == TokenKind.OpenParen ? Words(Keyword.Set) : SetVerb(),
            Keyword.Reset => Words(Keyword.Reset),
            Keyword.Enable or Keyword.Disable => ToggleVerb(),
            Keyword.Replica => Words(Keyword.Replica, Keyword.Identity),
            Keyword.Attach => Words(Keyword.Attach, Keyword.Partition),
            Keyword.Detach => Words(Keyword.Detach, Keyword.Partition),
            Keyword.Validate => Words(Keyword.Validate, Keyword.Constraint),
            Keyword.Cluster => Words(Keyword.Cluster, Keyword.On),
            Keyword.Inherit => Words(Keyword.Inherit),
            Keyword.No when PeekWord() == Keyword.Force => Words(Keyword.No, Keyword.Force, Keyword.Row, Keyword.Level, Keyword.Security),
            Keyword.No => Words(Keyword.No, Keyword.Inherit),
            Keyword.Not => Words(Keyword.Not, Keyword.Of),
            Keyword.Of => Words(Keyword.Of),
            Keyword.Force => Words(Keyword.Force, Keyword.Row, Keyword.Level, Keyword.Security),
            Keyword.Alter => Words(Keyword.Alter, Keyword.Constraint),
            Keyword.Depends => Words(Keyword.Depends, Keyword.On, Keyword.Extension),
            _ => throw Unexpected(),
        };
        return new OtherAlterAction(verb, SkipClause(stopAtComma: true));

        string SetVerb()
        {
            var second = PeekWord();
            return second switch
            {
                Keyword.Tablespace or Keyword.Logged or Keyword.Unlogged => Words(Keyword.Set, second),
                Keyword.Access => Words(Keyword.Set, Keyword.Access, Keyword.Method),
                Keyword.Without => Words(Keyword.Set, Keyword.Without, PeekWord(2) == Keyword.Cluster ? Keyword.Cluster : Keyword.Oids),
                _ => throw Unexpected(_at + 1),
            };
        }

        string ToggleVerb()
        {
            var first = _word;
            var second = PeekWord();
            return second switch
            {
                Keyword.Row => Words(first, Keyword.Row, Keyword.Level, Keyword.Security),
                Keyword.Trigger or Keyword.Rule => Words(first, second),
                Keyword.Always or Keyword.Replica when PeekWord(2) is Keyword.Trigger or Keyword.Rule => Words(first, second, PeekWord(2)),
                _ => throw Unexpected(_at + 1),
            };
        }

        string Words(params ReadOnlySpan<Keyword> words)
        {
            var at = Here;
            foreach (var word in words) Expect(word);
            return TextFrom(at).ToLowerInvariant();
        }
    }

    private AlterAction AddRule()
    {
        Expect(Keyword.Add);
        if (_word is Keyword.Constraint or Keyword.Check or Keyword.Unique or Keyword.Primary or Keyword.Foreign
            || (_word == Keyword.Exclude && PeekWord() == Keyword.Using))
            return new AddConstraint(TableConstraintRule(out var notValid), notValid);
        Accept(Keyword.Column);
        var ifNotExists = IfNotExists();
        return new AddColumn(ColumnDefinitionRule(), ifNotExists);
    }

    private AlterAction DropActionRule()
    {
        Expect(Keyword.Drop);
        if (Accept(Keyword.Constraint))
        {
            var optional = IfExists();
            return new DropConstraint(Name(), optional, Cascade());
        }

        Accept(Keyword.Column);
        var ifExists = IfExists();
        return new DropColumn(Name(), ifExists, Cascade());
    }

    private AlterAction AlterColumnRule()
    {
        Expect(Keyword.Alter);
        Accept(Keyword.Column);
        var column = _kind == TokenKind.Integer ? TakeText() : Name();
        if (Accept(Keyword.Type) || Accept(Keyword.Set, Keyword.Data, Keyword.Type))
        {
            var type = Type();
            var collation = Accept(Keyword.Collate) ? Qualified() : null;
            return new AlterColumnType(column, type, collation, Accept(Keyword.Using) ? Expression() : null);
        }

        if (Accept(Keyword.Set, Keyword.Default))
        {
            var start = Here;
            var value = Expression();
            return new AlterColumnDefault(column, value) { Text = TextFrom(start) };
        }

        if (Accept(Keyword.Drop, Keyword.Default)) return new AlterColumnDefault(column, null);
        if (Accept(Keyword.Set, Keyword.Not, Keyword.Null)) return new AlterColumnNotNull(column, true);
        if (Accept(Keyword.Drop, Keyword.Not, Keyword.Null)) return new AlterColumnNotNull(column, false);
        if (Accept(Keyword.Drop, Keyword.Identity))
            return new AlterColumnIdentity(column, IfExists() ? "drop if exists" : "drop", false, []);
        if (Accept(Keyword.Add))
        {
            Expect(Keyword.Generated);
            var always = Accept(Keyword.Always);
            if (!always) Expect(Keyword.By, Keyword.Default);
            Expect(Keyword.As, Keyword.Identity);
            return new AlterColumnIdentity(column, "add", always, SequenceOptionList());
        }

        if (_word == Keyword.Restart || (_word == Keyword.Set && PeekWord() is Keyword.Generated or Keyword.Increment or Keyword.Minvalue
            or Keyword.Maxvalue or Keyword.Start or Keyword.Restart or Keyword.Cache or Keyword.Cycle or Keyword.No))
            return AlterIdentity(column);

        if (_word is not (Keyword.Set or Keyword.Reset or Keyword.Drop)) throw Unexpected();
        var verb = "alter column " + Keywords.Text(_word);
        Advance();
        if (_kind is TokenKind.End or TokenKind.Semicolon) throw Unexpected();
        return new OtherAlterAction(verb, column + " " + SkipClause(stopAtComma: true));
    }

    /// <summary>SET GENERATED …, SET INCREMENT …, RESTART … one after the other.</summary>
    private AlterColumnIdentity AlterIdentity(string column)
    {
        var options = new ListBuilder<SequenceOption>();
        var always = false;
        while (_word is Keyword.Restart or Keyword.Set)
        {
            if (Accept(Keyword.Set) && Accept(Keyword.Generated))
            {
                var start = Here;
                always = Accept(Keyword.Always);
                if (!always) Expect(Keyword.By, Keyword.Default);
                options.Add(new SequenceOption("generated", always ? "always" : "by default") { Position = start });
                continue;
            }

            options.Add(SequenceOptionRule() ?? throw Unexpected());
        }

        return new AlterColumnIdentity(column, "set", always, options.ToImmutable());
    }

    private AlterAction RenameRule()
    {
        Expect(Keyword.Rename);
        if (Accept(Keyword.To)) return new RenameTo(Name());
        if (Accept(Keyword.Constraint))
        {
            var constraint = Name();
            Expect(Keyword.To);
            return new RenameConstraint(constraint, Name());
        }

        Accept(Keyword.Column);
        var column = Name();
        Expect(Keyword.To);
        return new RenameColumn(column, Name());
    }
}
