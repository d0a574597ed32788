using Gateway.Backends;
using Gateway.Backends.Embedded;
using Gateway.Node.Configuration;
using Gateway.Node.Sample;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Node.Commands;

/// <summary>Shows what the embedded engine would run for a statement over the sample database.</summary>
internal static class TranslateCommand
{
    public static Task<int> Execute(string[] arguments)
    {
        if (arguments is not [var sql])
        {
            Console.Error.WriteLine("usage: gateway translate \"SQL\"");
            return Task.FromResult(2);
        }

        var directory = Directory.CreateTempSubdirectory("gateway-translate-");
        try
        {
            using var databases = new EmbeddedDatabases(new EmbeddedOptions { DataDirectory = directory.FullName });
            var database = HospitalSample.CreateIn(databases, withRows: false);
            foreach (var statement in Parser.ParseScript(sql)) Print(statement, database);
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

    private static void Print(Statement statement, IBackend database)
    {
        var bound = new Analyzer(database.Schema, ["public"]).Bind(statement, []);
        foreach (var step in database.Dialect.Render(bound).Steps)
            Console.WriteLine(step is SqlStep sql ? sql.Sql : $"({step.GetType().Name}: carried out by the engine)");
        for (var i = 0; i < bound.ParameterTypes.Length; i++)
            Console.WriteLine($"-- ${i + 1}: {Gateway.Types.TypeNames.Format(bound.ParameterTypes[i], -1)}");
        foreach (var column in bound.Columns)
            Console.WriteLine($"-- {column.Name}: {Gateway.Types.TypeNames.Format(column.Type.Oid, column.Type.Typmod)}");
    }
}
