using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Postgres;

/// <summary>The words of a window's frame.</summary>
internal static class FrameWords
{
    public static string Of(FrameBoundKind bound) => bound switch
    {
        FrameBoundKind.UnboundedPreceding => "UNBOUNDED PRECEDING",
        FrameBoundKind.Preceding => "PRECEDING",
        FrameBoundKind.CurrentRow => "CURRENT ROW",
        FrameBoundKind.Following => "FOLLOWING",
        _ => "UNBOUNDED FOLLOWING",
    };

    /// <summary>With a space in front; empty for none.</summary>
    public static string Of(FrameExclusion exclusion) => exclusion switch
    {
        FrameExclusion.CurrentRow => " EXCLUDE CURRENT ROW",
        FrameExclusion.Group => " EXCLUDE GROUP",
        FrameExclusion.Ties => " EXCLUDE TIES",
        _ => "",
    };
}
