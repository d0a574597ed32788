using System.Text.RegularExpressions;

namespace Clients.Tests;

/// <summary>
/// psql's backslash commands on the gateway beside PostgreSQL: the same text for the same schema (tests/Clients/psql/describe.sql).
/// </summary>
/// <remarks>
/// Not compared, because the servers themselves differ: \l and \db+ (their databases and files), \dx and \dL (PostgreSQL has
/// PL/pgSQL, the gateway pgvector), \df, \da, \dT without a pattern (functions and types of pgvector in public), \dOS (collations of
/// the machine), \dconfig without a pattern (settings of the server), indexes of the system catalogs. Sizes are cut out.
/// </remarks>
[Collection("gateway")]
public sealed partial class PsqlDescribeTests(GatewayTarget gateway, PostgresTarget postgres) : IClassFixture<PostgresTarget>
{
    private const string Database = "describe";

    private static readonly HashSet<Target> Prepared = [];

    [SkippableTheory]
    [InlineData(@"\d"), InlineData(@"\d+"), InlineData(@"\d patients"), InlineData(@"\d+ patients"), InlineData(@"\d wards"), InlineData(@"\d+ wards")]
    [InlineData(@"\d clinic.visits"), InlineData(@"\d+ clinic.*"), InlineData(@"\d ward_load"), InlineData(@"\d+ ward_load"), InlineData(@"\d+ heavy")]
    [InlineData(@"\d tickets"), InlineData(@"\d+ tickets"), InlineData(@"\d patients_expr_idx"), InlineData(@"\d+ patients_lower_idx"), InlineData(@"\d patients_active_idx")]
    [InlineData(@"\d feelings"), InlineData(@"\d+ feelings"), InlineData(@"\dT mood"), InlineData(@"\dT+ mood"), InlineData(@"\dD weekday"), InlineData(@"\dD+ weekday")]
    [InlineData(@"\d nosuch"), InlineData(@"\d *.wards")]
    [InlineData(@"\dt"), InlineData(@"\dt+"), InlineData(@"\dt clinic.*"), InlineData(@"\di"), InlineData(@"\di+"), InlineData(@"\dv"), InlineData(@"\dv+"), InlineData(@"\dm"), InlineData(@"\dm+")]
    [InlineData(@"\ds"), InlineData(@"\ds+"), InlineData(@"\dE"), InlineData(@"\dtvs"), InlineData(@"\dn"), InlineData(@"\dn+"), InlineData(@"\dn clinic")]
    [InlineData(@"\df lower"), InlineData(@"\df+ upper"), InlineData(@"\df generate_series"), InlineData(@"\df pg_catalog.json*"), InlineData(@"\da pg_catalog.sum"), InlineData(@"\dfw pg_catalog.*")]
    [InlineData(@"\dT int4"), InlineData(@"\dT+ pg_catalog.*range"), InlineData(@"\do"), InlineData(@"\do ||"), InlineData(@"\do+ pg_catalog.@>")]
    [InlineData(@"\du"), InlineData(@"\du+"), InlineData(@"\dg"), InlineData(@"\dp"), InlineData(@"\z"), InlineData(@"\ddp"), InlineData(@"\drds")]
    [InlineData(@"\dy"), InlineData(@"\dy+"), InlineData(@"\db"), InlineData(@"\dc"), InlineData(@"\dc+"), InlineData(@"\dC"), InlineData(@"\dC+"), InlineData(@"\dd"), InlineData(@"\dD"), InlineData(@"\dD+")]
    [InlineData(@"\des"), InlineData(@"\des+"), InlineData(@"\det"), InlineData(@"\deu"), InlineData(@"\dew"), InlineData(@"\dew+"), InlineData(@"\dO"), InlineData(@"\dl")]
    [InlineData(@"\dRp"), InlineData(@"\dRp+"), InlineData(@"\dRs"), InlineData(@"\dP"), InlineData(@"\dPn"), InlineData(@"\dX"), InlineData(@"\dF"), InlineData(@"\dF+ simple"), InlineData(@"\dFd"), InlineData(@"\dFp"), InlineData(@"\dFt")]
    [InlineData(@"\dA"), InlineData(@"\dA+"), InlineData(@"\dAc btree int4"), InlineData(@"\dAf btree"), InlineData(@"\dAo btree integer_ops"), InlineData(@"\dAp btree integer_ops")]
    [InlineData(@"\sv ward_load"), InlineData(@"\sv+ heavy"), InlineData(@"\sv narrow"), InlineData(@"\dconfig work_mem")]
    public void A_backslash_command_prints_what_PostgreSQL_prints(string command) => Assert.Equal(Run(postgres, command), Run(gateway, command));

    [SkippableTheory]
    [InlineData("SELECT conname, pg_get_constraintdef(oid), pg_get_constraintdef(oid, true) FROM pg_constraint WHERE conrelid > 16383 ORDER BY conname")]
    [InlineData("SELECT i::regclass, pg_get_indexdef(i), pg_get_indexdef(i, 1, true), pg_get_indexdef(i, 2, false) FROM (SELECT indexrelid AS i FROM pg_index JOIN pg_class c ON c.oid = indrelid WHERE relnamespace IN ('public'::regnamespace, 'clinic'::regnamespace)) x ORDER BY i::regclass::text")]
    [InlineData("SELECT viewname, definition FROM pg_views WHERE schemaname = 'public' ORDER BY 1")]
    [InlineData("SELECT adrelid::regclass, adnum, pg_get_expr(adbin, adrelid), pg_get_expr(adbin, adrelid, true) FROM pg_attrdef ORDER BY adrelid::regclass::text, adnum")]
    [InlineData("SELECT * FROM pg_indexes WHERE schemaname IN ('public', 'clinic') ORDER BY indexname")]
    [InlineData("SELECT * FROM pg_sequences ORDER BY sequencename")]
    [InlineData("SELECT * FROM pg_tables WHERE schemaname IN ('public', 'clinic') ORDER BY tablename")]
    [InlineData("SELECT table_name, column_name, ordinal_position, column_default, is_nullable, data_type, character_maximum_length, character_octet_length, numeric_precision, numeric_precision_radix, numeric_scale, datetime_precision, udt_name, dtd_identifier, is_identity, identity_generation, identity_start, identity_maximum, is_generated, generation_expression FROM information_schema.columns WHERE table_schema IN ('public', 'clinic') ORDER BY 1, 3")]
    [InlineData("SELECT table_schema, table_name, table_type, is_insertable_into FROM information_schema.tables WHERE table_schema IN ('clinic') ORDER BY 1, 2")]
    [InlineData("SELECT constraint_name, table_name, constraint_type, is_deferrable, initially_deferred FROM information_schema.table_constraints WHERE constraint_name !~ '_not_null$' AND table_schema IN ('public', 'clinic') ORDER BY 1")]
    [InlineData("SELECT constraint_name, table_name, column_name, ordinal_position, position_in_unique_constraint FROM information_schema.key_column_usage WHERE table_schema IN ('public', 'clinic') ORDER BY 1, 4")]
    [InlineData("SELECT constraint_name, unique_constraint_name, match_option, update_rule, delete_rule FROM information_schema.referential_constraints ORDER BY 1")]
    [InlineData("SELECT table_name, column_name, constraint_name FROM information_schema.constraint_column_usage WHERE constraint_schema IN ('public', 'clinic') ORDER BY 3, 2")]
    [InlineData("SELECT constraint_name, check_clause FROM information_schema.check_constraints WHERE constraint_schema IN ('public', 'clinic') AND constraint_name !~ '_not_null$' ORDER BY 1")]
    [InlineData("SELECT sequence_name, data_type, numeric_precision, start_value, minimum_value, maximum_value, increment, cycle_option FROM information_schema.sequences ORDER BY 1")]
    [InlineData("SELECT pg_get_serial_sequence('wards', 'id'), pg_get_serial_sequence('patients', 'id'), pg_get_serial_sequence('wards', 'name')")]
    [InlineData("SELECT obj_description('patients'::regclass), obj_description('patients'::regclass, 'pg_class'), col_description('patients'::regclass, 3), obj_description('lower(text)'::regprocedure, 'pg_proc')")]
    [InlineData("SELECT (i.keys).n, a.attname FROM (SELECT indrelid, information_schema._pg_expandarray(indkey) AS keys FROM pg_index WHERE indexrelid = 'clinic.visits_pkey'::regclass) i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = (i.keys).x ORDER BY 1")]
    [InlineData("SELECT generate_subscripts(indkey, 1), array_length(indkey, 1), indkey[0] FROM pg_index WHERE indexrelid = 'clinic.visits_pkey'::regclass")]
    [InlineData("SELECT a.attname, k.ord FROM pg_constraint c, LATERAL unnest(c.conkey) WITH ORDINALITY AS k(num, ord), pg_attribute a WHERE c.conname = 'visits_pkey' AND a.attrelid = c.conrelid AND a.attnum = k.num ORDER BY 2")]
    [InlineData("SELECT to_regclass('patients'), to_regclass('nosuch'), to_regtype('integer'), to_regproc('lower'), to_regnamespace('clinic'), 'clinic.visits'::regclass::text")]
    [InlineData("SELECT relname FROM pg_class WHERE relname OPERATOR(pg_catalog.~) '^(patients)$' COLLATE pg_catalog.default AND tableoid = 'pg_class'::regclass AND xmin IS NOT NULL")]
    [InlineData("SELECT w.name, c.relname FROM wards w RIGHT JOIN pg_class c ON c.relname = w.name WHERE c.relname = 'wards'")]
    [InlineData("SELECT (aclexplode(nspacl)).privilege_type FROM pg_namespace WHERE nspname = 'public' ORDER BY 1")]
    [InlineData("SELECT count(*) > 400, min(word) FROM pg_get_keywords()")]
    public void A_query_of_the_catalogs_answers_what_PostgreSQL_answers(string sql) => Assert.Equal(Run(postgres, sql), Run(gateway, sql));

    [SkippableTheory]
    [InlineData("SELECT * FROM pg_catalog.pg_nosuch", "relation \"pg_catalog.pg_nosuch\" does not exist")]
    [InlineData("SELECT pg_nosuch(1)", "function pg_nosuch(integer) does not exist")]
    [InlineData("SELECT 'nosuch'::regclass", "relation \"nosuch\" does not exist")]
    public void What_is_missing_is_named(string sql, string error) => Assert.Contains(error, Run(gateway, sql));

    [SkippableFact]
    public void A_dump_of_the_schema_restores_into_PostgreSQL()
    {
        var dumped = Prepare(gateway, "pg_dump", "--schema-only", "-d", gateway.IsGateway ? "hospital" : Database);
        Assert.Equal("", dumped.Errors);
        Assert.Equal(0, dumped.ExitCode);
        Tool.Run(postgres, TimeSpan.FromSeconds(60), Tool.Find("psql"), ["-Xqc", "DROP DATABASE IF EXISTS restored", "-c", "CREATE DATABASE restored"]);
        var restored = Tool.Run(postgres, TimeSpan.FromSeconds(60), Tool.Find("psql"), ["-Xq", "-v", "ON_ERROR_STOP=1", "-d", "restored"], dumped.Output);
        Assert.DoesNotContain("ERROR", restored.Errors);
        Assert.Equal(0, restored.ExitCode);
    }

    [SkippableFact]
    public void A_dump_of_the_schema_is_the_one_PostgreSQL_makes()
    {
        var expected = Prepare(postgres, "pg_dump", "--schema-only", "-d", Database);
        var actual = Prepare(gateway, "pg_dump", "--schema-only", "-d", Database);
        Assert.Equal("", actual.Errors);
        Assert.Equal(Comparable(expected.Output), Comparable(actual.Output));

        // Versions, and a random word against injection.
        static string Comparable(string dump) => string.Join('\n', dump.Split('\n').Where(line =>
            !line.StartsWith("-- Dumped", StringComparison.Ordinal) && !line.StartsWith('\\')));
    }

    private static string Run(Target target, string command)
    {
        var result = Prepare(target, "psql", "-X", "-d", Database, "-c", command);
        return Sizes().Replace(result.Output + result.Errors, "size");
    }

    /// <summary>Runs a program on the target once the schema is there.</summary>
    private static Tool.Result Prepare(Target target, string program, params string[] arguments)
    {
        var psql = Tool.Find("psql");
        var limit = TimeSpan.FromSeconds(120);
        target.Start();
        lock (Prepared)
        {
            if (Prepared.Add(target))
            {
                Tool.Run(target, limit, psql, ["-Xqc", $"DROP DATABASE IF EXISTS {Database}", "-c", $"CREATE DATABASE {Database}"]);
                var made = Tool.Run(target, limit, psql, ["-Xq", "-v", "ON_ERROR_STOP=1", "-d", Database, "-f", Path.Combine(Tool.Clients, "psql", "describe.sql")]);
                Assert.Equal("", made.Errors);
            }
        }

        return Tool.Run(target, limit, Tool.Find(program), arguments);
    }

    [GeneratedRegex(@"\d+ (bytes|kB|MB) *")]
    private static partial Regex Sizes();
}
