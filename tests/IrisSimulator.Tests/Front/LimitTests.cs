using IrisSimulator.Sql;

namespace IrisSimulator.Tests.Front;

public class LimitTests
{
    private static void Taken(string sql) => IrisParser.Parse(sql, IrisVersion.V2025_1);

    private static void Refused(int code, string sql) =>
        Assert.Equal(code, Assert.Throws<IrisError>(() => IrisParser.Parse(sql, IrisVersion.V2025_1)).SqlCode);

    [Fact]
    public void An_identifier_has_128_characters_at_most()
    {
        Taken($"SELECT {new string('a', 128)}, \"{new string('b', 128)}\" FROM t");
        Refused(-1, $"SELECT {new string('a', 129)} FROM t");
        Refused(-1, $"SELECT \"{new string('a', 129)}\" FROM t");
    }

    [Fact]
    public void An_in_list_has_500_items_at_most()
    {
        Taken($"SELECT a FROM t WHERE a IN ({string.Join(", ", Enumerable.Repeat("?", 500))})");
        Refused(-400, $"SELECT a FROM t WHERE a IN ({string.Join(", ", Enumerable.Repeat("?", 501))})");
    }

    [Fact]
    public void A_hundred_brackets_are_enough()
    {
        Taken($"SELECT {new string('(', 98)}1{new string(')', 98)}");
        Refused(-400, $"SELECT {new string('(', 101)}1{new string(')', 101)}");
    }

    [Fact]
    public void A_long_text_is_no_trouble() =>
        Taken($"SELECT '{new string('x', 1_000_000)}' AS a, \"b\" /* {new string('y', 1_000_000)} */ FROM t");

    [Fact]
    public void Names_of_functions_are_not_reserved_unless_the_list_has_them()
    {
        Taken("SELECT abs, round, list, rank, decode, now FROM t");
        Refused(-12, "SELECT upper FROM t");
        Refused(-12, "SELECT count FROM t");
    }
}
