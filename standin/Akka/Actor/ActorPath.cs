using System.Text;

namespace Akka.Actor;

/// <summary>The place of an actor in the tree; equal when the names are.</summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    public const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    private protected ActorPath(string name, long uid)
    {
        Name = name;
        Uid = uid;
    }

    public string Name { get; }
    public long Uid { get; }
    public abstract ActorPath Parent { get; }
    public abstract Address Address { get; }
    public abstract ActorPath Root { get; }
    public abstract int Depth { get; }

    public IReadOnlyList<string> Elements
    {
        get
        {
            var names = new string[Depth];
            var path = this;
            for (var i = names.Length - 1; i >= 0; i--, path = path.Parent) names[i] = path.Name;
            return names;
        }
    }

    public static ActorPath operator /(ActorPath path, string name) => new ChildActorPath(path, name, 0);

    public static bool IsValidPathElement(string s)
    {
        if (string.IsNullOrEmpty(s) || s[0] == '$') return false;
        for (var i = 0; i < s.Length; i++)
        {
            var c = s[i];
            if (char.IsAsciiLetterOrDigit(c) || ValidSymbols.Contains(c)) continue;
            if (c == '%' && i + 2 < s.Length && char.IsAsciiHexDigit(s[i + 1]) && char.IsAsciiHexDigit(s[i + 2])) continue;
            return false;
        }
        return true;
    }

    public ActorPath Child(string childName) => this / childName;
    public abstract ActorPath WithUid(long uid);

    public string ToStringWithoutAddress()
    {
        if (Depth == 0) return "/";
        var text = new StringBuilder();
        foreach (var name in Elements) text.Append('/').Append(name);
        return text.ToString();
    }

    public string ToStringWithAddress() => Address + ToStringWithoutAddress();
    public string ToStringWithUid() => Uid == 0 ? ToStringWithAddress() : ToStringWithAddress() + "#" + Uid;
    public string ToSerializationFormat() => ToStringWithUid();
    public override string ToString() => ToStringWithAddress();

    public bool Equals(ActorPath other)
    {
        ActorPath left = this, right = other;
        while (true)
        {
            if (ReferenceEquals(left, right)) return true;
            if (left is null || right is null || left.Name != right.Name) return false;
            if (left.Depth == 0 || right.Depth == 0) return left.Depth == right.Depth && left.Address.Equals(right.Address);
            (left, right) = (left.Parent, right.Parent);
        }
    }

    public int CompareTo(ActorPath other) => string.CompareOrdinal(ToString(), other?.ToString());
    public override bool Equals(object obj) => Equals(obj as ActorPath);
    public override int GetHashCode() => HashCode.Combine(Name, Depth == 0 ? "" : Parent.Name);
    public static bool operator ==(ActorPath left, ActorPath right) => left?.Equals(right) ?? right is null;
    public static bool operator !=(ActorPath left, ActorPath right) => !(left == right);
}

/// <summary>The top of the tree of one actor system.</summary>
public sealed class RootActorPath : ActorPath
{
    public RootActorPath(Address address, string name = "") : base(name, 0) => Address = address;

    public override Address Address { get; }
    public override ActorPath Parent => null;
    public override ActorPath Root => this;
    public override int Depth => 0;
    public override ActorPath WithUid(long uid) => this;
}

/// <summary>Any path below the root.</summary>
public sealed class ChildActorPath : ActorPath
{
    public ChildActorPath(ActorPath parentPath, string name, long uid) : base(name, uid) => Parent = parentPath;

    public override ActorPath Parent { get; }
    public override Address Address => Root.Address;
    public override int Depth => Parent.Depth + 1;

    public override ActorPath Root
    {
        get
        {
            ActorPath path = this;
            while (path is ChildActorPath child) path = child.Parent;
            return path;
        }
    }

    public override ActorPath WithUid(long uid) => new ChildActorPath(Parent, Name, uid);
}
