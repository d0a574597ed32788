using Corpus.Tests.Format;
using Corpus.Tests.Wire;
using Gateway.Tests.Shared;
using Npgsql;

namespace Corpus.Tests;

/// <summary>PostgreSQL 15, which says what is right. Its answers are recorded, so that they are known where it is not installed.</summary>
/// <remarks><c>CORPUS_WRITE=1</c> records them anew, and writes the lists of refusals and the page.</remarks>
public sealed class Referee : IDisposable
{
    private readonly PostgresServer _server = new();
    private WireSession? _session;

    public static bool IsWriting => Environment.GetEnvironmentVariable("CORPUS_WRITE") is "1";

    public void Dispose()
    {
        _session?.Dispose();
        _server.Dispose();
    }

    internal static string AnswersOf(string file) => Path.Combine(CorpusFile.Folder, "answers", file + ".tsv");

    /// <summary>The session; the test is skipped where there is no server.</summary>
    internal WireSession Session => _session ??= Open();

    /// <summary>The recorded answers, recorded just now when that is asked for.</summary>
    internal IReadOnlyDictionary<string, Answer> Recorded(string file)
    {
        if (IsWriting) AnswerFile.Write(AnswersOf(file), CorpusFile.Load(file).Select(check => (check, Session.Ask(check, extended: false))));
        return AnswerFile.Read(AnswersOf(file));
    }

    private WireSession Open()
    {
        using (var connection = _server.Open())
        {
            foreach (var sql in (string[])["CREATE ROLE scratch SUPERUSER LOGIN", "CREATE DATABASE scratch"])
            {
                using var command = new NpgsqlCommand(sql, connection);
                command.ExecuteNonQuery();
            }
        }

        var session = new WireSession(_server.Port, "scratch", "scratch");
        session.Run(File.ReadAllText(Path.Combine(CorpusFile.Folder, "schema.sql")));
        return session;
    }
}
