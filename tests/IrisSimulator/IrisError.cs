namespace IrisSimulator;

/// <summary>A statement failed with an SQLCODE.</summary>
/// <remarks>The text is what a driver shows: "[SQLCODE: &lt;-29&gt;:Field not found]", CR LF, "[%msg: &lt;detail&gt;]".</remarks>
public sealed class IrisError(int sqlCode, string detail) : Exception(Format(sqlCode, detail))
{
    /// <summary>Always negative.</summary>
    public int SqlCode { get; } = sqlCode < 0 ? sqlCode : throw new ArgumentOutOfRangeException(nameof(sqlCode));

    /// <summary>The part between the angle brackets of %msg.</summary>
    public string Detail { get; } = detail;

    private static string Format(int code, string detail) =>
        $"[SQLCODE: <{code}>:{SqlCodes.Meaning(code)}]\r\n[%msg: <{detail}>]";
}
