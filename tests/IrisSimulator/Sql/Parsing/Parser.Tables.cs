using IrisSimulator.Sql.Rules;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

/// <summary>CREATE TABLE, DROP TABLE.</summary>
internal sealed partial class Parser
{
    private Statement CreateTable()
    {
        var temporary = Accept("GLOBAL");
        if (temporary) Expect("TEMPORARY");
        Expect("TABLE");
        var ifNotExists = IfNotExists();
        var table = QualifiedName();
        return Accept("AS") ? CreateTableAs(table, ifNotExists, temporary) : CreateTable(table, ifNotExists, temporary);
    }

    private CreateTableAs CreateTableAs(QualifiedName table, bool ifNotExists, bool temporary)
    {
        if (temporary) throw Fail(-1, "CREATE GLOBAL TEMPORARY TABLE takes no AS SELECT");
        if (At("WITH")) throw Fail(-383, "Common table expressions are only supported with SELECT");
        if (!At("SELECT")) throw Fail(-1, $"SELECT expected, {Current} found");
        var query = Query();
        NoParameters(-1, "CREATE TABLE AS SELECT");
        return new(table, ifNotExists, query, TableOptions());
    }

    private CreateTable CreateTable(QualifiedName table, bool ifNotExists, bool temporary)
    {
        var columns = new List<ColumnDefinition>();
        var constraints = new List<TableConstraint>();
        var publicRowId = false;
        string? description = null;
        Bracketed(() =>
        {
            if (Accept("%PUBLICROWID")) return publicRowId = true;
            if (Accept("%DESCRIPTION")) description = QuotedText();
            else if (AtConstraint) constraints.Add(TableConstraint());
            else columns.Add(ColumnDefinition());
            return true;
        });
        NoParameters(-1, "CREATE TABLE");
        TableRules.Check(columns, constraints);
        return new(table, temporary, ifNotExists, publicRowId, description, columns, constraints, TableOptions());
    }

    private bool AtConstraint => AtAny("CONSTRAINT", "UNIQUE", "PRIMARY", "FOREIGN");

    private TableConstraint TableConstraint()
    {
        var name = Accept("CONSTRAINT") ? Name() : null;
        if (Accept("UNIQUE"))
        {
            Clustering();
            return new UniqueConstraint(name, Bracketed(Name));
        }
        if (Accept("PRIMARY"))
        {
            Expect("KEY");
            Clustering();
            return new PrimaryKeyConstraint(name, Bracketed(Name));
        }
        if (!At("FOREIGN")) throw Fail(-1, $"UNIQUE, PRIMARY KEY or FOREIGN KEY expected, {Current} found");
        Expect("FOREIGN", "KEY");
        var columns = Bracketed(Name);
        var references = References();
        if (references.Columns.Count > 0 && references.Columns.Count != columns.Count)
            throw Fail(-79, "The foreign key and what it refers to differ in their number of columns");
        return new ForeignKeyConstraint(name, columns, references);
    }

    private void Clustering()
    {
        if (!Accept("CLUSTERED")) Accept("NONCLUSTERED");
    }

    private References References()
    {
        Expect("REFERENCES");
        return ReferencesAfterWord();
    }

    private References ReferencesAfterWord()
    {
        var table = QualifiedName();
        List<Name> columns = At("(") ? Bracketed(Name) : [];
        if (Accept("MATCH")) ExpectAny("FULL", "PARTIAL");
        ReferentialAction? onDelete = null, onUpdate = null;
        // ON UPDATE may also begin a column's own clause of that name, which holds a value.
        while (At("ON", "DELETE") || (At("ON", "UPDATE") && IsAction(_tokens.Peek(2).Key, _tokens.Peek(3).Key)))
        {
            Expect("ON");
            if (Accept("DELETE")) onDelete = onDelete is null ? Action() : throw Fail(-1, "ON DELETE is given twice");
            else
            {
                Expect("UPDATE");
                onUpdate = onUpdate is null ? Action() : throw Fail(-1, "ON UPDATE is given twice");
            }
        }
        return new(table, columns, onDelete ?? ReferentialAction.NoAction, onUpdate ?? ReferentialAction.NoAction, Accept("NOCHECK"));
    }

    private static bool IsAction(string first, string second) =>
        first == "CASCADE" || (first, second) is ("NO", "ACTION") or ("SET", "DEFAULT") or ("SET", "NULL");

    private ReferentialAction Action()
    {
        if (Accept("CASCADE")) return ReferentialAction.Cascade;
        if (Accept("NO"))
        {
            Expect("ACTION");
            return ReferentialAction.NoAction;
        }
        Expect("SET");
        return ExpectAny("DEFAULT", "NULL") == "DEFAULT" ? ReferentialAction.SetDefault : ReferentialAction.SetNull;
    }

    private TableOptions TableOptions()
    {
        // Clauses of other products, read and ignored by the server.
        if (Accept("ON") || Accept("IN")) Name();
        if (Accept("LOCK"))
        {
            Expect("MODE");
            ExpectAny("ROW", "PAGE");
        }
        var sharded = Accept("SHARD");
        List<Name> shardKey = [];
        if (sharded && Accept("KEY"))
        {
            shardKey = Bracketed(Name);
            if (Accept("COSHARD"))
            {
                Expect("WITH");
                Bracketed(QualifiedName);
            }
        }
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var columnar = false;
        if (Accept("WITH"))
            List(() =>
            {
                switch (ExpectAny("%CLASSPARAMETER", "STORAGETYPE", "FILLFACTOR"))
                {
                    case "%CLASSPARAMETER":
                        var key = Name().Text;
                        Expect("=");
                        return parameters[key] = OptionValue();
                    case "STORAGETYPE":
                        Expect("=");
                        var storage = ExpectAny("ROW", "COLUMNAR");
                        columnar = storage == "COLUMNAR";
                        return storage;
                    default:
                        Expect("=");
                        return Integer().ToString();
                }
            });
        return sharded || parameters.Count > 0 || columnar ? new(sharded, shardKey, parameters, columnar) : Tree.TableOptions.None;
    }

    private DropTable DropTable()
    {
        Expect("TABLE");
        var ifExists = IfExists();
        var table = QualifiedName();
        return new(table, ifExists, Behavior(), DeleteData());
    }
}
