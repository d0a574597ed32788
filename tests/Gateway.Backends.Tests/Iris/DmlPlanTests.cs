using Gateway.Backends.Tests.Embedded;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Iris;
using Gateway.Sql.Dialects.Iris.Ddl;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Tests.Iris;

/// <summary>dml.txt: statements and the plans they become on IRIS.</summary>
public sealed class DmlPlanTests
{
    [Fact]
    public void A_change_of_rows_becomes_its_plan()
    {
        using var engine = new EngineFixture();
        using var connection = engine.Open();
        var dialect = new IrisDialect(PlanCases.Options, PlanCases.Local);
        var (different, count) = PlanCases.Run("dml.txt", sql => connection.Do(sql), sql =>
        {
            try
            {
                var schema = RemoteNames.Choose(SchemaSnapshot.Empty, connection.Schema);
                var bound = new Analyzer(schema, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
                return PlanPrinter.Print(dialect.Render(bound), "iris");
            }
            catch (PgException error)
            {
                return $"{error.SqlState} {error.Message}";
            }
        });
        Assert.Empty(different);
        Assert.True(count > 80, $"{count} cases");
    }
}
