namespace Gateway.Protocol.Startup;

/// <summary>A version of the frontend/backend protocol: the major version in the high 16 bits, the minor in the low.</summary>
public readonly record struct ProtocolVersion(int Number) : IComparable<ProtocolVersion>
{
    public ProtocolVersion(int major, int minor) : this((major << 16) | minor) { }

    public static ProtocolVersion V3_0 => new(3, 0);

    public static ProtocolVersion V3_2 => new(3, 2);

    public static ProtocolVersion Oldest => V3_0;

    public static ProtocolVersion Newest => V3_2;

    public int Major => Number >>> 16;

    public int Minor => Number & 0xFFFF;

    /// <summary>Since 3.2 the secret key of BackendKeyData may be longer than 4 bytes.</summary>
    public bool HasLongKeys => this >= V3_2;

    public int CompareTo(ProtocolVersion other) => ((uint)Number).CompareTo((uint)other.Number);

    public static bool operator <(ProtocolVersion left, ProtocolVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(ProtocolVersion left, ProtocolVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(ProtocolVersion left, ProtocolVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ProtocolVersion left, ProtocolVersion right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"{Major}.{Minor}";
}
