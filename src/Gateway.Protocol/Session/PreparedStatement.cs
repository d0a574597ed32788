using Gateway.Protocol.Messages;

namespace Gateway.Protocol.Session;

/// <summary>A statement that Parse or PREPARE has made ready; it may have many portals.</summary>
public abstract class PreparedStatement
{
    /// <summary>Type OIDs of $1, $2, …</summary>
    public abstract IReadOnlyList<uint> ParameterTypes { get; }

    /// <summary>Whether Describe answers RowDescription (true) or NoData.</summary>
    public abstract bool ReturnsRows { get; }

    /// <summary>The result columns in text format; formats are only known to a portal.</summary>
    public abstract IReadOnlyList<FieldDescription> Fields { get; }
}
