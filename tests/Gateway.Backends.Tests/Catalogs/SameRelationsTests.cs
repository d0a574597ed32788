using Gateway.Backends.Embedded;
using Gateway.Backends.Tests.Embedded;
using Gateway.Tests.Shared;
using Npgsql;

namespace Gateway.Backends.Tests.Catalogs;

/// <summary>pg_catalog and information_schema have the relations, columns and constant rows that PostgreSQL 15 has.</summary>
public sealed class SameRelationsTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    // Columns of information_schema are domains in PostgreSQL; they travel as what is under them. Of types that only statistics have, bytea is left.
    private const string Types = "CASE WHEN t.oid IN (3361, 3402, 5017, 10028) THEN 17::oid WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END";

    private const string Relations = $"""
        SELECT n.nspname || '.' || c.relname || ' ' || c.relkind::text || ' ' || a.attnum::text || ' ' || a.attname || ' ' || ({Types})::text || ' ' || a.attnotnull::text
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
        WHERE n.nspname IN ('pg_catalog', 'information_schema') AND c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped
        """;

    [SkippableFact]
    public void Every_relation_of_PostgreSQL_is_there_with_its_columns()
    {
        using var postgres = server.Open();
        using var fixture = new EngineFixture();
        using var connection = fixture.Open();
        Same(Rows(postgres, Relations), connection.Pg(Relations));
    }

    [Fact]
    public void Every_relation_can_be_read()
    {
        using var fixture = new EngineFixture();
        using var connection = fixture.Open();
        connection.Do("CREATE TABLE t (id int PRIMARY KEY, note text)");
        connection.Do("CREATE VIEW v AS SELECT id FROM t WHERE note <> ''");
        var failed = new List<string>();
        foreach (var relation in Gateway.Catalog.SystemCatalog.Relations)
            try
            {
                connection.Pg($"SELECT * FROM {relation.Schema}.{relation.Name}");
            }
            catch (Exception error)
            {
                failed.Add($"{relation.Schema}.{relation.Name}: {error.Message}");
            }

        Assert.True(failed.Count == 0, string.Join('\n', failed));
    }

    /// <summary>What PostgreSQL ships with; OIDs from 9000 to 9999 are pgvector's, which is built in here.</summary>
    [SkippableTheory]
    [InlineData("pg_aggregate", "aggfnoid::oid")]
    [InlineData("pg_am", "oid")]
    [InlineData("pg_amop", "oid")]
    [InlineData("pg_amproc", "oid")]
    [InlineData("pg_cast", "oid")]
    [InlineData("pg_conversion", "oid")]
    [InlineData("pg_opclass", "oid")]
    [InlineData("pg_operator", "oid")]
    [InlineData("pg_opfamily", "oid")]
    [InlineData("pg_range", "rngtypid")]
    [InlineData("pg_tablespace", "oid")]
    [InlineData("pg_ts_config", "oid")]
    [InlineData("pg_ts_config_map", "mapcfg")]
    [InlineData("pg_ts_dict", "oid")]
    [InlineData("pg_ts_parser", "oid")]
    [InlineData("pg_ts_template", "oid")]
    [InlineData("pg_language", "oid", "lanname <> 'plpgsql'")]
    [InlineData("pg_proc", "oid", "pronamespace = 11 AND proname NOT LIKE 'plpgsql%'")]
    public void Rows_that_are_constant_are_the_same(string table, string key, string where = "true")
    {
        using var postgres = server.Open();
        using var fixture = new EngineFixture();
        using var connection = fixture.Open();

        // Functions and types by number: what a name is shown as depends on the reader.
        var columns = Rows(postgres, $"""
            SELECT CASE WHEN atttypid IN ('regproc'::regtype, 'regtype'::regtype) THEN attname || '::oid::text' ELSE attname || '::text' END
            FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 ORDER BY attnum
            """).Where(column => !column.StartsWith("proacl", StringComparison.Ordinal) && !column.StartsWith("proargdefaults", StringComparison.Ordinal));
        var query = $"SELECT {string.Join(" || '|' || ", columns.Select(column => $"coalesce({column}, '-')"))} FROM {table} WHERE {key} NOT BETWEEN 9000 AND 9999 AND {key} < 16384";
        Same(Rows(postgres, $"{query} AND {where}"), connection.Pg(query));
    }

    [SkippableFact]
    public void A_view_tells_which_columns_it_uses()
    {
        const string Tables = "CREATE TABLE used (a int, b int, c text)";
        const string Usage = "SELECT view_name || ' ' || table_name || ' ' || column_name FROM information_schema.view_column_usage WHERE view_schema = 'public'";
        string[] views = ["CREATE VIEW uses AS SELECT a + 1 AS x FROM used WHERE c <> ''", "CREATE VIEW counts AS SELECT count(*) AS n FROM used", "CREATE VIEW above AS SELECT u.*, s.b FROM uses u, used s"];
        using var postgres = server.Open();
        using var fixture = new EngineFixture();
        using var connection = fixture.Open();
        foreach (var statement in views.Prepend(Tables))
        {
            using (var command = new NpgsqlCommand(statement, postgres)) command.ExecuteNonQuery();
            connection.Do(statement);
        }

        Same(Rows(postgres, Usage), connection.Pg(Usage));
    }

    private static void Same(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var (theirs, ours) = (expected.ToHashSet(), actual.ToHashSet());
        var (missing, surplus) = (theirs.Except(ours).Order().ToList(), ours.Except(theirs).Order().ToList());
        Assert.NotEmpty(theirs);
        Assert.True(missing.Count + surplus.Count == 0, $"{missing.Count} missing, {surplus.Count} that PostgreSQL has not:\n{string.Join('\n', missing.Take(20).Select(row => "- " + row).Concat(surplus.Take(20).Select(row => "+ " + row)))}");
    }

    private static List<string> Rows(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(reader.GetString(0));
        return rows;
    }
}
