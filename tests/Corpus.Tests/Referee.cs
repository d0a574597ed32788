using Corpus.Tests.Format;
using Corpus.Tests.Wire;
using Gateway.Tests.Shared;
using Npgsql;

namespace Corpus.Tests;

/// <summary>PostgreSQL 15, which says what is right. Its answers are recorded, so that they are known where it is not installed.</summary>
/// <remarks><c>CORPUS_WRITE=1</c> records them anew, and writes the lists of refusals and the page.</remarks>
public sealed class Referee : IDisposable
{
    private readonly List<IDisposable> _servers = [];
    private readonly Dictionary<string, WireSession> _sessions = [];

    public static bool IsWriting => Environment.GetEnvironmentVariable("CORPUS_WRITE") is "1";

    public void Dispose()
    {
        foreach (var session in _sessions.Values) session.Dispose();
        foreach (var server in _servers) server.Dispose();
    }

    /// <summary>The session over a target's schema; the test is skipped where there is no server.</summary>
    internal WireSession Session(Target target)
    {
        var schema = target.HasOwnSchema ? target.Name : "";
        if (!_sessions.TryGetValue(schema, out var session)) _sessions.Add(schema, session = Open(target));
        return session;
    }

    /// <summary>The recorded answers, recorded just now when that is asked for.</summary>
    /// <remarks>For a target with a schema of its own those that differ from the common ones lie in a folder with its name.</remarks>
    internal IReadOnlyDictionary<string, Answer> Recorded(Target target, string file)
    {
        var common = AnswersOf(file);
        var own = Path.Combine(CorpusFile.Folder, "answers", target.Name, file + ".tsv");
        if (IsWriting) Write(target, file, common, own);
        var answers = AnswerFile.Read(common);
        return target.HasOwnSchema ? answers.Concat(AnswerFile.Read(own)).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value) : answers;
    }

    internal static string AnswersOf(string file) => Path.Combine(CorpusFile.Folder, "answers", file + ".tsv");

    private void Write(Target target, string file, string common, string own)
    {
        var answers = CorpusFile.Load(file).Select(check => (Check: check, Answer: Session(target).Ask(check, extended: false))).ToList();
        if (!target.HasOwnSchema)
        {
            AnswerFile.Write(common, answers);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(own)!);
        var others = AnswerFile.Read(common);
        var differing = answers.Where(item => !item.Answer.Equals(others.GetValueOrDefault(item.Check.Key))).ToList();
        if (differing.Count > 0) AnswerFile.Write(own, differing);
        else File.Delete(own);
    }

    private WireSession Open(Target target)
    {
        var server = new PostgresServer();
        _servers.Add(server);
        using (var connection = server.Open())
        {
            foreach (var sql in (string[])["CREATE ROLE scratch SUPERUSER LOGIN", "CREATE DATABASE scratch"])
            {
                using var command = new NpgsqlCommand(sql, connection);
                command.ExecuteNonQuery();
            }
        }

        var session = new WireSession(server.Port, "scratch", "scratch");
        session.Run(target.Schema());
        return session;
    }
}
