using System.Text.Json;
using System.Xml.Linq;
using Npgsql;

namespace Gateway.Node.Tests.Sessions;

/// <summary>What a backend gets, as a document.</summary>
public class ExplainTests
{
    private const string Odd = "SELECT E'<\"\\\\ü' AS \"a & b\"";

    [Fact]
    public async Task As_JSON_it_is_one_value_of_that_type()
    {
        var (type, rows) = await Explain("TRANSLATE, FORMAT JSON");
        Assert.Equal("json", type);
        var plan = JsonDocument.Parse(Assert.Single(rows)).RootElement[0].GetProperty("Plan");
        Assert.Equal("Gateway", plan.GetProperty("Node Type").GetString());
        Assert.Equal((await Explain("TRANSLATE, FORMAT TEXT")).Rows, plan.GetProperty("Translation").EnumerateArray().Select(line => line.GetString()));
    }

    [Fact]
    public async Task As_XML_it_is_well_formed()
    {
        var (type, rows) = await Explain("TRANSLATE, FORMAT XML, COSTS, VERBOSE off");
        Assert.Equal("xml", type);
        XNamespace space = "http://www.postgresql.org/2009/explain";
        var plan = XDocument.Parse(Assert.Single(rows)).Root!.Element(space + "Query")!.Element(space + "Plan")!;
        Assert.Equal((await Explain("TRANSLATE, FORMAT TEXT")).Rows, plan.Element(space + "Translation")!.Elements().Select(line => line.Value));
    }

    [Fact]
    public async Task As_YAML_it_is_one_text()
    {
        var (type, rows) = await Explain("TRANSLATE, FORMAT yaml");
        Assert.Equal("text", type);
        Assert.StartsWith("- Plan: \n    Node Type: \"Gateway\"\n", Assert.Single(rows), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_format_is_no_value() =>
        Assert.Equal("22023", (await Assert.ThrowsAsync<PostgresException>(() => Explain("FORMAT csv"))).SqlState);

    private static async Task<(string Type, List<string> Rows)> Explain(string options)
    {
        await using var node = await TestNode.Start();
        await using var connection = new NpgsqlConnection(node.ConnectionString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"EXPLAIN ({options}) {Odd}", connection) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return (reader.GetDataTypeName(0), rows);
    }
}
