using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

/// <summary>IntegratedML.</summary>
internal sealed partial class Parser
{
    private CreateModel CreateModel()
    {
        Expect("MODEL");
        var ifNotExists = IfNotExists();
        var model = Name();
        Expect("PREDICTING");
        var predicting = Bracketed(ModelColumn);
        List<ColumnDefinition> with = Accept("WITH") ? Bracketed(ModelColumn) : [];
        if (with.Count == 0 && !At("FROM")) throw Fail(-1, $"FROM expected, {Current} found");
        var (table, query) = ModelSource();
        Using();
        return new(model, ifNotExists, predicting, with, table, query);
    }

    private ColumnDefinition ModelColumn()
    {
        var name = Name();
        return new(name, AtAny(",", ")") ? null : ColumnType());
    }

    private (QualifiedName? Table, Query? Query) ModelSource()
    {
        if (!Accept("FROM")) return (null, null);
        if (At("(")) return (null, BracketedQuery());
        return At("SELECT") ? (null, Query()) : (QualifiedName(), null);
    }

    private void Using()
    {
        if (Accept("USING")) Json();
    }

    private TrainModel TrainModel()
    {
        Expect("TRAIN", "MODEL");
        var model = Name();
        var trained = Accept("AS") ? Name() : null;
        if (Accept("NOT")) Expect("DEFAULT");
        var (table, query) = ModelSource();
        Using();
        return new(model, trained, table, query);
    }

    private ValidateModel ValidateModel()
    {
        Expect("VALIDATE", "MODEL");
        var model = Name();
        var run = Accept("AS") ? Name() : null;
        var trained = Accept("USE") ? Name() : null;
        var (table, query) = ModelSource();
        Using();
        return new(model, run, trained, table, query);
    }

    private DropModel DropModel()
    {
        Expect("MODEL");
        var ifExists = IfExists();
        return new(Name(), ifExists);
    }
}
