using Gateway.Types;

namespace Gateway.Catalog;

/// <summary>An enum or domain, or the array type over one.</summary>
internal readonly record struct TypeItem(CatalogImage Image, UserType Type, bool IsArray)
{
    public bool IsDomain => !IsArray && Type.Domain is not null;

    public PgType Known => Image.Schema.Types.Find(IsArray ? Type.ArrayOid : Type.Oid)!;

    public TypeStorage Storage => TypeStorage.Of(Known.Oid, Image.Schema.Types);

    /// <summary>The row of the type a domain is over, for its input and output functions.</summary>
    public uint Below => Known.BaseOid;
}

internal sealed class TypeCatalog : CatalogRelation<TypeItem>
{
    // pg_proc: enum_in, enum_out…, array_in, array_out…, domain_in, domain_recv.
    private const long EnumIn = 3506, EnumOut = 3507, EnumRecv = 3532, EnumSend = 3533;
    private const long ArrayIn = 750, ArrayOut = 751, ArrayRecv = 2400, ArraySend = 2401, ArraySubscript = 6179, ArrayAnalyze = 3816;
    private const long DomainIn = 2597, DomainRecv = 2598;

    private static readonly Lazy<Dictionary<uint, string?[]>> BuiltIn = new(() => CatalogData.Read("pg_type").ToDictionary(fields => uint.Parse(fields[0]!, null)));

    public TypeCatalog()
        : base("pg_type")
    {
        Set("oid", x => x.Known.Oid);
        Set("typname", x => x.Known.Name);
        Set("typnamespace", x => x.Image.NamespaceOid(x.Type.Schema));
        Set("typowner", _ => SystemCatalog.Owner);
        Set("typlen", x => x.Known.Length);
        Set("typbyval", x => x.Storage.ByValue);
        Set("typtype", x => x.Known.Kind);
        Set("typcategory", x => x.Known.Category);
        Set(false, "typispreferred");
        Set(true, "typisdefined");
        Set(',', "typdelim");
        Set(0L, "typrelid", "typmodin", "typmodout");
        Set("typsubscript", x => x.IsArray ? ArraySubscript : 0);
        Set("typelem", x => x.Known.ElementOid);
        Set("typarray", x => x.Known.ArrayOid);
        Set("typinput", x => x.IsArray ? ArrayIn : x.IsDomain ? DomainIn : EnumIn);
        Set("typoutput", x => x.IsArray ? ArrayOut : x.IsDomain ? Inherited(x, 16, EnumOut) : EnumOut);
        Set("typreceive", x => x.IsArray ? ArrayRecv : x.IsDomain ? DomainRecv : EnumRecv);
        Set("typsend", x => x.IsArray ? ArraySend : x.IsDomain ? Inherited(x, 18, EnumSend) : EnumSend);
        Set("typanalyze", x => x.IsArray ? ArrayAnalyze : 0);
        Set("typalign", x => x.Storage.Align);
        Set("typstorage", x => x.Storage.Storage);
        Set("typnotnull", x => x.IsDomain && x.Type.Domain!.NotNull);
        Set("typbasetype", x => x.IsDomain ? x.Type.Domain!.Base : 0);
        Set("typtypmod", x => x.IsDomain ? x.Type.Domain!.Typmod : -1);
        Set("typndims", x => x.IsDomain && x.Known.Category == 'A' ? 1 : 0);
        Set("typcollation", x => x.Storage.Collation);
        Set("typdefaultbin", x => x.IsDomain ? Default(x.Type) : null);
        Set("typdefault", x => x.IsDomain ? Default(x.Type) : null);
        Set(CatalogValue.Null, "typacl");
    }

    protected override bool HasData => true;

    protected override IEnumerable<TypeItem> Items(CatalogImage image, ICatalogSession? session) =>
        image.Schema.Types.All.SelectMany(type => type.ArrayOid == 0
            ? (IEnumerable<TypeItem>)[new TypeItem(image, type, false)]
            : [new TypeItem(image, type, false), new TypeItem(image, type, true)]);

    private static string? Default(UserType type) =>
        type.Domain!.Default is { } text ? Deparsed.Value(text, new Sql.Tree.TypeRef(type.Domain.Base, type.Domain.Typmod)) : null;

    private static long Inherited(TypeItem item, int field, long otherwise) =>
        BuiltIn.Value.TryGetValue(item.Below, out var row) ? long.Parse(row[field]!, null) : otherwise;
}

internal readonly record struct LabelItem(UserType Type, EnumLabel Label);

internal sealed class EnumCatalog : CatalogRelation<LabelItem>
{
    public EnumCatalog()
        : base("pg_enum")
    {
        Set("oid", x => x.Label.Oid);
        Set("enumtypid", x => x.Type.Oid);
        Set("enumsortorder", x => CatalogValue.Of(x.Label.SortOrder));
        Set("enumlabel", x => x.Label.Name);
    }

    protected override IEnumerable<LabelItem> Items(CatalogImage image, ICatalogSession? session) =>
        from type in image.Schema.Types.All from label in type.Labels select new LabelItem(type, label);
}
