using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Backends.Iris;

/// <summary>What a driver's exception says, taken apart.</summary>
/// <param name="Code">The SQLCODE as IRIS counts (negative), or 0 when there is none.</param>
/// <param name="Meaning">The server's text for the code.</param>
/// <param name="Detail">%msg: the case at hand.</param>
internal sealed partial record IrisFailure(int Code, string? Meaning, string? Detail, string Text)
{
    public static IrisFailure Of(Exception error)
    {
        var text = error.Message;
        var head = Head().Match(text);
        var code = head.Success ? int.Parse(head.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : CodeOf(error);
        return new IrisFailure(
            -Math.Abs(code), Group(head, 2), Group(Message().Match(text), 1), text.Replace('\r', ' ').Replace('\n', ' ').Trim());
    }

    // A provider that carries SQLCODEs in ErrorCode has one of the table there; others an HRESULT.
    private static int CodeOf(Exception error) =>
        IrisDriver.NativeError(error) is not 0 and var native && SqlCodes.Find(native) is not null ? native
        : error is DbException { ErrorCode: var code } && code != int.MinValue && SqlCodes.Find(code) is not null ? code : 0;

    private static string? Group(Match match, int group) =>
        match.Success && match.Groups[group].Value.Trim() is { Length: > 0 } value ? value : null;

    [GeneratedRegex(@"SQLCODE:\s*<?\s*(-?\d+)>?\s*(?::\s*<?([^\]\r\n>]*)>?)?", RegexOptions.CultureInvariant)]
    private static partial Regex Head();

    [GeneratedRegex(@"%msg:\s*<?(.*?)>?\]\s*$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Message();
}
