namespace Clients.Tests;

/// <summary>psql as scripts use it: exit codes, ON_ERROR_STOP, output forms, notices.</summary>
public abstract class PsqlTests(Target target)
{
    [SkippableFact]
    public void A_script_goes_on_after_an_error()
    {
        var result = Psql(["-XAtq"], "SELECT 1;\nSELECT 1 / 0;\nSELECT 2;\n");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("1\n2\n", result.Output);
        Assert.Equal("ERROR:  division by zero\n", result.Errors);
    }

    [SkippableFact]
    public void On_error_stop_ends_a_script_with_exit_code_3()
    {
        var result = Psql(["-XAtq", "-v", "ON_ERROR_STOP=1"], "SELECT 1;\nSELECT 1 / 0;\nSELECT 2;\n");
        Assert.Equal(3, result.ExitCode);
        Assert.Equal("1\n", result.Output);
    }

    [SkippableFact]
    public void On_error_stop_ends_a_file_and_names_its_line()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "SELECT 1;\n\nSELECT nope;\nSELECT 2;\n");
            var result = Psql(["-XAtq", "-v", "ON_ERROR_STOP=1", "-f", file]);
            Assert.Equal(3, result.ExitCode);
            Assert.Equal("1\n", result.Output);
            Assert.StartsWith($"psql:{file}:3: ERROR:  column \"nope\" does not exist\nLINE 1: SELECT nope;\n               ^\n", result.Errors);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [SkippableFact]
    public void A_single_transaction_leaves_nothing_behind_when_it_fails()
    {
        Psql(["-Xqc", "SET client_min_messages = warning; DROP TABLE IF EXISTS psql_single"]);
        var script = "CREATE TABLE psql_single (id int PRIMARY KEY);\nINSERT INTO psql_single VALUES (1);\nSELECT 1 / 0;\n";
        Assert.Equal(3, Psql(["-Xq1", "-v", "ON_ERROR_STOP=1"], script).ExitCode);
        Assert.StartsWith("ERROR:  relation \"psql_single\" does not exist", Psql(["-Xqc", "SELECT * FROM psql_single"]).Errors);
    }

    [SkippableFact]
    public void Dropping_what_is_not_there_is_a_notice()
    {
        var result = Psql(["-Xc", "DROP TABLE IF EXISTS psql_never_there"]);
        Assert.Equal("DROP TABLE\n", result.Output);
        Assert.Equal("NOTICE:  table \"psql_never_there\" does not exist, skipping\n", result.Errors);
    }

    [SkippableFact]
    public void A_commit_without_a_transaction_is_a_warning()
    {
        var result = Psql(["-Xc", "COMMIT"]);
        Assert.Equal("COMMIT\n", result.Output);
        Assert.Equal("WARNING:  there is no transaction in progress\n", result.Errors);
    }

    [SkippableFact]
    public void Notices_obey_client_min_messages()
    {
        var result = Psql(["-Xc", "SET client_min_messages = warning", "-c", "DROP TABLE IF EXISTS psql_never_there"]);
        Assert.Equal("SET\nDROP TABLE\n", result.Output);
        Assert.Equal("", result.Errors);
    }

    [SkippableFact]
    public void Expanded_output_and_csv_look_as_usual()
    {
        Assert.Equal("-[ RECORD 1 ]\na | 1\nb | x\n\n", Psql(["-Xxc", "SELECT 1 AS a, 'x' AS b"]).Output);
        Assert.Equal("a,b\n1,\"x,y\"\n", Psql(["-X", "--csv", "-c", "SELECT 1 AS a, 'x,y' AS b"]).Output);
        Assert.Equal(" a \n---\n 1\n(1 row)\n\n", Psql(["-Xq"], "\\x on\n\\x off\nSELECT 1 AS a;\n").Output);
    }

    [SkippableFact]
    public void Numbers_are_right_aligned_and_text_is_not() =>
        Assert.Equal("  n  | t  \n-----+----\n   1 | a\n 100 | bc\n(2 rows)\n\n", Psql(["-Xc", "SELECT * FROM (VALUES (1, 'a'), (100, 'bc')) AS v(n, t)"]).Output);

    [SkippableFact]
    public void Variables_and_gset_work()
    {
        var result = Psql(["-XAtq", "-v", "name=it's"], "SELECT :'name' AS echoed, 41 + 1 AS answer \\gset\n\\echo :echoed :answer\n\\if :{?answer}\nSELECT 'yes';\n\\endif\n");
        Assert.Equal("it's 42\nyes\n", result.Output);
    }

    [SkippableFact]
    public void A_message_ends_at_its_first_error()
    {
        var result = Psql(["-XAtqc", "SELECT 1; SELECT 1 / 0; SELECT 2"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("1\n", result.Output);
        Assert.Equal("ERROR:  division by zero\n", result.Errors);
    }

    [SkippableFact]
    public void An_unknown_database_is_refused_by_name()
    {
        var result = Psql(["-X", "-d", "no_such_database", "-c", "SELECT 1"]);
        Assert.Equal(2, result.ExitCode);
        Assert.EndsWith("FATAL:  database \"no_such_database\" does not exist\n", result.Errors);
    }

    private Tool.Result Psql(string[] arguments, string input = "") => Tool.Run(target, TimeSpan.FromSeconds(60), Tool.Find("psql"), arguments, input);
}

[Collection("gateway")]
public sealed class PsqlOnTheGateway(GatewayTarget target) : PsqlTests(target)
{
    [SkippableFact]
    public void The_sample_hospital_is_there()
    {
        target.Start();
        Skip.IfNot(target.IsGateway, "TEST_TARGET is set");
        var result = Tool.Run(target, TimeSpan.FromSeconds(60), Tool.Find("psql"),
            ["-XAt", "-d", "hospital", "-c", "SELECT count(*) FROM patients", "-c", "SELECT count(*) FROM lab_results"]);
        Assert.Equal("250\n400\n", result.Output);
    }
}

[Collection("postgres")]
public sealed class PsqlOnPostgres(PostgresTarget target) : PsqlTests(target);
