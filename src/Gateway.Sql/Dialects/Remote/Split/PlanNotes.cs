using Gateway.Sql.Dialects.Remote;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>What was changed on the way, in sentences for people.</summary>
internal static class PlanNotes
{
    public static IEnumerable<string> Of(RowSource rows, Speech speech) => rows switch
    {
        RemoteQuery remote => speech.NotesOf(remote),
        LocalQuery local => local.Sources.SelectMany(source => Of(source, speech)),
        _ => [],
    };

    public static IEnumerable<string> Of(HoistedValues hoisted) => hoisted.Count switch
    {
        0 => [],
        1 => ["A value that depends on no row is computed before the statement."],
        var count => [$"{count} values that depend on no row are computed before the statement."],
    };
}
