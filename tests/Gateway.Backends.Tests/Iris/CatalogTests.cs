using Gateway.Backends.Iris;
using Gateway.Backends.Tests.Embedded;
using Gateway.Tests.Shared;
using Gateway.Types;

namespace Gateway.Backends.Tests.Iris;

/// <summary>When the metadata is read.</summary>
public sealed class CatalogTests : SimulatedSession
{
    private int Readings => Iris.Server.Log.Count(sql => sql.Contains("FROM INFORMATION_SCHEMA.COLUMNS", StringComparison.Ordinal));

    [Fact]
    public void A_change_made_here_does_not_read_everything_again()
    {
        Do("create table a (id int primary key)");
        var before = Readings;
        Do("create table b (id int primary key, a int references a (id))", "alter table a add column name text", "create index on b (a)", "drop table b");
        Assert.Equal(before, Readings);
        Do("insert into a values (1, 'x')");
        Assert.Equal(["1|x"], Ask("select * from a"));
    }

    [Fact]
    public void A_change_made_by_another_node_is_seen_by_the_next_one_here()
    {
        Do("create table a (id int primary key)");
        using var other = new IrisBackend(Iris.Backend.Options, IrisSimulator.Provider.IrisSimulatorFactory.Instance);
        using (var theirs = other.Open())
        {
            theirs.Session = new TestSession();
            Ask(theirs, Iris, "create table theirs (id int primary key, doc jsonb)");
        }

        Do("create table mine (id int primary key)");
        var relations = Connection.Schema.Relations.Where(relation => relation.Schema == "public").ToList();
        Assert.Equal(["a", "mine", "theirs"], relations.Select(relation => relation.Name).Order(StringComparer.Ordinal));
        Assert.Equal(relations.Count, relations.Select(relation => relation.Oid).Distinct().Count());
        Assert.Equal(Oids.Jsonb, Connection.Schema.Find("public", "theirs")!.Columns[1].Type.Oid);
    }

    [Fact]
    public void Catalogs_show_at_once_what_another_session_has_made_and_dropped()
    {
        const string Tables = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'";
        Assert.Equal([], Ask(Tables));
        using var other = Iris.Backend.Open();
        other.Session = new TestSession();
        Ask(other, Iris, "create table theirs (id int primary key)");
        Assert.Equal(["theirs"], Ask(Tables));
        Assert.Equal(["id"], Ask("select column_name from information_schema.columns where table_name = 'theirs'"));
        Ask(other, Iris, "alter table theirs add column name text");
        Assert.Equal(["2"], Ask("select count(*) from pg_attribute where attrelid = 'theirs'::regclass and attnum > 0"));
        Ask(other, Iris, "drop table theirs");
        Assert.Equal([], Ask(Tables));
    }

    [Fact]
    public void A_table_made_past_the_gateway_can_be_changed_at_once()
    {
        Do("create table a (id int primary key)");
        Iris.Run("CREATE TABLE Sample.Person (Name VARCHAR(40))");
        Do("comment on table sample.person is 'found'");
        Assert.Equal("found", Connection.Schema.Find("sample", "person")!.Comment);
        Engine.Fails("42P01", () => Do("alter table no_such add column x int"));
    }

    [Fact]
    public async Task Old_metadata_is_read_again_while_statements_go_on_with_it()
    {
        using var iris = new SimulatedIris(configure: options => options with { SchemaAge = TimeSpan.FromMilliseconds(1) });
        Assert.Null(iris.Backend.Schema.Find("public", "late"));
        iris.Run("CREATE TABLE late (n INTEGER)");
        while (iris.Backend.Schema.Find("public", "late") is null) await Task.Delay(5);
        var known = iris.Backend.Schema;

        // Nothing has changed: what was translated for it stays good.
        iris.Backend.Refresh();
        Assert.Same(known, iris.Backend.Schema);

        iris.Server.IsDown = true;
        await Task.Delay(20);
        Assert.Same(known, iris.Backend.Schema);
    }

    [Fact]
    public void A_server_that_is_away_is_asked_once_for_all_who_wait()
    {
        using var iris = new SimulatedIris();
        iris.Server.IsDown = true;
        var states = new string[50];
        Parallel.For(0, states.Length, new ParallelOptions { MaxDegreeOfParallelism = 50 },
            i => states[i] = Assert.Throws<PgException>(() => iris.Backend.Schema).SqlState);
        Assert.All(states, state => Assert.Equal("08001", state));
        Assert.InRange(iris.Server.Connects, 1, 10);
    }

    [Fact]
    public void The_next_instance_is_asked_when_the_first_is_away()
    {
        using var good = new SimulatedIris();
        good.Run("CREATE TABLE there (n INTEGER)");
        using var iris = new SimulatedIris(configure: options => options with
        {
            Instances = [options.Instances[0], new InstanceOptions { Name = "iris2", ConnectionString = good.ConnectionString }],
        });
        iris.Server.IsDown = true;
        Assert.NotNull(iris.Backend.Schema.Find("public", "there"));
    }

    [Fact]
    public void A_deferrable_constraint_is_checked_at_once_with_a_warning()
    {
        Do("create table parent (id int primary key)");
        Do("create table child (id int primary key, p int constraint child_p references parent (id) deferrable initially deferred)");
        Assert.Equal(["WARNING constraint \"child_p\" is checked at once: IRIS does not defer constraints"],
            Session.Notices.Select(notice => $"{notice.Severity} {notice.Message}"));
        Engine.Fails("23503", () => Do("insert into child values (1, 1)"));
        Do("alter table child add column x int");
        Assert.Single(Session.Notices);
    }
}
