using Gateway.Backends.Tests.Embedded;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Iris;
using Gateway.Sql.Dialects.Iris.Ddl;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Tests.Iris;

/// <summary>ddl.txt: changes of the schema, carried out on the embedded engine, and what of them goes to IRIS.</summary>
public sealed class DdlPlanTests
{
    [Fact]
    public void A_change_of_the_schema_becomes_its_plan()
    {
        using var engine = new EngineFixture();
        using var connection = engine.Open();
        var named = SchemaSnapshot.Empty;
        var dialect = new IrisDialect(PlanCases.Options, PlanCases.Local);
        var (different, count) = PlanCases.Run(
            "ddl.txt",
            sql =>
            {
                connection.Do(sql);
                named = RemoteNames.Choose(named, connection.Schema);
            },
            sql =>
            {
                connection.Begin(null, readOnly: false);
                try
                {
                    var bound = new Analyzer(connection.Schema, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
                    var statement = ((SchemaStep)dialect.Render(bound).Steps[0]).Statement;
                    DdlRefusals.Check(statement);
                    if (statement is not TruncateStatement) Apply(statement, connection);
                    var after = RemoteNames.Choose(named, connection.Schema);
                    var plan = IrisDdl.Plan(named, after, statement, ["public"], PlanCases.Options, PlanCases.Local);
                    named = after;
                    connection.Commit();
                    return plan.Steps.IsEmpty ? "nothing" : PlanPrinter.Print(plan, "iris");
                }
                catch (PgException error)
                {
                    connection.Rollback();
                    return $"{error.SqlState} {error.Message}";
                }
            });
        Assert.Empty(different);
        Assert.True(count > 60, $"{count} cases");
    }

    private static void Apply(Statement statement, Gateway.Backends.Embedded.EmbeddedConnection connection)
    {
        using var none = new ValueList();
        using var execution = connection.Execute(new Plan([new SchemaStep(statement)]), none);
        while (execution.Read())
        {
        }
    }
}
