using Gateway.Tests.Shared;
using IrisSimulator.Provider;
using static Gateway.Backends.Tests.Iris.SameChangesTests;

namespace Gateway.Backends.Tests.Iris;

/// <summary>Rows of tables that were there before the gateway: IRIS alone knows their defaults.</summary>
public sealed class ForeignTableTests
{
    [Theory]
    [InlineData("insert into patient (name) values ('Ann') returning kind, num", "std|NULL")]
    [InlineData("insert into patient (name, kind) values ('Ann', 'own') returning name, kind", "Ann|own")]
    [InlineData("insert into patient (name, kind) values ('Ann', default)", "1 rows")]
    [InlineData("insert into patient (name, kind) values ('Ann', null)", "23502 kind")]
    [InlineData("insert into patient (name, kind) values ('Ann', nullif('a', 'a'))", "23502 kind")]
    [InlineData("insert into patient (name, kind) select 'Ann', null", "23502 kind")]
    [InlineData("insert into patient (num, name) values (1, 'Ann') on conflict (num) do nothing", "0 rows")]
    [InlineData("insert into patient (num, name) values (1, 'Ann') on conflict (num) do update set name = excluded.name returning name", "Ann")]
    [InlineData("update patient set name = 'Bea' where num = 1 returning name, kind", "Bea|std")]
    [InlineData("update patient set name = initcap('bEA') where num = 1 returning name", "Bea")]
    [InlineData("update patient set kind = null where num = 1", "23502 kind")]
    [InlineData("delete from patient where num = 1 returning name", "Old")]
    [InlineData("delete from patient where num = 1", "1 rows")]
    public void A_change_answers_as_postgres_does(string sql, string expected)
    {
        using var iris = new SimulatedIris();
        Prepare(iris);
        using var connection = iris.Backend.Open();
        connection.Session = new Embedded.TestSession();
        Assert.Equal(expected, Answer(connection, iris.Backend.Dialect, sql));
    }

    [Theory]
    [InlineData("update patient set kind = default")]
    [InlineData("insert into patient (num, name) values (1, 'Ann') on conflict (num) do update set kind = excluded.kind")]
    [InlineData("insert into patient (name, kind) values ('a', default), ('b', 'x') returning name")]
    public void What_only_iris_knows_is_refused(string sql)
    {
        using var iris = new SimulatedIris();
        Prepare(iris);
        using var connection = iris.Backend.Open();
        connection.Session = new Embedded.TestSession();
        Assert.StartsWith("0A000", Answer(connection, iris.Backend.Dialect, sql), StringComparison.Ordinal);
    }

    private static void Prepare(SimulatedIris iris)
    {
        using var connection = IrisSimulatorFactory.Instance.CreateConnection();
        connection.ConnectionString = iris.ConnectionString;
        connection.Open();
        foreach (var sql in (string[])
                 [
                     "CREATE TABLE SQLUser.Patient (Name VARCHAR(50), Kind VARCHAR(10) DEFAULT 'std' NOT NULL, Num INTEGER, CONSTRAINT PatientNum UNIQUE (Num))",
                     "INSERT INTO SQLUser.Patient (Name, Num) VALUES ('Old', 1)",
                 ])
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
