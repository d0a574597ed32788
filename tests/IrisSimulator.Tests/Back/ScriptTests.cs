namespace IrisSimulator.Tests.Back;

/// <summary>Every section of every .sim file is a test.</summary>
public sealed class ScriptTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Back");

    public static TheoryData<string, string> Sections()
    {
        var data = new TheoryData<string, string>();
        foreach (var file in Directory.GetFiles(Folder, "*.sim").Order())
            foreach (var (title, _) in Script.Sections(file)) data.Add(Path.GetFileName(file), title);
        return data;
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void The_server_answers_as_written(string file, string title)
    {
        var lines = Script.Sections(Path.Combine(Folder, file)).Single(s => s.Title == title).Lines;
        using var script = new Script(title, lines);
        script.Run();
    }
}
