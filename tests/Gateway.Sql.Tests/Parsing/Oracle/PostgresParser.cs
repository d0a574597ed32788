using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Sql.Tests.Parsing.Oracle;

/// <summary>PostgreSQL 15's own parser as a C library (Debian's libpg-query-dev): the referee for what is SQL and what is not.</summary>
internal static partial class PostgresParser
{
    public static bool IsInstalled { get; } = NativeLibrary.TryLoad("libpg_query.so", out _);

    /// <summary>The node names of the statements (SelectStmt, CreateStmt…), or null and PostgreSQL's message.</summary>
    public static string[]? Parse(string sql, out string? refusal)
    {
        refusal = null;
        var result = pg_query_parse(Encoding.UTF8.GetBytes(sql + "\0"));
        try
        {
            if (result.Error != 0)
            {
                refusal = Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(result.Error));
                return null;
            }

            using var tree = JsonDocument.Parse(Marshal.PtrToStringUTF8(result.Tree)!, new JsonDocumentOptions { MaxDepth = 100_000 });
            return [.. tree.RootElement.GetProperty("stmts").EnumerateArray().Select(s => s.GetProperty("stmt").EnumerateObject().First().Name)];
        }
        finally
        {
            pg_query_free_parse_result(result);
        }
    }

    /// <summary>The whole tree, or null when it is refused.</summary>
    public static JsonNode? Tree(string sql)
    {
        var result = pg_query_parse(Encoding.UTF8.GetBytes(sql + "\0"));
        try
        {
            return result.Error != 0
                ? null
                : JsonNode.Parse(Marshal.PtrToStringUTF8(result.Tree)!, documentOptions: new JsonDocumentOptions { MaxDepth = 100_000 });
        }
        finally
        {
            pg_query_free_parse_result(result);
        }
    }

    [LibraryImport("libpg_query.so")]
    private static partial Result pg_query_parse(byte[] sql);

    [LibraryImport("libpg_query.so")]
    private static partial void pg_query_free_parse_result(Result result);

    /// <summary>struct PgQueryParseResult of pg_query.h.</summary>
    private readonly record struct Result(nint Tree, nint Output, nint Error);
}
