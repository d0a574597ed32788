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
            case "domain":
                return new AlterType(kind, Qualified(), AlterDomainAction());
            case "schema":
                return new AlterSchema(Name(), _word is Keyword.Rename or Keyword.Owner ? AlterActionRule("schema") : throw Unexpected());
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
        return new AlterTable(name, ifExists, false, [AlterActionRule("sequence")]) { Kind = "sequence" };
    }

    private Statement AlterTypeRule(int start)
    {
        var name = Qualified();
        switch (_word)
        {
            case Keyword.Rename when PeekWord() == Keyword.Value:
                Advance();
                Advance();
                var old = StringValue();
                Expect(Keyword.To);
                return new RenameEnumLabel(name, old, StringValue());
            case Keyword.Rename when PeekWord() == Keyword.To:
            case Keyword.Set when PeekWord() == Keyword.Schema:
            case Keyword.Owner:
                return new AlterType("type", name, AlterActionRule("type"));
            case Keyword.Add when PeekWord() == Keyword.Value:
                break;
            default:
                return Opaque("ALTER TYPE", start);
        }

        Advance();
        Advance();
        var ifNotExists = IfNotExists();
        var label = StringValue();
        string? before = null, after = null;
        if (Accept(Keyword.Before)) before = StringValue();
        else if (Accept(Keyword.After)) after = StringValue();
        return new AlterEnum(name, label, ifNotExists, before, after);
    }

    private AlterAction AlterDomainAction()
    {
        var start = Here;
        return Body() with { Position = start };

        AlterAction Body()
        {
            switch (_word)
            {
                case Keyword.Add:
                    Advance();
                    return new AddConstraint(TableConstraintRule(out var notValid), notValid);
                case Keyword.Set when PeekWord() == Keyword.Default:
                    Advance();
                    Advance();
                    var from = Here;
                    var value = Expression();
                    return new AlterColumnDefault("", value) { Text = TextFrom(from) };
                case Keyword.Set when PeekWord() == Keyword.Not:
                    Advance();
                    Expect(Keyword.Not, Keyword.Null);
                    return new AlterColumnNotNull("", true);
                case Keyword.Drop when PeekWord() == Keyword.Default:
                    Advance();
                    Advance();
                    return new AlterColumnDefault("", null);
                case Keyword.Drop when PeekWord() == Keyword.Not:
                    Advance();
                    Expect(Keyword.Not, Keyword.Null);
                    return new AlterColumnNotNull("", false);
                case Keyword.Drop:
                    Advance();
                    Expect(Keyword.Constraint);
                    var optional = IfExists();
                    return new DropConstraint(Name(), optional, Cascade());
                case Keyword.Rename or Keyword.Owner or Keyword.Set or Keyword.Validate:
                    return AlterActionBody("type");
                default:
                    throw Unexpected();
            }
        }
    }

    private Statement AlterRelation(string kind, int start)
    {
        var ifExists = IfExists();
        var table = kind is "table" or "foreign table" ? RelationExpression() : new TableRef(Qualified());
        var actions = new ListBuilder<AlterAction>();
        do actions.Add(AlterActionRule(kind));
        while (Accept(TokenKind.Comma));
        return new AlterTable(table.Name, ifExists, table.Only, actions.ToImmutable()) { Kind = kind, Position = start };
    }

    private AlterAction AlterActionRule(string kind)
    {
        var start = Here;
        return AlterActionBody(kind) with { Position = start };
    }

    private AlterAction AlterActionBody(string kind)
    {
        switch (_word)
        {
            case Keyword.Add: return AddRule();
            case Keyword.Drop: return DropActionRule();
            case Keyword.Alter when PeekWord() != Keyword.Constraint: return AlterColumnRule();
            case Keyword.Rename: return RenameRule(kind is not ("index" or "sequence" or "schema"));
            case Keyword.Set when PeekWord() == Keyword.Schema:
                Advance();
                Advance();
                return new SetSchema(Name());
        }

        return OtherAction(ofIndex: kind == "index");
    }

    /// <summary>The verb is the part in key words that tells one action from another; what it acts on is kept as text.</summary>
    private OtherAlterAction OtherAction(bool ofIndex)
    {
        switch (_word)
        {
            case Keyword.Owner: return Other(() => RoleName(), Keyword.Owner, Keyword.To);
            case Keyword.Reset: return Other(() => StorageOptions(), Keyword.Reset);
            case Keyword.Attach: return Other(AttachedPartition, Keyword.Attach, Keyword.Partition);
            case Keyword.Detach: return Other(DetachedPartition, Keyword.Detach, Keyword.Partition);
            case Keyword.Validate: return Other(() => Name(), Keyword.Validate, Keyword.Constraint);
            case Keyword.Cluster: return Other(() => Name(), Keyword.Cluster, Keyword.On);
            case Keyword.Inherit: return Other(() => Qualified(), Keyword.Inherit);
            case Keyword.Not: return Other(null, Keyword.Not, Keyword.Of);
            case Keyword.Of: return Other(() => Qualified(), Keyword.Of);
            case Keyword.No when PeekWord() == Keyword.Force:
                return Other(null, Keyword.No, Keyword.Force, Keyword.Row, Keyword.Level, Keyword.Security);
            case Keyword.No: return Other(() => Qualified(), Keyword.No, Keyword.Inherit);
            case Keyword.Force: return Other(null, Keyword.Force, Keyword.Row, Keyword.Level, Keyword.Security);
            case Keyword.Replica: return Other(ReplicaIdentity, Keyword.Replica, Keyword.Identity);
            case Keyword.Alter: return Other(AlteredConstraint, Keyword.Alter, Keyword.Constraint);
            case Keyword.Depends: return Other(() => Name(), Keyword.Depends, Keyword.On, Keyword.Extension);
            case Keyword.Enable or Keyword.Disable: return Toggle();
            case Keyword.Set: return SetAction();
            default: throw Unexpected();
        }

        void AttachedPartition()
        {
            Qualified();
            if (!ofIndex) PartitionBound();
        }

        void DetachedPartition()
        {
            Qualified();
            if (!Accept(Keyword.Concurrently)) Accept(Keyword.Finalize);
        }

        void ReplicaIdentity()
        {
            if (Accept(Keyword.Nothing) || Accept(Keyword.Full) || Accept(Keyword.Default)) return;
            Expect(Keyword.Using, Keyword.Index);
            Name();
        }

        void AlteredConstraint()
        {
            Name();
            ConstraintAttributes();
        }
    }

    private OtherAlterAction SetAction()
    {
        switch (PeekWord())
        {
            case Keyword.Tablespace: return Other(() => Name(), Keyword.Set, Keyword.Tablespace);
            case Keyword.Logged or Keyword.Unlogged: return Other(null, Keyword.Set, PeekWord());
            case Keyword.Access: return Other(() => Name(), Keyword.Set, Keyword.Access, Keyword.Method);
            case Keyword.Without:
                return Other(null, Keyword.Set, Keyword.Without, PeekWord(2) == Keyword.Cluster ? Keyword.Cluster : Keyword.Oids);
            default: return Other(() => StorageOptions(), Keyword.Set);
        }
    }

    /// <summary>ENABLE and DISABLE of triggers, rules and row security.</summary>
    private OtherAlterAction Toggle()
    {
        var first = _word;
        var second = PeekWord();
        return second switch
        {
            Keyword.Row => Other(null, first, Keyword.Row, Keyword.Level, Keyword.Security),
            Keyword.Trigger => Other(TriggerName, first, second),
            Keyword.Rule => Other(() => Name(), first, second),
            Keyword.Always or Keyword.Replica when first == Keyword.Enable =>
                Other(() => Name(), first, second, PeekWord(2) == Keyword.Rule ? Keyword.Rule : Keyword.Trigger),
            _ => throw Unexpected(_at + 1),
        };

        void TriggerName()
        {
            if (!Accept(Keyword.All) && !Accept(Keyword.User)) Name();
        }
    }

    private OtherAlterAction Other(Action? rest, params ReadOnlySpan<Keyword> words)
    {
        foreach (var word in words) Expect(word);
        var start = Here;
        rest?.Invoke();
        var verb = new List<string>();
        foreach (var word in words) verb.Add(Keywords.Text(word));
        return new OtherAlterAction(string.Join(' ', verb), rest is null ? "" : TextFrom(start));
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
        // An index's columns may be numbers, for their statistics.
        var numbered = _kind == TokenKind.Integer;
        var column = numbered ? TakeText() : Name();
        if (numbered && !(_word == Keyword.Set && PeekWord() == Keyword.Statistics)) throw Unexpected(_word == Keyword.Set ? _at + 1 : _at);
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

        return AlterColumnStorage(column);
    }

    /// <summary>SET STATISTICS, STORAGE, COMPRESSION or (…), RESET (…), DROP EXPRESSION.</summary>
    private OtherAlterAction AlterColumnStorage(string column)
    {
        var start = Here;
        if (Accept(Keyword.Reset))
        {
            StorageOptions();
        }
        else if (Accept(Keyword.Drop))
        {
            Expect(Keyword.Expression);
            IfExists();
        }
        else
        {
            Expect(Keyword.Set);
            if (Accept(Keyword.Statistics)) SignedInteger();
            else if (Accept(Keyword.Storage)) Name();
            else if (Accept(Keyword.Compression) && !Accept(Keyword.Default)) Name();
            else StorageOptions();
        }

        return new OtherAlterAction("alter column", $"{column} {TextFrom(start)}");
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

    private AlterAction RenameRule(bool hasColumns)
    {
        Expect(Keyword.Rename);
        if (Accept(Keyword.To)) return new RenameTo(Name());
        if (!hasColumns) throw Unexpected();
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
