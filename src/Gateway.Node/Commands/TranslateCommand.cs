using Gateway.Backends;
using Gateway.Backends.Embedded;
using Gateway.Node.Sample;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Iris;
using Gateway.Sql.Dialects.Iris.Ddl;
using Gateway.Sql.Dialects.Postgres;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Node.Commands;

/// <summary>Shows what a backend would be sent for statements over the sample database, in which it also makes their tables.</summary>
internal static class TranslateCommand
{
    private const string Usage = """
        usage: gateway translate [--target sqlite|iris|postgres] [--server-version 2025.1] [--comparison iris|exact] "SQL"
        """;

    private static readonly string[] SearchPath = ["public"];

    public static Task<int> Execute(string[] arguments)
    {
        if (TranslateOptions.Parse(arguments, out var problem) is not { } options)
        {
            Console.Error.WriteLine($"translate: {problem}\n{Usage}");
            return Task.FromResult(2);
        }

        var directory = Directory.CreateTempSubdirectory("gateway-translate-");
        try
        {
            using var databases = new EmbeddedDatabases(new EmbeddedOptions { DataDirectory = directory.FullName });
            var database = HospitalSample.CreateIn(databases, withRows: false);
            foreach (var statement in Parser.ParseScript(options.Sql))
                foreach (var line in Translate(statement, database, options)) Console.WriteLine(line);
            return Task.FromResult(0);
        }
        catch (PgException error)
        {
            Console.Error.WriteLine($"{error.Severity}:  {error.SqlState}: {error.Message}");
            if (error.Position is { } position) Console.Error.WriteLine($"at character {position}");
            if (error.Detail is { } detail) Console.Error.WriteLine($"DETAIL:  {detail}");
            if (error.Hint is { } hint) Console.Error.WriteLine($"HINT:  {hint}");
            return Task.FromResult(1);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Translate(Statement statement, IBackend database, TranslateOptions options)
    {
        var local = (SqliteDialect)database.Dialect;
        var before = Named(database.Schema);
        var bound = new Analyzer(options.Target == "iris" ? before : database.Schema, SearchPath).Bind(statement, []);
        Dialect dialect = options.Target switch
        {
            "iris" => new IrisDialect(options.Iris, local),
            "postgres" => new PostgresDialect(),
            _ => local,
        };
        var plan = dialect.Render(bound);
        if (plan.Steps is not [SchemaStep]) return TranslationReport.Lines(bound, plan, dialect.Name);

        // A change of the schema is made here too, so that the statements behind it see it.
        using (var connection = database.Open())
        {
            using var parameters = new ValueList();
            connection.Execute(local.Render(bound), parameters).Dispose();
        }

        if (options.Target == "iris")
            plan = IrisDdl.Plan(before, RemoteNames.Choose(before, database.Schema), bound.Tree, SearchPath, options.Iris, local);
        return TranslationReport.Lines(bound, plan, dialect.Name);

        static SchemaSnapshot Named(SchemaSnapshot schema) => RemoteNames.Choose(SchemaSnapshot.Empty, schema);
    }
}
