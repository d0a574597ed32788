using Gateway.Backends.Iris;
using Gateway.Backends.Tests.Embedded;
using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Tests.Shared;
using Gateway.Types;

namespace Gateway.Backends.Tests.Iris;

/// <summary>Vectors in the simulator: kept and sorted there, shown and computed here.</summary>
public sealed class VectorTests : SimulatedSession
{
    [Fact]
    public void Values_come_back_as_they_were_sent()
    {
        Ask("create extension if not exists vector");
        Ask("create table t (id int primary key, v vector(3), w vector, x vector[])");
        Ask("insert into t values (1, '[1,-2.5,0.1]', '[1e-7,12345678]', '{\"[1,2]\",\"[3]\"}'), (2, null, null, null)");
        Ask("insert into t select 3, array[1,2,3], array[0.5]");
        Assert.Equal(
            ["1|[1,-2.5,0.1]|[1e-07,1.2345678e+07]|{\"[1,2]\",[3]}", "2|NULL|NULL|NULL", "3|[1,2,3]|[0.5]|NULL"],
            Ask("select * from t order by id"));
        Assert.Equal(["2"], Ask("select id from t where v is null"));
        Assert.Equal(["1"], Ask("select id from t where v = '[1,-2.5,0.1]'"));
        Assert.Equal(["2|[1,-0.25,1.55]"], Ask("select count(v), avg(v) from t"));
        Assert.Equal(3, Connection.Schema.Find("public", "t")!.FindColumn("v")!.Type.Typmod);
        Assert.Equal(["[2,3,4]"], Ask("update t set v = v + '[1,1,1]' where id = 3 returning v"));
        Assert.Equal(["[9,9,9]"], Ask("insert into t values (3, '[9,9,9]') on conflict (id) do update set v = excluded.v returning v"));
        Ask("update t set v = null where id = 3");
        Assert.Equal(["NULL"], Ask("select v from t where id = 3"));
    }

    [Fact]
    public void The_nearest_rows_come_with_the_distance_that_PostgreSQL_shows()
    {
        Ask("create table items (id int primary key, v vector(2), name text)");
        Ask("create index near on items using hnsw (v vector_cosine_ops) with (m = 16, ef_construction = 64)");
        Ask("insert into items values (1, '[1,0]', 'a'), (2, '[1,1]', 'b'), (3, '[0,2]', 'a'), (4, null, 'a'), (5, '[-3,0]', 'b')");
        Assert.Equal(["1", "2", "3"], Ask("select id from items order by v <=> '[2,0]' limit 3"));
        Assert.Equal(["1|0", "3|1"], Ask("select id, v <=> '[2,0]' as distance from items where name = 'a' order by distance limit 2"));
        Assert.Equal(["5|B", "3|A"], Ask("select id, initcap(name) from items order by v <=> '[-1,0.001]' limit 2"));
        Assert.Equal(["3|-4", "2|-2", "1|-0", "5|-0"], Ask("select id, v <#> '[0,2]' from items order by v <#> '[0,2]', id limit 4"));
        Assert.Equal(["1|0", "2|1", "3|2.23606797749979"], Ask("select id, v <-> '[1,0]' from items where id < 4 order by v <-> '[2,0]', id limit 3"));
        Assert.Equal(["2", "1", "3", "5", "4"], Ask("select id from items order by v <+> '[1,1]', id"));
        Assert.Equal(["1", "2", "3", "5", "4"], Ask("select id from items order by v <=> '[2,0]'"));
        Assert.Equal(["1", "2"], Ask("select top 2 id from items where v is not null order by VECTOR_COSINE(v, TO_VECTOR('2,0', FLOAT)) desc"));
        Assert.Equal(["1|1"], Ask("select id, vector_cosine(v, '[2,0]') from items where VECTOR_DOT_PRODUCT(v, '[2,0]') = 2 and id = 1"));
        Ask("drop index near");
    }

    [Fact]
    public void Wrong_dimensions_are_refused()
    {
        Ask("create table t (id int primary key, v vector(3))");
        Assert.Equal("expected 3 dimensions, not 2", Fails("22000", "insert into t values (1, '[1,2]')").Message);
        Ask("insert into t values (1, '[1,2,3]')");
        Assert.Equal("expected 3 dimensions, not 4", Fails("22000", "update t set v = v || '[1]'").Message);
        Fails("22000", "select id from t order by v <=> '[1,2]' limit 1");
        Fails("22000", "select id from t order by v <-> '[1,2]' limit 1");
        Fails("0A000", "create index on t using hnsw (v vector_l2_ops)");
        Fails("0A000", "create index on t using ivfflat (v vector_cosine_ops)");
    }

    [Fact]
    public void Before_2024_1_there_are_none()
    {
        using var old = new SimulatedIris(version: "2023.1");
        using var connection = old.Backend.Open();
        connection.Session = Session;
        var error = Assert.Throws<PgException>(() => Ask(connection, old, "create table t (v vector(3))"));
        Assert.Equal(("0A000", "type vector before version 2024.1 is not supported by IRIS"), (error.SqlState, error.Message));
    }

    private PgException Fails(string state, string sql)
    {
        var error = Assert.Throws<PgException>(() => Ask(sql));
        Assert.True(error.SqlState == state, $"{error.SqlState}: {error.Message}");
        return error;
    }
}
