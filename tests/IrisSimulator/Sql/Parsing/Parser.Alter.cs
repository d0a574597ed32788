using IrisSimulator.Sql.Lexing;
using IrisSimulator.Sql.Rules;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

/// <summary>ALTER TABLE: one kind of action per statement.</summary>
internal sealed partial class Parser
{
    private AlterTable AlterTable()
    {
        Expect("TABLE");
        var table = QualifiedName();
        var action = Current.Key switch
        {
            "ADD" => Add(),
            "ALTER" => AlterColumn(),
            "MODIFY" => Modify(),
            "DROP" or "DELETE" => DropPart(),
            "RENAME" => RenameTable(),
            _ => throw Fail(-1, $"ALTER TABLE cannot be followed by {Current}"),
        };
        NoParameters(-1, "ALTER TABLE");
        return new(table, action);
    }

    private AlterAction Add()
    {
        Expect("ADD");
        if (Accept("COLUMN"))
        {
            var columns = Bracketed(ColumnDefinition);
            TableRules.CheckColumns(columns);
            return new AddColumns(columns);
        }
        if (AtConstraint) return new AddConstraint(TableConstraint());
        Expect("DEFAULT");
        var value = BracketedDefault();
        Expect("FOR");
        return new SetDefault(Name(), value);
    }

    private AlterAction AlterColumn()
    {
        Expect("ALTER", "COLUMN");
        var column = Name();
        switch (Current.Key)
        {
            case "SET":
                Expect("SET", "DEFAULT");
                return new SetDefault(column, BracketedDefault());
            case "DROP":
                Expect("DROP", "DEFAULT");
                return new SetDefault(column, null);
            case "NULL" or "NOT":
                return new SetNullability(column, Nullability()!.Value);
            case "COLLATE":
                _tokens.Take();
                return new SetCollation(column, CollationName());
            case "RENAME":
                _tokens.Take();
                return new RenameColumn(column, Name());
            default:
                return new SetType(column, ColumnType());
        }
    }

    /// <summary>True for NOT NULL, false for NULL.</summary>
    private bool? Nullability()
    {
        if (Accept("NULL")) return false;
        if (!Accept("NOT")) return null;
        Expect("NULL");
        return true;
    }

    private AlterAction Modify()
    {
        Expect("MODIFY");
        if (_tokens.Peek(1).Key != "RENAME") return new ModifyColumns(List(ColumnChange));
        var column = Name();
        Expect("RENAME");
        return new RenameColumn(column, Name());
    }

    private ColumnChange ColumnChange()
    {
        var column = Name();
        DataType? type = Current.Kind == TokenKind.End || AtAny("DEFAULT", "NULL", "NOT", ",") ? null : ColumnType();
        var value = Accept("DEFAULT") ? BracketedDefault() : null;
        var notNull = Nullability();
        return type is null && value is null && notNull is null
            ? throw Fail(-1, $"A change of column {column} expected, {Current} found")
            : new(column, type, value, notNull);
    }

    private AlterAction DropPart()
    {
        _tokens.Take();
        switch (ExpectAny("COLUMN", "CONSTRAINT", "PRIMARY", "FOREIGN"))
        {
            case "CONSTRAINT": return new DropConstraint(DroppedConstraint.Named, Name());
            case "PRIMARY":
                Expect("KEY");
                return new DropConstraint(DroppedConstraint.PrimaryKey, null);
            case "FOREIGN":
                Expect("KEY");
                return new DropConstraint(DroppedConstraint.ForeignKey, Name());
        }
        var behavior = DropBehavior.Unspecified;
        bool? deleteData = null;
        var columns = List(() =>
        {
            var column = Name();
            behavior = Behavior() is var written && written != DropBehavior.Unspecified ? written : behavior;
            deleteData = DeleteData() ?? deleteData;
            return column;
        });
        return new DropColumns(columns, behavior, deleteData);
    }

    private RenameTable RenameTable()
    {
        Expect("RENAME");
        return new(Name());
    }
}
