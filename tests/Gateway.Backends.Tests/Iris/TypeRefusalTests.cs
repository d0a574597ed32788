using Gateway.Sql.Dialects.Iris.Ddl;
using Gateway.Sql.Parsing;
using Gateway.Types;

namespace Gateway.Backends.Tests.Iris;

public sealed class TypeRefusalTests
{
    [Theory]
    [InlineData("CREATE TYPE mood AS ENUM ('sad')", "CREATE TYPE is not supported by IRIS")]
    [InlineData("CREATE TYPE pair AS (a int)", "CREATE TYPE is not supported by IRIS")]
    [InlineData("ALTER TYPE mood ADD VALUE 'ok'", "ALTER TYPE is not supported by IRIS")]
    [InlineData("ALTER TYPE mood RENAME VALUE 'sad' TO 'bad'", "ALTER TYPE is not supported by IRIS")]
    [InlineData("ALTER TYPE mood RENAME TO state", "ALTER TYPE is not supported by IRIS")]
    [InlineData("DROP TYPE IF EXISTS mood", "DROP TYPE is not supported by IRIS")]
    [InlineData("CREATE DOMAIN positive AS int CHECK (VALUE > 0)", "CREATE DOMAIN is not supported by IRIS")]
    [InlineData("ALTER DOMAIN positive SET NOT NULL", "ALTER DOMAIN is not supported by IRIS")]
    [InlineData("DROP DOMAIN positive", "DROP DOMAIN is not supported by IRIS")]
    [InlineData("COMMENT ON TYPE mood IS 'x'", "COMMENT ON TYPE is not supported by IRIS")]
    public void Types_of_one_s_own_are_refused_before_the_shadow_could_take_them(string sql, string message)
    {
        var error = Assert.Throws<PgException>(() => DdlRefusals.Check(Parser.ParseSingle(sql)!));
        Assert.Equal(("0A000", message), (error.SqlState, error.Message));
    }
}
