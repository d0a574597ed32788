using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Tests.Split;

/// <summary>Statements of tests/Corpus, those without parameters.</summary>
internal static partial class CorpusFiles
{
    public static IEnumerable<string> Statements(string file)
    {
        var text = string.Join('\n', File.ReadLines(Path.Combine(Folder(), "../../Corpus", file)).Where(line => !line.StartsWith("--", StringComparison.Ordinal)));
        return Break().Split(text).Select(sql => sql.Trim()).Where(sql => sql.Length > 0 && !sql.Contains("$1", StringComparison.Ordinal));
    }

    /// <summary>Its queries that lock and change nothing.</summary>
    public static IEnumerable<string> Queries()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Folder(), "../../Corpus"), "*.sql").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal))
        {
            if (file.StartsWith("schema", StringComparison.Ordinal)) continue;
            foreach (var sql in Statements(file))
                if (IsQuery(sql)) yield return sql;
        }
    }

    public static List<string> Ask(IBackendConnection connection, Dialect dialect, string sql)
    {
        var bound = new Analyzer(connection.Schema, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
        return Rows(connection, dialect.Render(bound), bound);
    }

    public static List<string> Rows(IBackendConnection connection, Plan plan, BoundStatement bound)
    {
        using var none = new ValueList();
        using var execution = connection.Execute(plan, none);
        var rows = new List<string>();
        while (execution.Read()) rows.Add(Text(execution, bound));
        return rows;
    }

    private static bool IsQuery(string sql)
    {
        try
        {
            return Parser.ParseSingle(sql) is QueryStatement { Query: { Locking.IsEmpty: true } query }
                && query is not Select { Into: not null }
                && (query.With is not { } with || with.Tables.All(table => table.Statement is QueryStatement));
        }
        catch (PgException)
        {
            return false;
        }
    }

    private static string Text(IExecution execution, BoundStatement bound)
    {
        using var text = new ByteWriter();
        for (var i = 0; i < bound.Columns.Length; i++)
        {
            if (i > 0) text.Utf8("|");
            if (execution.IsNull(i)) continue;
            switch (Codecs.Get(bound.Columns[i].Type.Oid))
            {
                case Int64Codec codec: codec.EncodeText(execution.GetInt64(i), FormatSettings.Default, text); break;
                case Float64Codec codec: codec.EncodeText(execution.GetFloat64(i), FormatSettings.Default, text); break;
                case SpanCodec codec: codec.EncodeText(execution.GetSpan(i), FormatSettings.Default, text); break;
            }
        }

        return System.Text.Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@";\s*\n")]
    private static partial Regex Break();
}
