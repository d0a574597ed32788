using IrisSimulator.Sql.Rules;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

/// <summary>Indexes, views, schemas, databases.</summary>
internal sealed partial class Parser
{
    private CreateIndex CreateIndex()
    {
        var kind = Current.Key switch
        {
            "UNIQUE" => IndexKind.Unique,
            "BITMAP" => IndexKind.Bitmap,
            "BITMAPEXTENT" => IndexKind.BitmapExtent,
            "BITSLICE" => IndexKind.Bitslice,
            "COLUMNAR" => IndexKind.Columnar,
            _ => IndexKind.Plain,
        };
        if (kind != IndexKind.Plain) _tokens.Take();
        Expect("INDEX");
        var name = Name();
        Expect("ON");
        Accept("TABLE");
        var table = QualifiedName();
        var columns = Bracketed(IndexColumn);
        var (type, parameters) = Accept("AS") ? IndexClass() : (null, new Dictionary<string, string>());
        List<Name> data = [];
        if (Accept("WITH"))
        {
            Expect("DATA");
            data = Bracketed(Name);
        }
        var deferred = Accept("DEFER");
        if (deferred || Accept("IMMEDIATE")) Accept("BUILD");
        else if (At("BUILD")) Expect("BUILD");
        return new(kind, name, table, columns, type, parameters, data, deferred);
    }

    private Name IndexColumn()
    {
        var column = Name();
        if (!Accept("ASC")) Accept("DESC");
        return column;
    }

    private (string?, Dictionary<string, string>) IndexClass()
    {
        var name = Name().Text;
        while (Accept(".")) name += "." + Name().Text;
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (At("("))
            Bracketed(() =>
            {
                var key = Name().Text;
                Expect("=");
                return parameters[key] = OptionValue();
            });
        if (name.Equals("HNSW", StringComparison.OrdinalIgnoreCase) || name.Equals("%SQL.Index.HNSW", StringComparison.OrdinalIgnoreCase))
        {
            Gate("HNSW", -1);
            IndexRules.CheckVectorIndex(parameters);
        }
        return (name, parameters);
    }

    private DropIndex DropIndex()
    {
        Expect("INDEX");
        var ifExists = IfExists();
        var parts = new List<Name> { Name() };
        while (Accept(".")) parts.Add(Name());
        if (parts.Count > 3) throw Fail(-1, "An index name has at most three parts");
        if (parts.Count > 1) return new(parts[^1], Table(parts[..^1]), ifExists);
        if (!Accept("ON")) return new(parts[0], null, ifExists);
        Accept("TABLE");
        return new(parts[0], QualifiedName(), ifExists);
    }

    private CreateView CreateView(bool orReplace)
    {
        Expect("VIEW");
        var (view, columns, query, text) = ViewBody();
        var (readOnly, check) = ViewOptions(query);
        return new(view, orReplace, columns, query, text, readOnly, check);
    }

    private AlterView AlterView()
    {
        Expect("VIEW");
        var (view, columns, query, text) = ViewBody();
        var (readOnly, check) = ViewOptions(query);
        return new(view, columns, query, text, readOnly, check);
    }

    private (QualifiedName View, List<Name> Columns, Query Query, string Text) ViewBody()
    {
        var view = QualifiedName();
        List<Name> columns = At("(") ? Bracketed(Name) : [];
        Expect("AS");
        if (At("WITH")) throw Fail(-383, "Common table expressions are only supported with SELECT");
        var start = Current.Start;
        var query = Subquery();
        NoParameters(-148, "a view");
        if (columns.Count > 0 && Columns.Count(query.Body) is { } count && count != columns.Count)
            throw Fail(-142, $"{columns.Count} view columns for {count} selected ones");
        ViewRules.RequireDistinctColumns(columns, query);
        return (view, columns, query, sql[start.._tokens.TakenTo]);
    }

    private (bool ReadOnly, CheckOption Check) ViewOptions(Query query)
    {
        if (!Accept("WITH")) return (false, CheckOption.None);
        if (Accept("READ"))
        {
            Expect("ONLY");
            return (true, CheckOption.None);
        }
        var local = Accept("LOCAL");
        if (!local) Accept("CASCADED");
        Expect("CHECK", "OPTION");
        ViewRules.RequireUpdateable(query);
        return (false, local ? CheckOption.Local : CheckOption.Cascaded);
    }

    private DropView DropView()
    {
        Expect("VIEW");
        var ifExists = IfExists();
        var view = QualifiedName();
        return new(view, ifExists, Behavior());
    }

    private CreateSchema CreateSchema()
    {
        Expect("SCHEMA");
        var ifNotExists = IfNotExists();
        return new(Name(), ifNotExists);
    }

    private DropSchema DropSchema()
    {
        Expect("SCHEMA");
        var ifExists = IfExists();
        var schema = Name();
        return new(schema, ifExists, Behavior());
    }

    private CreateDatabase CreateDatabase()
    {
        Expect("DATABASE");
        var database = Name();
        if (!Accept("ON")) return new(database, null);
        Expect("DIRECTORY");
        return new(database, QuotedText());
    }

    private DropDatabase DropDatabase()
    {
        Expect("DATABASE");
        var ifExists = IfExists();
        var database = Name();
        return new(database, ifExists, Accept("RETAIN_FILES"));
    }
}
