namespace IrisSimulator.Engine.Types;

/// <summary>Numbers for types, so that a call inside SQLite can name one.</summary>
internal static class TypeTable
{
    private static readonly List<IrisType> Types = [];
    private static readonly Dictionary<IrisType, int> Numbers = [];

    public static int NumberOf(IrisType type)
    {
        lock (Types)
        {
            if (Numbers.TryGetValue(type, out var number)) return number;
            Types.Add(type);
            return Numbers[type] = Types.Count - 1;
        }
    }

    public static IrisType At(long number)
    {
        lock (Types) return Types[(int)number];
    }
}
