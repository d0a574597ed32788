using Gateway.Backends.Embedded;
using static Gateway.Backends.Tests.Embedded.Engine;

namespace Gateway.Backends.Tests.Embedded;

/// <summary>halfvec, sparsevec and the distances of bit strings. Answers are those of pgvector 0.8's documentation and tests, or plain arithmetic.</summary>
public sealed class HalfAndSparseVectorTests : IDisposable
{
    private readonly EngineFixture _engine = new();
    private readonly EmbeddedConnection _db;

    public HalfAndSparseVectorTests() => _db = _engine.Open();

    public void Dispose()
    {
        _db.Dispose();
        _engine.Dispose();
    }

    [Theory]
    [InlineData("'[1,2,3]'::halfvec", "[1,2,3]")]
    [InlineData("' [ 1,  2 ,    3  ] '::public.halfvec(3)", "[1,2,3]")]
    [InlineData("'[1.23456]'::halfvec", "[1.234375]")]
    [InlineData("'[65519,-65519]'::halfvec", "[65504,-65504]")]
    [InlineData("'[1e-8,-1e-8]'::halfvec", "[0,-0]")]
    [InlineData("'[1e-46,1]'::halfvec", "[0,1]")]
    [InlineData("'[1,2,3]'::halfvec + '[4,5,6]'", "[5,7,9]")]
    [InlineData("'[1,2,3]'::halfvec - '[4,5,6]'", "[-3,-3,-3]")]
    [InlineData("'[1,2,3]'::halfvec * '[4,5,6]'", "[4,10,18]")]
    [InlineData("'[1,2,3]'::halfvec || '[4,5]'", "[1,2,3,4,5]")]
    [InlineData("'[1,2,3]'::halfvec < '[1,2]'", "f")]
    [InlineData("'[1,2]'::halfvec < '[1,2,3]'", "t")]
    [InlineData("'[0]'::halfvec = '[-0]'", "t")]
    [InlineData("'[1,2,3]'::halfvec <> '[1,2]'", "t")]
    [InlineData("'[-2]'::halfvec < '[-1]'", "t")]
    [InlineData("halfvec_cmp('[2,3]', '[1,2,3]')", "1")]
    [InlineData("vector_dims('[1,2,3]'::halfvec)", "3")]
    [InlineData("l2_norm('[3,4]'::halfvec)", "5")]
    [InlineData("l2_distance('[0,0]'::halfvec, '[3,4]')", "5")]
    [InlineData("l2_distance('[1,1,1,1,1,1,1,1,1]'::halfvec, '[1,1,1,1,1,1,1,4,5]')", "5")]
    [InlineData("'[0,0]'::halfvec <-> '[3,4]'", "5")]
    [InlineData("inner_product('[65504]'::halfvec, '[65504]')", "4290774016")]
    [InlineData("inner_product('[1,1,1,1,1,1,1,1,1]'::halfvec, '[1,2,3,4,5,6,7,8,9]')", "45")]
    [InlineData("'[1,2]'::halfvec <#> '[3,4]'", "-11")]
    [InlineData("cosine_distance('[1,2]'::halfvec, '[0,0]')", "NaN")]
    [InlineData("cosine_distance('[1,1]'::halfvec, '[-1.1,-1.1]')", "2")]
    [InlineData("'[1,2]'::halfvec <=> '[2,4]'", "0")]
    [InlineData("l1_distance('[1,2,3,4,5,6,7,8,9]'::halfvec, '[0,3,2,5,4,7,6,9,8]')", "9")]
    [InlineData("'[0,0]'::halfvec <+> '[3,4]'", "7")]
    [InlineData("l2_normalize('[3,4]'::halfvec)", "[0.60009766,0.7998047]")]
    [InlineData("l2_normalize('[0,0]'::halfvec)", "[0,0]")]
    [InlineData("l2_normalize('[65504]'::halfvec)", "[1]")]
    [InlineData("binary_quantize('[0,0.1,-0.2,-0.3,0.4,0.5,0.6,-0.7,0.8,-0.9,1]'::halfvec)", "01001110101")]
    [InlineData("subvector('[1,2,3,4,5]'::halfvec, 3, 9)", "[3,4,5]")]
    [InlineData("subvector('[1,2,3,4,5]'::halfvec, -2147483644, 2147483647)", "[1,2]")]
    [InlineData("'[1,2,3]'::vector::halfvec(3)", "[1,2,3]")]
    [InlineData("'[1e-8]'::vector::halfvec", "[0]")]
    [InlineData("'[1.5,2]'::halfvec::vector(2)", "[1.5,2]")]
    [InlineData("'{1,2,3}'::real[]::halfvec", "[1,2,3]")]
    [InlineData("ARRAY[1,2]::halfvec(2)", "[1,2]")]
    [InlineData("ARRAY[1.5,2]::halfvec", "[1.5,2]")]
    [InlineData("'[1,2.5]'::halfvec::real[]", "{1,2.5}")]
    [InlineData("'{\"[1,2,3]\",\"[4,5,6]\"}'::halfvec[]", "{\"[1,2,3]\",\"[4,5,6]\"}")]
    [InlineData("greatest('[1,9]'::halfvec, '[2,0]', NULL)", "[2,0]")]
    [InlineData("'[1,2]'::halfvec <-> '[1,2]'::vector", "0")]
    [InlineData("pg_typeof('[1]'::halfvec)", "halfvec")]
    [InlineData("format_type('halfvec'::regtype, 3)", "halfvec(3)")]
    [InlineData("' { 1 : 1.5 ,  3  :  3.5  } / 5 '::sparsevec", "{1:1.5,3:3.5}/5")]
    [InlineData("'{1:2.,3:4.}/5'::sparsevec(5)", "{1:2,3:4}/5")]
    [InlineData("'{1:1.5e38,2:-1.5e+38}/2'::sparsevec", "{1:1.5e+38,2:-1.5e+38}/2")]
    [InlineData("'{}/1'::sparsevec", "{}/1")]
    [InlineData("'{ }/1'::sparsevec", "{}/1")]
    [InlineData("'{1:0,2:1,3:0}/3'::sparsevec", "{2:1}/3")]
    [InlineData("'{2:1,1:1}/2'::sparsevec", "{1:1,2:1}/2")]
    [InlineData("'{1:1,2:2,3:3}/3'::sparsevec < '{1:1,2:2}/2'", "f")]
    [InlineData("'{1:1,2:2}/2'::sparsevec <= '{1:1,2:2,3:3}/3'", "t")]
    [InlineData("'{1:1,2:2,3:3}/3'::sparsevec = '{1:1,2:2,3:3}/3'", "t")]
    [InlineData("'{2:1}/3'::sparsevec < '{1:1}/3'", "t")]
    [InlineData("'{1:-1}/3'::sparsevec < '{2:-1}/3'", "t")]
    [InlineData("'{2:-1}/3'::sparsevec < '{}/3'", "t")]
    [InlineData("'{1:1}/3'::sparsevec < '{1:1,3:5}/3'", "t")]
    [InlineData("'{1:1,3:-5}/3'::sparsevec < '{1:1}/3'", "t")]
    [InlineData("'{}/2'::sparsevec < '{3:-1}/3'", "t")]
    [InlineData("sparsevec_cmp('{1:2,2:3}/2', '{1:1,2:2,3:3}/3')", "1")]
    [InlineData("l2_norm('{1:3,2:4}/2'::sparsevec)", "5")]
    [InlineData("l2_norm('{}/2'::sparsevec)", "0")]
    [InlineData("l2_distance('{1:3}/2'::sparsevec, '{2:4}/2')", "5")]
    [InlineData("'{}/2'::sparsevec <-> '{1:3,2:4}/2'", "5")]
    [InlineData("inner_product('{1:1,3:3,5:5}/5'::sparsevec, '{2:4,3:6,4:8}/5')", "18")]
    [InlineData("inner_product('{1:3e38}/1'::sparsevec, '{1:3e38}/1')", "Infinity")]
    [InlineData("'{1:1,2:2}/2'::sparsevec <#> '{1:3,2:4}/2'", "-11")]
    [InlineData("cosine_distance('{1:1,2:1}/2'::sparsevec, '{1:-1.1,2:-1.1}/2')", "2")]
    [InlineData("cosine_distance('{1:3e38}/1'::sparsevec, '{1:3e38}/1')", "NaN")]
    [InlineData("cosine_distance('{}/1'::sparsevec, '{}/1')", "NaN")]
    [InlineData("'{1:1,2:2}/2'::sparsevec <=> '{1:2,2:4}/2'", "0")]
    [InlineData("l1_distance('{1:1,3:3,5:5,7:7,9:9}/9'::sparsevec, '{2:2,4:4,6:6,8:8}/9')", "45")]
    [InlineData("'{}/2'::sparsevec <+> '{1:3,2:4}/2'", "7")]
    [InlineData("l2_normalize('{1:3e38,2:1e-37}/2'::sparsevec)", "{1:1}/2")]
    [InlineData("l2_normalize('{2:3e37,4:3e-37,6:4e37,8:4e-37}/9'::sparsevec)", "{2:0.6,6:0.8}/9")]
    [InlineData("l2_normalize('{}/2'::sparsevec)", "{}/2")]
    [InlineData("'[0,1.5,0,3.5,0]'::vector::sparsevec(5)", "{2:1.5,4:3.5}/5")]
    [InlineData("'[0,1.5,0]'::halfvec::sparsevec", "{2:1.5}/3")]
    [InlineData("'{2:1.5,4:3.5}/5'::sparsevec::vector", "[0,1.5,0,3.5,0]")]
    [InlineData("'{2:1.5,4:3.5}/5'::sparsevec::halfvec(5)", "[0,1.5,0,3.5,0]")]
    [InlineData("ARRAY[1,0,2,0,3,0]::sparsevec", "{1:1,3:2,5:3}/6")]
    [InlineData("'{1,0,2}'::float8[]::sparsevec(3)", "{1:1,3:2}/3")]
    [InlineData("ARRAY['{1:1}/2'::sparsevec, NULL]", "{\"{1:1}/2\",NULL}")]
    [InlineData("hamming_distance('10101010101010101010', '01010101010101010101')", "20")]
    [InlineData("hamming_distance('111', '000'::varbit(4))", "3")]
    [InlineData("B'101' <~> B'100'", "1")]
    [InlineData("jaccard_distance('1111', '1110')", "0.25")]
    [InlineData("jaccard_distance('', '')", "1")]
    [InlineData("B'1100' <%> B'1000'", "0.5")]
    public void An_expression_has_pgvectors_value(string expression, string expected) => Assert.Equal([expected], _db.Pg("SELECT " + expression));

    [Theory]
    [InlineData("'[hello,1]'::halfvec", "22P02", "invalid input syntax for type halfvec: \"[hello,1]\"")]
    [InlineData("'[NaN,1]'::halfvec", "22000", "NaN not allowed in halfvec")]
    [InlineData("'[-Infinity,1]'::halfvec", "22000", "infinite value not allowed in halfvec")]
    [InlineData("'[65520,-65520]'::halfvec", "22003", "\"65520\" is out of range for type halfvec")]
    [InlineData("'[4e38,1]'::halfvec", "22003", "\"4e38\" is out of range for type halfvec")]
    [InlineData("'[1,2,3]9'::halfvec", "22P02", "invalid input syntax for type halfvec: \"[1,2,3]9\"")]
    [InlineData("'[]'::halfvec", "22000", "halfvec must have at least 1 dimension")]
    [InlineData("'[1,2,3]'::halfvec(2)", "22000", "expected 2 dimensions, not 3")]
    [InlineData("'[1,2,3]'::halfvec(3, 2)", "22023", "invalid type modifier")]
    [InlineData("'[1,2,3]'::halfvec(0)", "22023", "dimensions for type halfvec must be at least 1")]
    [InlineData("'[1,2,3]'::halfvec(16001)", "22023", "dimensions for type halfvec cannot exceed 16000")]
    [InlineData("'{\"[1,2,3]\"}'::halfvec(2)[]", "22000", "expected 2 dimensions, not 3")]
    [InlineData("'[65519]'::halfvec + '[65519]'", "22003", "value out of range: overflow")]
    [InlineData("'[-65519]'::halfvec - '[65519]'", "22003", "value out of range: overflow")]
    [InlineData("'[1e-7]'::halfvec * '[1e-7]'", "22003", "value out of range: underflow")]
    [InlineData("'[1,2]'::halfvec * '[3]'", "22000", "different halfvec dimensions 2 and 1")]
    [InlineData("l2_distance('[1,2]'::halfvec, '[3]')", "22000", "different halfvec dimensions 2 and 1")]
    [InlineData("array_fill(0, ARRAY[16000])::halfvec || '[1]'", "54000", "halfvec cannot have more than 16000 dimensions")]
    [InlineData("subvector('[1,2,3,4,5]'::halfvec, 2147483647, 10)", "22000", "halfvec must have at least 1 dimension")]
    [InlineData("'[65520]'::vector::halfvec", "22003", "\"65520\" is out of range for type halfvec")]
    [InlineData("'{65520,-65520}'::real[]::halfvec", "22003", "\"65520\" is out of range for type halfvec")]
    [InlineData("'[1,2,3]'::halfvec::vector(2)", "22000", "expected 2 dimensions, not 3")]
    [InlineData("'{1:hello,2:1}/2'::sparsevec", "22P02", "invalid input syntax for type sparsevec: \"{1:hello,2:1}/2\"")]
    [InlineData("'{1:NaN,2:1}/2'::sparsevec", "22000", "NaN not allowed in sparsevec")]
    [InlineData("'{1:Infinity,2:1}/2'::sparsevec", "22000", "infinite value not allowed in sparsevec")]
    [InlineData("'{1:-4e38,2:1}/2'::sparsevec", "22003", "\"-4e38\" is out of range for type sparsevec")]
    [InlineData("'{1:1e-46,2:1}/2'::sparsevec", "22003", "\"1e-46\" is out of range for type sparsevec")]
    [InlineData("''::sparsevec", "22P02", "invalid input syntax for type sparsevec: \"\"")]
    [InlineData("'{}'::sparsevec", "22P02", "invalid input syntax for type sparsevec: \"{}\"")]
    [InlineData("'{}/'::sparsevec", "22P02", "invalid input syntax for type sparsevec: \"{}/\"")]
    [InlineData("'{}/1a'::sparsevec", "22P02", "invalid input syntax for type sparsevec: \"{}/1a\"")]
    [InlineData("'{1a:1}/1'::sparsevec", "22P02", "invalid input syntax for type sparsevec: \"{1a:1}/1\"")]
    [InlineData("'{1:1,}/1'::sparsevec", "22P02", "invalid input syntax for type sparsevec: \"{1:1,}/1\"")]
    [InlineData("'{1:}/1'::sparsevec", "22P02", "invalid input syntax for type sparsevec: \"{1:}/1\"")]
    [InlineData("'{1:1,2:1,1:1}/2'::sparsevec", "22000", "sparsevec indices must not contain duplicates")]
    [InlineData("'{}/-1'::sparsevec", "22000", "sparsevec must have at least 1 dimension")]
    [InlineData("'{}/9223372036854775808'::sparsevec", "54000", "sparsevec cannot have more than 1000000000 dimensions")]
    [InlineData("'{2147483648:1}/1'::sparsevec", "22000", "sparsevec index out of bounds (> dimensions)")]
    [InlineData("'{0:1}/1'::sparsevec", "22000", "sparsevec index out of bounds (< 1)")]
    [InlineData("'{}/3'::sparsevec(2)", "22000", "expected 2 dimensions, not 3")]
    [InlineData("'{}/3'::sparsevec(1000000001)", "22023", "dimensions for type sparsevec cannot exceed 1000000000")]
    [InlineData("inner_product('{1:1,2:2}/2'::sparsevec, '{1:3}/1')", "22000", "different sparsevec dimensions 2 and 1")]
    [InlineData("'{}/16001'::sparsevec::vector", "54000", "vector cannot have more than 16000 dimensions")]
    [InlineData("'{}/16001'::sparsevec::halfvec", "54000", "halfvec cannot have more than 16000 dimensions")]
    [InlineData("'{1:65520}/1'::sparsevec::halfvec", "22003", "\"65520\" is out of range for type halfvec")]
    [InlineData("'{NULL}'::real[]::sparsevec", "22004", "array must not contain nulls")]
    [InlineData("'{NaN}'::real[]::sparsevec", "22000", "NaN not allowed in sparsevec")]
    [InlineData("'{{1}}'::real[]::sparsevec", "22000", "array must be 1-D")]
    [InlineData("'{}'::real[]::sparsevec", "22000", "sparsevec must have at least 1 dimension")]
    [InlineData("hamming_distance('111', '00')", "22000", "different bit lengths 3 and 2")]
    [InlineData("jaccard_distance('1111', '000')", "22000", "different bit lengths 4 and 3")]
    [InlineData("'{1:1}/1'::sparsevec + '{1:1}/1'", "42883", "operator does not exist: sparsevec + unknown")]
    public void What_pgvector_refuses_is_refused(string expression, string state, string message) =>
        Assert.Equal(message, Fails(state, () => _db.Pg("SELECT " + expression)).Message);

    [Fact]
    public void Tables_keep_them_and_answer_the_nearest()
    {
        _db.Do("CREATE TABLE t (id int PRIMARY KEY, h halfvec(2), s sparsevec(3), b bit(3))");
        _db.Pg("INSERT INTO t VALUES (1, '[1,2]', '{1:1}/3', '101'), (2, '[3,4]', '{2:2}/3', '111'), (3, NULL, NULL, NULL), (4, '[-0,1]', '{}/3', '000'), (5, '[0,1]', '{1:-1}/3', '001')");
        Assert.Equal(["2", "1"], _db.Pg("SELECT id FROM t ORDER BY h <-> '[3,3]' LIMIT 2"));
        Assert.Equal(["2", "4"], _db.Pg("SELECT id FROM t ORDER BY s <-> '{2:1.5}/3' LIMIT 2"));
        Assert.Equal(["1", "2"], _db.Pg("SELECT id FROM t ORDER BY b <~> '101', id LIMIT 2"));
        Assert.Equal(["5", "4", "2", "1", "3"], _db.Pg("SELECT id FROM t ORDER BY s"));
        Assert.Equal(["3"], _db.Pg("SELECT count(DISTINCT h) FROM t"));
        Assert.Equal(["[1,2]|[4,8]"], _db.Pg("SELECT avg(h), sum(h) FROM t"));
        Assert.Equal(["|"], _db.Pg("SELECT avg(h), sum(h) FROM t WHERE id > 9"));
        Assert.Equal(["{3:1}/3"], _db.Pg("UPDATE t SET s = '[0,0,1]'::vector WHERE id = 1 RETURNING s"));
        Assert.Equal("expected 2 dimensions, not 1", Fails("22000", () => _db.Pg("UPDATE t SET h = '[1]'")).Message);
        Assert.Equal("expected 3 dimensions, not 4", Fails("22000", () => _db.Pg("INSERT INTO t (id, s) VALUES (9, '{}/4')")).Message);
        Assert.Equal("different halfvec dimensions 2 and 1", Fails("22000", () => _db.Pg("SELECT sum(h) FROM (VALUES ('[1,2]'::halfvec), ('[1]')) AS v(h)")).Message);
        Assert.Equal("value out of range: overflow", Fails("22003", () => _db.Pg("SELECT sum(h) FROM (VALUES ('[65504]'::halfvec), ('[65504]')) AS v(h)")).Message);
    }

    [Theory]
    [InlineData("USING hnsw (h halfvec_l2_ops)", null)]
    [InlineData("USING hnsw (h halfvec_l1_ops)", null)]
    [InlineData("USING ivfflat (h halfvec_cosine_ops) WITH (lists = 10)", null)]
    [InlineData("USING hnsw (s sparsevec_ip_ops)", null)]
    [InlineData("USING hnsw (b bit_jaccard_ops)", null)]
    [InlineData("USING ivfflat (b bit_hamming_ops)", null)]
    [InlineData("USING hnsw ((v::halfvec(3)) halfvec_l2_ops)", null)]
    [InlineData("USING hnsw (wide halfvec_l2_ops)", "column cannot have more than 4000 dimensions for hnsw index")]
    [InlineData("USING hnsw (h vector_l2_ops)", "operator class \"vector_l2_ops\" does not accept data type halfvec")]
    [InlineData("USING hnsw (h)", "data type halfvec has no default operator class for access method \"hnsw\"")]
    [InlineData("USING ivfflat (s sparsevec_l2_ops)", "operator class \"sparsevec_l2_ops\" does not exist for access method \"ivfflat\"")]
    [InlineData("USING ivfflat (b bit_jaccard_ops)", "operator class \"bit_jaccard_ops\" does not exist for access method \"ivfflat\"")]
    public void An_index_is_checked_as_pgvector_checks_it(string definition, string? refusal)
    {
        _db.Do("CREATE TABLE t (v vector(3), h halfvec(3), wide halfvec(4001), s sparsevec(100000), b bit(64))");
        if (refusal is null) _db.Do("CREATE INDEX near ON t " + definition);
        else Assert.Equal(refusal, Assert.Throws<Gateway.Types.PgException>(() => _db.Do("CREATE INDEX near ON t " + definition)).Message);
    }

    [Theory]
    [InlineData("USING hnsw (h halfvec_l2_ops)")]
    [InlineData("USING hnsw (v vector_l2_ops)")]
    [InlineData("USING ivfflat (v)")]
    public void An_index_shows_its_operators_unless_they_are_the_default(string definition)
    {
        _db.Do("CREATE TABLE t (v vector(3), h halfvec(3))");
        _db.Do("CREATE INDEX near ON t " + definition);
        Assert.Equal(["CREATE INDEX near ON public.t " + definition], _db.Pg("SELECT pg_get_indexdef('near'::regclass)"));
    }
}
