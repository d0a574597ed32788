using Gateway.Sql.Dialects.Remote;

namespace Gateway.Sql.Dialects.Iris.Split;

/// <summary>What was changed on the way, in sentences for people.</summary>
internal static class PlanNotes
{
    public static IEnumerable<string> Of(RowSource rows) => rows switch
    {
        RemoteQuery remote => Of(remote),
        LocalQuery local => local.Sources.SelectMany(Of),
        _ => [],
    };

    private static IEnumerable<string> Of(RemoteQuery remote)
    {
        if (remote.Sql.Contains("\"SQLUser\".", StringComparison.Ordinal)) yield return "The schema public is SQLUser in IRIS.";
        if (OutOfOrder(remote) is { } order) yield return $"Markers of IRIS have no numbers: the values are given in the order {order}.";
    }

    public static IEnumerable<string> Of(HoistedValues hoisted) => hoisted.Count switch
    {
        0 => [],
        1 => ["A value that depends on no row is computed before the statement."],
        var count => [$"{count} values that depend on no row are computed before the statement."],
    };

    private static string? OutOfOrder(RemoteQuery remote)
    {
        var last = 0;
        foreach (var input in remote.Inputs)
            if (input.Kind == InputKind.Parameter && input.Number != ++last)
                return string.Join(", ", remote.Inputs.Where(other => other.Kind == InputKind.Parameter).Select(other => $"${other.Number}"));
        return null;
    }
}
