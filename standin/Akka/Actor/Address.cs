namespace Akka.Actor;

/// <summary>Where an actor system lives; here always the local one.</summary>
public sealed class Address(string protocol, string system, string host = null, int? port = null)
    : IEquatable<Address>, IComparable<Address>
{
    public string Host { get; } = host;
    public int? Port { get; } = port;
    public string System { get; } = system;
    public string Protocol { get; } = protocol;
    public bool HasLocalScope => string.IsNullOrEmpty(Host);
    public bool HasGlobalScope => !HasLocalScope;

    public string HostPort() => ToString()[(Protocol.Length + 3)..];
    public int CompareTo(Address other) => string.CompareOrdinal(ToString(), other?.ToString());

    public bool Equals(Address other) =>
        other is not null && Host == other.Host && Port == other.Port && System == other.System && Protocol == other.Protocol;

    public override bool Equals(object obj) => Equals(obj as Address);
    public override int GetHashCode() => HashCode.Combine(Host, Port, System, Protocol);
    public static bool operator ==(Address left, Address right) => Equals(left, right);
    public static bool operator !=(Address left, Address right) => !Equals(left, right);

    public override string ToString() =>
        HasLocalScope ? $"{Protocol}://{System}" : Port is null ? $"{Protocol}://{System}@{Host}" : $"{Protocol}://{System}@{Host}:{Port}";
}
