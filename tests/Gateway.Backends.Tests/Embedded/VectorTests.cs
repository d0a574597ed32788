using Gateway.Backends.Embedded;
using Gateway.Types;
using static Gateway.Backends.Tests.Embedded.Engine;

namespace Gateway.Backends.Tests.Embedded;

/// <summary>Vectors on the embedded engine. Answers are pgvector's: of its documentation and tests, or plain arithmetic.</summary>
public sealed class VectorTests : IDisposable
{
    private readonly EngineFixture _engine = new();
    private readonly EmbeddedConnection _db;

    public VectorTests() => _db = _engine.Open();

    public void Dispose()
    {
        _db.Dispose();
        _engine.Dispose();
    }

    [Theory]
    [InlineData("'[1,2,3]'::vector", "[1,2,3]")]
    [InlineData("vector '[1,2,3]'", "[1,2,3]")]
    [InlineData("'[1,2,3]'::public.vector(3)", "[1,2,3]")]
    [InlineData("'[0,0]'::vector <-> '[3,4]'", "5")]
    [InlineData("l2_distance('[0,0]'::vector, '[0,1]')", "1")]
    [InlineData("l2_distance('[3e38]'::vector, '[-3e38]')", "Infinity")]
    [InlineData("l2_distance('[1,1,1,1,1,1,1,1,1]'::vector, '[1,1,1,1,1,1,1,4,5]')", "5")]
    [InlineData("'[1,2]'::vector <#> '[3,4]'", "-11")]
    [InlineData("inner_product('[1,2]'::vector, '[3,4]')", "11")]
    [InlineData("inner_product('[1,1,1,1,1,1,1,1,1]'::vector, '[1,2,3,4,5,6,7,8,9]')", "45")]
    [InlineData("inner_product('[3e38]'::vector, '[3e38]')", "Infinity")]
    [InlineData("'[1,2]'::vector <=> '[2,4]'", "0")]
    [InlineData("'[1,1]'::vector <=> '[-1,-1]'", "2")]
    [InlineData("cosine_distance('[1,2]'::vector, '[0,0]')", "NaN")]
    [InlineData("cosine_distance('[1,0]'::vector, '[0,2]')", "1")]
    [InlineData("'[0,0]'::vector <+> '[3,-4]'", "7")]
    [InlineData("l1_distance('[1,2,3,4,5,6,7,8,9]'::vector, '[0,3,2,5,4,7,6,9,8]')", "9")]
    [InlineData("vector_spherical_distance('[1,0]', '[0,1]')", "0.5")]
    [InlineData("vector_dims('[1,2,3]'::vector)", "3")]
    [InlineData("vector_norm('[3,4]'::vector)", "5")]
    [InlineData("l2_normalize('[3,4]'::vector)", "[0.6,0.8]")]
    [InlineData("l2_normalize('[0,0]'::vector)", "[0,0]")]
    [InlineData("l2_normalize('[3e38]'::vector)", "[1]")]
    [InlineData("binary_quantize('[1,0,-1,0.5]'::vector)", "1001")]
    [InlineData("subvector('[1,2,3,4,5]'::vector, 2, 3)", "[2,3,4]")]
    [InlineData("subvector('[1,2,3,4,5]'::vector, -1, 4)", "[1,2]")]
    [InlineData("subvector('[1,2,3,4,5]'::vector, 3, 2147483647)", "[3,4,5]")]
    [InlineData("'[1,2,3]'::vector + '[4,5,6]'", "[5,7,9]")]
    [InlineData("'[1,2,3]'::vector - '[4,5,6]'", "[-3,-3,-3]")]
    [InlineData("'[1,2,3]'::vector * '[4,5,6]'", "[4,10,18]")]
    [InlineData("'[1,2,3]'::vector || '[4,5]'", "[1,2,3,4,5]")]
    [InlineData("'[1,2,3]'::vector < '[1,2,4]'", "t")]
    [InlineData("'[1,2]'::vector < '[1,2,-4]'", "t")]
    [InlineData("'[-1]'::vector < '[-0.5]'", "t")]
    [InlineData("'[0]'::vector = '[-0]'", "t")]
    [InlineData("'[1,2,3]'::vector <> '[1,2,3]'", "f")]
    [InlineData("vector_cmp('[1,2,3]', '[1,2,0]')", "1")]
    [InlineData("greatest('[1,9]'::vector, '[2,0]', NULL)", "[2,0]")]
    [InlineData("'[1]'::vector IN ('[2]', '[1]')", "t")]
    [InlineData("ARRAY[1,2,3]::vector", "[1,2,3]")]
    [InlineData("ARRAY[1.5,2]::vector", "[1.5,2]")]
    [InlineData("ARRAY[1,2.25]::float8[]::vector(2)", "[1,2.25]")]
    [InlineData("'{1,2.5}'::real[]::vector", "[1,2.5]")]
    [InlineData("array_to_vector(ARRAY[1,2,3], 3, true)", "[1,2,3]")]
    [InlineData("'[1,2.5]'::vector::real[]", "{1,2.5}")]
    [InlineData("'[0.1,2]'::vector::float8[]", "{0.10000000149011612,2}")]
    [InlineData("'[0.1,2]'::vector::numeric[]", "{0.1,2}")]
    [InlineData("'[2.5,3.5]'::vector::int[]", "{2,4}")]
    [InlineData("array_length('[1,2,3]'::vector::real[], 1)", "3")]
    [InlineData("'[1,2]'::vector::text || '!'", "[1,2]!")]
    [InlineData("('[1' || ',2]')::text::vector(2)", "[1,2]")]
    [InlineData("ARRAY['[1,2]'::vector, '[3]']", "{\"[1,2]\",[3]}")]
    [InlineData("pg_typeof('[1]'::vector)", "vector")]
    [InlineData("format_type('vector'::regtype, 3)", "vector(3)")]
    [InlineData("to_regtype('vector')::oid::text", "9000")]
    [InlineData("NULL::vector <-> '[1]'", "")]
    [InlineData("'[3,4]'::vector OPERATOR(public.<->) '[0,0]'", "5")]
    [InlineData("public.l2_distance('[3,4]'::vector, '[0,0]')", "5")]

    // As IRIS spells them.
    [InlineData("TO_VECTOR('1,2,3')", "[1,2,3]")]
    [InlineData("TO_VECTOR('[1,2,3]', FLOAT)", "[1,2,3]")]
    [InlineData("to_vector(' 1, 2.5 ', double, 3)", "[1,2.5,0]")]
    [InlineData("TO_VECTOR('1,2,3', DECIMAL, 2)", "[1,2]")]
    [InlineData("TO_VECTOR('1,2', INTEGER)", "[1,2]")]
    [InlineData("VECTOR_COSINE(TO_VECTOR('1,0', FLOAT), '[2,0]')", "1")]
    [InlineData("VECTOR_DOT_PRODUCT('[1,2]', TO_VECTOR('3,4', INT, 2))", "11")]
    [InlineData("'[1,2]'::VECTOR(DOUBLE, 2)", "[1,2]")]
    public void An_expression_has_pgvectors_value(string expression, string expected) => Assert.Equal([expected], _db.Pg("SELECT " + expression));

    [Theory]
    [InlineData("'[1,2,3]'::vector(2)", "22000", "expected 2 dimensions, not 3")]
    [InlineData("ARRAY[1,2,3]::vector(2)", "22000", "expected 2 dimensions, not 3")]
    [InlineData("'[1,2]'::vector(3,2)", "22023", "invalid type modifier")]
    [InlineData("'[1,2]'::vector(0)", "22023", "dimensions for type vector must be at least 1")]
    [InlineData("'[1,2]'::vector(16001)", "22023", "dimensions for type vector cannot exceed 16000")]
    [InlineData("'[1,2]'::vector('a')", "22P02", "invalid input syntax for type integer: \"a\"")]
    [InlineData("'[1,x]'::vector", "22P02", "invalid input syntax for type vector: \"[1,x]\"")]
    [InlineData("'[1,2]'::vector <-> '[3]'", "22000", "different vector dimensions 2 and 1")]
    [InlineData("'[1,2]'::vector <=> '[3]'", "22000", "different vector dimensions 2 and 1")]
    [InlineData("'[1,2]'::vector + '[3]'", "22000", "different vector dimensions 2 and 1")]
    [InlineData("'[3e38]'::vector + '[3e38]'", "22003", "value out of range: overflow")]
    [InlineData("'[1e37]'::vector * '[1e37]'", "22003", "value out of range: overflow")]
    [InlineData("'[1e-37]'::vector * '[1e-37]'", "22003", "value out of range: underflow")]
    [InlineData("'{NULL}'::real[]::vector", "22004", "array must not contain nulls")]
    [InlineData("'{{1}}'::real[]::vector", "22000", "array must be 1-D")]
    [InlineData("'{}'::real[]::vector", "22000", "vector must have at least 1 dimension")]
    [InlineData("'{NaN}'::real[]::vector", "22000", "NaN not allowed in vector")]
    [InlineData("'{4e38}'::float8[]::vector", "22000", "infinite value not allowed in vector")]
    [InlineData("subvector('[1,2]'::vector, 3, 1)", "22000", "vector must have at least 1 dimension")]
    [InlineData("subvector('[1,2]'::vector, 1, 0)", "22000", "vector must have at least 1 dimension")]
    [InlineData("vector_norm('[1]'::vector || repeat('x', 2)::vector)", "22P02", "invalid input syntax for type vector: \"xx\"")]
    [InlineData("'[1]'::vector <-> 1", "42883", null)]
    [InlineData("1::vector", "42846", "cannot cast type integer to vector")]
    [InlineData("l2_distance('[3,4]', '[0,0]')", "42725", "function l2_distance(unknown, unknown) is not unique")]
    [InlineData("TO_VECTOR('1,2.5', INTEGER)", "0A000", null)]
    [InlineData("TO_VECTOR('1', TIMESTAMP)", "0A000", null)]
    [InlineData("TO_VECTOR('1', FLOAT, 0)", "22000", "vector must have at least 1 dimension")]
    [InlineData("TO_VECTOR('', FLOAT)", "22000", "vector must have at least 1 dimension")]
    public void What_pgvector_refuses_is_refused(string expression, string state, string? message)
    {
        var error = Fails(state, () => _db.Pg("SELECT " + expression));
        if (message is not null) Assert.Equal(message, error.Message);
    }

    [Fact]
    public void A_table_keeps_vectors_and_answers_the_nearest()
    {
        _db.Do("CREATE EXTENSION IF NOT EXISTS vector");
        _db.Do("CREATE EXTENSION vector");
        _db.Do("CREATE TABLE items (id bigserial PRIMARY KEY, embedding vector(3))");
        _db.Pg("INSERT INTO items (embedding) VALUES ('[1,2,3]'), ('[4,5,6]'), (NULL), ('[1,1,1]'), ('[0,0,0]')");
        Assert.Equal(["1|[1,2,3]", "4|[1,1,1]"], _db.Pg("SELECT id, embedding FROM items ORDER BY embedding <-> '[2,2,2]', id LIMIT 2").Order());
        Assert.Equal(["2", "1", "4", "5", "3"], _db.Pg("SELECT id FROM items ORDER BY embedding <#> '[3,1,2]'"));
        Assert.Equal(["4", "2", "1", "5", "3"], _db.Pg("SELECT id FROM items ORDER BY embedding <=> '[3,3,3]'"));
        Assert.Equal(["1|0", "4|3"], _db.Pg("SELECT id, embedding <+> '[1,2,3]' FROM items ORDER BY 2 LIMIT 2"));
        Assert.Equal(["5", "4", "1", "2", "3"], _db.Pg("SELECT id FROM items ORDER BY embedding"));
        Assert.Equal(["1"], _db.Pg("SELECT id FROM items WHERE embedding <-> '[1,2,3]' < 1"));
        Assert.Equal(["1"], _db.Pg("SELECT id FROM items WHERE embedding = '[1,2,3]'"));
        Assert.Equal(["[1.5,2,2.5]|[6,8,10]"], _db.Pg("SELECT avg(embedding), sum(embedding) FROM items"));
        Assert.Equal(["|"], _db.Pg("SELECT avg(embedding), sum(embedding) FROM items WHERE id > 9"));
        Assert.Equal(["1|[1,2,3]", "2|[5,7,9]", "3|[5,7,9]", "4|[6,8,10]", "5|[6,8,10]"], _db.Pg("SELECT id, sum(embedding) OVER (ORDER BY id) FROM items"));
        Fails("0A000", () => _db.Pg("SELECT sum(embedding) OVER (ORDER BY id ROWS 1 PRECEDING) FROM items"));
    }

    [Fact]
    public void The_declared_dimensions_are_required()
    {
        _db.Do("CREATE TABLE t (id int PRIMARY KEY, v vector(2), w VECTOR(DOUBLE, 3), x vector[])");
        foreach (var sql in (string[])["INSERT INTO t VALUES (1, '[1,2,3]')", "INSERT INTO t SELECT 1, '[1,2,3]'::vector", "INSERT INTO t VALUES (1, ARRAY[1,2,3])"])
            Assert.Equal("expected 2 dimensions, not 3", Fails("22000", () => _db.Pg(sql)).Message);
        _db.Pg("INSERT INTO t VALUES (1, '[1,2]', ARRAY[1,2,3], '{\"[1]\",\"[1,2]\"}')");
        Fails("22000", () => _db.Pg("UPDATE t SET v = v || '[3]'"));
        _db.Pg("UPDATE t SET v = v + '[1,1]'");
        _db.Pg("INSERT INTO t VALUES (1, '[7,8]') ON CONFLICT (id) DO UPDATE SET w = excluded.v || '[9]'");
        Assert.Equal(["[2,3]|[7,8,9]|{[1],\"[1,2]\"}"], _db.Pg("SELECT v, w, x FROM t"));
        Assert.Equal(["[4,6]"], _db.Pg("UPDATE t SET v = n.v + t.v FROM (SELECT '[2,3]'::vector AS v) AS n RETURNING t.v"));
        Fails("22000", () => _db.Do("ALTER TABLE t ALTER COLUMN v TYPE vector(3)"));
        _db.Do("ALTER TABLE t ALTER COLUMN v TYPE vector");
        _db.Pg("UPDATE t SET v = '[1]'");
        Assert.Equal("vector", TypeNames.Format(_db.Schema.Find("public", "t")!.FindColumn("v")!.Type.Oid, _db.Schema.Find("public", "t")!.FindColumn("v")!.Type.Typmod));
        Assert.Equal(3, _db.Schema.Find("public", "t")!.FindColumn("w")!.Type.Typmod);
    }

    [Fact]
    public void Equal_vectors_are_one_group_also_when_a_zero_is_negative()
    {
        _db.Do("CREATE TABLE t (v vector)");
        _db.Pg("INSERT INTO t VALUES ('[0,1]'), ('[-0,1]'), ('[0]'), ('[0,1,0]')");
        Assert.Equal(["1", "1", "2"], _db.Pg("SELECT count(*) FROM t GROUP BY v ORDER BY 1"));
        Assert.Equal(["3"], _db.Pg("SELECT count(*) FROM (SELECT DISTINCT v FROM t) AS d"));
        Assert.Equal(["3"], _db.Pg("SELECT count(DISTINCT v) FROM t"));
        Assert.Equal(["2"], _db.Pg("SELECT count(*) FROM t AS a JOIN (SELECT '[-0,1]'::vector AS v) AS b ON a.v = b.v"));
    }

    [Theory]
    [InlineData("USING hnsw (v vector_cosine_ops)")]
    [InlineData("USING hnsw (v vector_l1_ops) WITH (m = 16, ef_construction = 64)")]
    [InlineData("USING ivfflat (v) WITH (lists = 100)")]
    [InlineData("USING hnsw ((w::vector(3)) vector_ip_ops) WHERE id > 1")]
    public void An_index_of_pgvector_is_kept_and_changes_no_answer(string definition)
    {
        _db.Do("CREATE TABLE t (id int PRIMARY KEY, v vector(3), w vector)");
        _db.Pg("INSERT INTO t VALUES (1, '[1,2,3]', '[1]'), (2, NULL, NULL), (3, '[3,2,1]', NULL)");
        _db.Do("CREATE INDEX near ON t " + definition);
        var index = _db.Schema.Find("public", "t")!.Indexes.Single(index => index.Name == "near");
        Assert.Equal(definition.Split(' ')[1], index.Method);
        Assert.StartsWith("vector_", index.OperatorClass);
        Assert.Equal(definition.Contains("m = ") ? "m=16, ef_construction=64" : definition.Contains("lists") ? "lists=100" : null, index.Options);
        Assert.Equal(["3", "1", "2"], _db.Pg("SELECT id FROM t ORDER BY v <=> '[3,2,1]'"));
        _db.Do("ALTER TABLE t ADD COLUMN more int NOT NULL DEFAULT 3");
        _db.Do("ALTER TABLE t ALTER COLUMN more TYPE text");
        Assert.Contains(_db.Schema.Find("public", "t")!.Indexes, kept => kept.Name == "near" && kept.OperatorClass == index.OperatorClass);
        _db.Do("DROP INDEX near");
        Assert.DoesNotContain(_db.Schema.Find("public", "t")!.Indexes, kept => kept.Name == "near");
    }

    [Theory]
    [InlineData("USING hnsw (v)", "42704", "data type vector has no default operator class for access method \"hnsw\"")]
    [InlineData("USING hnsw (id)", "42704", "data type integer has no default operator class for access method \"hnsw\"")]
    [InlineData("USING hnsw (id vector_l2_ops)", "42804", "operator class \"vector_l2_ops\" does not accept data type integer")]
    [InlineData("USING ivfflat (v vector_l1_ops)", "42704", "operator class \"vector_l1_ops\" does not exist for access method \"ivfflat\"")]
    [InlineData("USING hnsw (v halfvec_l2_ops)", "42804", "operator class \"halfvec_l2_ops\" does not accept data type vector")]
    [InlineData("USING hnsw (w vector_l2_ops)", "22023", "column does not have dimensions")]
    [InlineData("USING hnsw (big vector_l2_ops)", "54000", "column cannot have more than 2000 dimensions for hnsw index")]
    [InlineData("USING hnsw (v vector_l2_ops) WITH (m = 1)", "22023", "value 1 out of bounds for option \"m\"")]
    [InlineData("USING hnsw (v vector_l2_ops) WITH (m = 40)", "22023", "ef_construction must be greater than or equal to 2 * m")]
    [InlineData("USING hnsw (v vector_l2_ops) WITH (lists = 40)", "22023", "unrecognized parameter \"lists\"")]
    [InlineData("USING hnsw (v vector_l2_ops, v vector_ip_ops)", "0A000", "access method \"hnsw\" does not support multicolumn indexes")]
    [InlineData("USING hnsw (v vector_l2_ops DESC)", "0A000", "access method \"hnsw\" does not support ASC/DESC options")]
    public void An_index_that_pgvector_refuses_is_refused(string definition, string state, string message)
    {
        _db.Do("CREATE TABLE t (id int, v vector(3), w vector, big vector(2001))");
        Assert.Equal(message, Fails(state, () => _db.Do("CREATE INDEX ON t " + definition)).Message);
    }

    [Fact]
    public void The_catalog_shows_the_type_and_its_functions()
    {
        Assert.Equal(["9000|9001|public"], _db.Pg("SELECT t.oid, t.typarray, n.nspname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE typname = 'vector'"));
        Assert.Equal(["t|vector"], _db.Pg("SELECT pg_type_is_visible(9000), 9000::regtype"));
        Assert.Equal(["9002|9003|halfvec", "9004|9005|sparsevec"], _db.Pg("SELECT oid, typarray, typname FROM pg_type WHERE typname IN ('halfvec', 'sparsevec') ORDER BY oid"));
        Assert.Equal(["l2_distance(vector,vector)", "l2_distance(halfvec,halfvec)", "l2_distance(sparsevec,sparsevec)"], _db.Pg("SELECT oid::regprocedure::text FROM pg_proc WHERE proname = 'l2_distance' ORDER BY pg_proc.oid"));

        // What can be called is what pg_proc shows, but the input and output of the three types.
        var shown = _db.Pg("SELECT proname || '/' || proargtypes::text FROM pg_proc WHERE pronamespace = 2200").ToHashSet();
        var callable = Gateway.Sql.Analysis.Catalog.AllFunctions.Where(function => function.Schema == "public").ToList();
        Assert.Equal(shown.Count - 15, callable.Count);
        Assert.All(callable, function => Assert.Contains($"{function.Name}/{string.Join(' ', function.Arguments)}", shown));
    }
}
