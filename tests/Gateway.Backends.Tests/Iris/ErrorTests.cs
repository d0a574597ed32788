using Gateway.Backends.Iris;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Tests.Iris;

public sealed class ErrorTests
{
    public static TheoryData<int> Codes() => [.. SqlCodes.All];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_of_the_table_becomes_an_SQLSTATE_and_keeps_its_origin(int code)
    {
        var (state, meaning) = SqlCodes.Find(code)!.Value;
        Assert.Matches("^[0-9A-Z]{5}$", state);
        Assert.NotEmpty(meaning);
        foreach (var sign in (int[])[1, -1])
        {
            var error = Map($"[SQLCODE: <{sign * code}>:<said by the server>]\r\n[Location: <ServerLoop>]\r\n[%msg: <of this case>]");
            Assert.Equal(state, error.SqlState);
            Assert.Contains($"SQLCODE {code}", error.Detail + error.Message + (error.Detail is null ? $"SQLCODE {code}" : ""));
        }
    }

    [Fact]
    public void The_table_is_whole()
    {
        Assert.True(SqlCodes.All.Count() > 330, $"{SqlCodes.All.Count()} codes");
        Assert.All(SqlCodes.All, code => Assert.True(code < 0));
    }

    [Theory]
    [InlineData("[SQLCODE: <-29>:<Field not found>] [Location: <x>] [%msg: <Field 'A' not found>]", "42703", "Field not found: Field 'A' not found")]
    [InlineData("[SQLCODE: <29>:<Field not found>]", "42703", "Field not found")]
    [InlineData("[SQLCODE: -400:Fatal error occurred][%msg: < ERROR #5002: ObjectScript error: <DIVIDE>zRun+1>]", "22012", "division by zero")]
    [InlineData("[SQLCODE: <-9999>:<unheard of>]", "XX000", "unheard of")]
    [InlineData("[SQLCODE: <-456>:<Query interrupted>]", "57014", "canceling statement due to user request")]
    [InlineData("[SQLCODE: <-110>:<Locking conflict>][%msg: <Unable to acquire lock>]", "55P03", "canceling statement due to lock timeout")]
    public void The_text_is_taken_apart(string text, string state, string message)
    {
        var error = Map(text);
        Assert.Equal((state, message), (error.SqlState, error.Message));
    }

    [Fact]
    public void A_driver_that_has_no_code_in_its_text_may_have_one_in_ErrorCode()
    {
        Assert.Equal("23505", IrisErrors.Map(new CodedException(-119), null, null).SqlState);
        Assert.Equal("XX000", IrisErrors.Map(new FakeException("no code at all"), null, null).SqlState);
    }

    [Fact]
    public void A_lost_link_is_known_by_what_lies_beneath()
    {
        var error = IrisErrors.Map(new InvalidOperationException("failed", new System.Net.Sockets.SocketException()), null, null);
        Assert.Equal("08006", error.SqlState);
        Assert.True(IrisErrors.IsFatal(error));
    }

    private static readonly SchemaSnapshot Schema = new(1, ["public"],
    [
        new RelationInfo(1, "public", "child", RelationKind.Table,
        [
            new ColumnInfo("id", 1, new TypeRef(Oids.Int4), true),
            new ColumnInfo("p", 2, new TypeRef(Oids.Int4), true),
            new ColumnInfo("name", 3, new TypeRef(Oids.VarChar, Typmod.Length(3)), false),
            new ColumnInfo("day", 4, new TypeRef(Oids.Date), false),
        ])
        {
            Constraints =
            [
                new ConstraintInfo(2, "child_pkey", ConstraintKind.PrimaryKey, ["id"]),
                new ConstraintInfo(3, "child_name_key", ConstraintKind.Unique, ["name"]),
                new ConstraintInfo(4, "child_p_fkey", ConstraintKind.ForeignKey, ["p"], null, "public", "parent", ["id"]),
            ],
        },
        new RelationInfo(5, "public", "parent", RelationKind.Table, [new ColumnInfo("id", 1, new TypeRef(Oids.Int4), true)])
        {
            Constraints = [new ConstraintInfo(6, "parent_pkey", ConstraintKind.PrimaryKey, ["id"])],
        },
    ]);

    [Theory]
    [InlineData("INSERT INTO \"SQLUser\".\"child\" (\"id\") VALUES (?)", -119, "'SQLUser.child:CHILD_NAME_KEY' is not unique", "23505", "duplicate key value violates unique constraint \"child_name_key\"")]
    [InlineData("UPDATE \"SQLUSER\".\"PARENT\" SET x = 1", -120, "whatever", "23505", "duplicate key value violates unique constraint \"parent_pkey\"")]
    [InlineData("INSERT INTO \"SQLUser\".\"child\" (\"id\") VALUES (?)", -119, "whatever", "23505", "duplicate key value violates unique constraint of relation \"child\"")]
    [InlineData("INSERT INTO \"SQLUser\".\"child\" (\"id\") VALUES (?)", -108, "'p' in table 'SQLUser.child' is required", "23502", "null value in column \"p\" of relation \"child\" violates not-null constraint")]
    [InlineData("INSERT INTO \"SQLUser\".\"child\" (\"id\") VALUES (?)", -121, "", "23503", "insert or update on table \"child\" violates foreign key constraint \"child_p_fkey\"")]
    [InlineData("DELETE FROM \"SQLUser\".\"parent\" WHERE %ID = ?", -124, "", "23503", "update or delete on table \"parent\" violates foreign key constraint \"child_p_fkey\" on table \"child\"")]
    [InlineData("INSERT INTO \"SQLUser\".\"child\" (\"name\") VALUES (?)", -104, "Field 'SQLUser.child.name' (value 'abcd') failed validation: length longer than MAXLEN allowed of 3", "22001", "value too long for type character varying(3)")]
    [InlineData("INSERT INTO \"SQLUser\".\"child\" (\"day\") VALUES (?)", -104, "Field 'SQLUser.child.day' (value 'x') failed validation", "22007", "invalid input syntax for date/time for column \"day\"")]
    [InlineData("INSERT INTO \"SQLUser\".\"child\" (\"id\") VALUES (?)", -104, "Field 'SQLUser.child.id' greater than MAXVAL", "22003", "value out of range for column \"id\"")]
    [InlineData("ALTER TABLE \"SQLUser\".\"child\" ADD CONSTRAINT \"by_day\" UNIQUE (\"day\")", -125, "", "23505", "could not create unique index \"by_day\"")]
    [InlineData("ALTER TABLE \"SQLUser\".\"child\" ADD CONSTRAINT \"fk\" FOREIGN KEY (\"p\")", -127, "", "23503", "insert or update on table \"child\" violates foreign key constraint \"fk\"")]
    [InlineData("DELETE FROM \"SQLUser\".\"child\"", -99, "", "42501", "permission denied for table child")]
    public void Constraints_are_named_from_the_metadata(string sql, int code, string detail, string state, string message)
    {
        var error = IrisErrors.Map(new FakeException($"[SQLCODE: <{code}>:<x>]\r\n[%msg: <{detail}>]"), sql, Schema);
        Assert.Equal((state, message), (error.SqlState, error.Message));
        Assert.Contains(code.ToString(), error.Detail);
        Assert.True(error.TableName is "child" or "parent", error.TableName);
    }

    private static PgException Map(string text) => IrisErrors.Map(new FakeException(text), null, null);

    [Theory]
    [InlineData(-119, "23505", false)]
    [InlineData(119, "23505", false)]
    [InlineData(461, "08006", true)]
    [InlineData(-405, "08006", true)]
    [InlineData(10061, "08001", true)]
    [InlineData(402, "28P01", false)]
    public void The_number_of_the_driver_counts_with_either_sign(int native, string state, bool fatal)
    {
        var error = IrisErrors.Map(new NativeException("whatever", native), null, null);
        Assert.Equal((state, fatal), (error.SqlState, IrisErrors.IsFatal(error)));
        Assert.Contains($"SQLCODE {-Math.Abs(native)}", error.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Access Denied", 0)]
    [InlineData("Access Denied", 417)]
    [InlineData("[SQLCODE: <-417>:<Security error>][%msg: <Access Denied>]", 0)]
    public void Access_denied_is_a_wrong_password(string text, int native) =>
        Assert.Equal("28P01", IrisErrors.AtConnect(new NativeException(text, native), "i").SqlState);

    [Theory]
    [InlineData(461)]
    [InlineData(405)]
    [InlineData(10060)]
    [InlineData(0)]
    public void A_server_that_is_not_reached_is_08001(int native) =>
        Assert.Equal("08001", IrisErrors.AtConnect(new NativeException("no", native) { Broken = true }, "i").SqlState);

    [Fact]
    public void A_state_of_the_driver_that_begins_with_08_is_a_lost_link() =>
        Assert.Equal("08006", IrisErrors.Map(new NativeException("gone", 0) { State = "08S01" }, null, null).SqlState);

    private sealed class NativeException(string message, int code) : System.Data.Common.DbException(message)
    {
        public bool Broken { init => State = value ? "08S01" : ""; }

        public string State { get; init; } = "";

        public int NativeError => code;
    }

    private sealed class CodedException(int code) : System.Data.Common.DbException("refused")
    {
        public override int ErrorCode => code;
    }
}
