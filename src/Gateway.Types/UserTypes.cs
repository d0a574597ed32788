using System.Collections.Frozen;

namespace Gateway.Types;

/// <summary>The types that were created in one database, at one moment. Immutable; part of its schema snapshot.</summary>
/// <remarks>
/// Which of them code means when it asks <see cref="PgTypes"/> or <see cref="Codecs"/> for an OID from 16384 is what
/// <see cref="TypeScope"/> says.
/// </remarks>
public sealed class UserTypes
{
    /// <summary>FirstNormalObjectId in PostgreSQL's transam.h: no built-in type has this OID or a higher one.</summary>
    public const uint FirstOid = 16384;

    private readonly FrozenDictionary<uint, UserType> _definitions;
    private readonly FrozenDictionary<uint, PgType> _types;
    private readonly FrozenDictionary<uint, Codec> _codecs;
    private readonly FrozenDictionary<(string Schema, string Name), PgType> _names;

    /// <param name="asText">A value of an enum travels as its label (at a server that knows the type itself), not as its number.</param>
    public UserTypes(IEnumerable<UserType> definitions, bool asText = false)
    {
        _definitions = definitions.ToFrozenDictionary(type => type.Oid);
        var types = new Dictionary<uint, PgType>();
        var codecs = new Dictionary<uint, Codec>();
        var names = new Dictionary<(string, string), PgType>();
        foreach (var type in _definitions.Values.OrderBy(type => type.Oid))
        {
            var own = type.Domain is { } domain ? Over(type, Known(domain.Base)) : new PgType(type.Oid, type.Name, 4, 'e', 'E', false, type.ArrayOid, 0)
            {
                Schema = type.Schema,
                Carrier = asText ? Carrier.Text : Carrier.Int64,
            };
            var codec = type.Domain is { } over
                ? codecs.GetValueOrDefault(over.Base) ?? Codecs.Get(over.Base)
                : asText ? new StringCodec(type.Oid) : new EnumCodec(type);
            Add(own, codec);
            if (type.ArrayOid != 0)
                Add(new PgType(type.ArrayOid, type.ArrayName, -1, 'b', 'A', false, 0, type.Oid) { Schema = type.Schema }, new ArrayCodec(type.ArrayOid, codec, type.Oid));
        }

        _types = types.ToFrozenDictionary();
        _codecs = codecs.ToFrozenDictionary();
        _names = names.ToFrozenDictionary();

        void Add(PgType type, Codec codec)
        {
            types[type.Oid] = type;
            codecs[type.Oid] = codec;
            names[(type.Schema, type.Name)] = type;
        }

        PgType Known(uint oid) => types.GetValueOrDefault(oid) ?? PgTypes.Get(oid);
    }

    public static UserTypes Empty { get; } = new([]);

    public bool IsEmpty => _definitions.Count == 0;

    public IEnumerable<UserType> All => _definitions.Values.OrderBy(type => type.Oid);

    public PgType? Find(uint oid) => _types.GetValueOrDefault(oid);

    public Codec? FindCodec(uint oid) => _codecs.GetValueOrDefault(oid);

    /// <summary>An enum or domain; null for array types too.</summary>
    public UserType? Definition(uint oid) => _definitions.GetValueOrDefault(oid);

    public PgType? Find(string schema, string name) => _names.GetValueOrDefault((schema, name));

    public PgType? Resolve(string name, IReadOnlyList<string> searchPath)
    {
        if (IsEmpty) return null;
        foreach (var schema in searchPath)
            if (Find(schema, name) is { } found) return found;
        return null;
    }

    /// <summary>As format_type writes it: with its schema where the bare name would not find it.</summary>
    public string Format(PgType type, IReadOnlyList<string> searchPath)
    {
        var name = QuotedName.Of(type.Name);
        return PgTypes.Find(type.Name) is null && Resolve(type.Name, searchPath)?.Oid == type.Oid ? name : $"{QuotedName.Of(type.Schema)}.{name}";
    }

    private static PgType Over(UserType domain, PgType below) =>
        new(domain.Oid, domain.Name, below.Length, 'd', below.Category, false, domain.ArrayOid, 0)
        {
            Schema = domain.Schema,
            Carrier = below.Carrier,
            BaseOid = below.Kind == 'd' ? below.BaseOid : below.Oid,
        };
}
