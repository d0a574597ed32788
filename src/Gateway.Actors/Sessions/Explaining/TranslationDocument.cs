using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.Actors.Sessions.Explaining;

/// <summary>The rows of EXPLAIN (TRANSLATE): a line each as text, one document in PostgreSQL's form for tools that read its plans.</summary>
/// <remarks>The one node of the plan has no costs: there are none to tell. Its lines are those of the text.</remarks>
internal static class TranslationDocument
{
    private const string NodeType = "Gateway";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<string> Rows(string format, IEnumerable<string> lines) => format switch
    {
        "json" => [Json(lines)],
        "xml" => [Xml(lines)],
        "yaml" => [Yaml(lines)],
        _ => lines,
    };

    private static string Json(IEnumerable<string> lines) => $$"""
        [
          {
            "Plan": {
              "Node Type": "{{NodeType}}",
              "Translation": [
        {{string.Join(",\n", lines.Select(line => "        " + Quoted(line)))}}
              ]
            }
          }
        ]
        """;

    private static string Xml(IEnumerable<string> lines) => $"""
        <explain xmlns="http://www.postgresql.org/2009/explain">
          <Query>
            <Plan>
              <Node-Type>{NodeType}</Node-Type>
              <Translation>
        {string.Join('\n', lines.Select(line => $"        <Item>{SecurityElement.Escape(line)}</Item>"))}
              </Translation>
            </Plan>
          </Query>
        </explain>
        """;

    private static string Yaml(IEnumerable<string> lines)
    {
        var text = new StringBuilder($"- Plan: \n    Node Type: \"{NodeType}\"\n    Translation: ");
        foreach (var line in lines) text.Append("\n      - ").Append(Quoted(line));
        return text.ToString();
    }

    private static string Quoted(string line) => JsonSerializer.Serialize(line, Plain);
}
