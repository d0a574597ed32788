namespace Gateway.Actors.Settings;

/// <summary>pg_settings.vartype.</summary>
public enum SettingKind
{
    Bool,
    Integer,
    Real,
    String,
    Enum,
}

/// <summary>One run-time parameter: what it may hold, what it starts with, whether its changes are reported.</summary>
/// <param name="Default">The boot value as SHOW prints it.</param>
/// <param name="Unit">ms, s, kB or 8kB for an integer with a unit, else empty.</param>
/// <param name="Reported">Sent as ParameterStatus at start and on change.</param>
/// <param name="Fixed">Cannot be set: 55P02 <c>parameter "x" cannot be changed</c>.</param>
/// <param name="Values">The values of an enum.</param>
/// <param name="Description">pg_settings.short_desc, which SHOW ALL prints.</param>
public sealed record SettingRule(
    string Name,
    SettingKind Kind,
    string Default,
    string Description,
    string Unit = "",
    bool Reported = false,
    bool Fixed = false,
    string[]? Values = null,
    long Min = 0,
    long Max = int.MaxValue);
