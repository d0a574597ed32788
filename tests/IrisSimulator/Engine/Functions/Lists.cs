namespace IrisSimulator.Engine.Functions;

/// <summary>%List values, stored with a unit separator between the elements; a client sees commas.</summary>
internal static class Lists
{
    public const char Separator = '\u001f';

    public static string Join(string list, string delimiter) => list.Replace(Separator.ToString(), delimiter, StringComparison.Ordinal);
}
