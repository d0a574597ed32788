namespace Gateway.Sql.Dialects.Iris;

/// <summary>What the surroundings want of a value.</summary>
[Flags]
internal enum Need
{
    /// <summary>To compare or compute with.</summary>
    None = 0,

    /// <summary>It will be read: a number's scale must be known.</summary>
    Scale = 1,

    /// <summary>IRIS must see its type: a marker needs a CAST.</summary>
    Type = 2,

    /// <summary>A leg of a set operation, where dates and times have no rank without a CAST.</summary>
    Leg = 4,

    /// <summary>A column stands on the other side, from which IRIS takes a marker's type.</summary>
    Beside = 8,
}

/// <summary>Where a query stands.</summary>
internal enum Place
{
    /// <summary>The statement itself: its order counts, and LIMIT may stand behind it.</summary>
    Top,

    /// <summary>A subquery whose order nobody sees.</summary>
    Inner,
}
