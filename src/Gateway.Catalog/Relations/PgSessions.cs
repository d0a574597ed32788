namespace Gateway.Catalog;

internal readonly record struct DatabaseItem(string Name, uint Oid, bool Template);

/// <summary>The databases of the node; alone, the session's own. OIDs follow from names.</summary>
internal sealed class PgDatabase : CatalogRelation<DatabaseItem>
{
    public PgDatabase()
        : base("pg_database")
    {
        Set("oid", x => x.Oid);
        Set("datname", x => x.Name);
        Set("datdba", _ => SystemCatalog.Owner);
        Set(6L, "encoding");
        Set('c', "datlocprovider");
        Set("datistemplate", x => x.Template);
        Set(true, "datallowconn");
        Set(-1L, "datconnlimit");
        Set(1L, "datminmxid");
        Set(716L, "datfrozenxid");
        Set(1663L, "dattablespace");
        Set("C", "datcollate");
        Set("C.UTF-8", "datctype");
        Set(CatalogValue.Null, "daticulocale", "datcollversion", "datacl");
    }

    public override bool IsVolatile => true;

    public static uint OidOf(string name) => name == "postgres" ? 5 : SystemCatalog.Hashed(name);

    protected override IEnumerable<DatabaseItem> Items(CatalogImage image, ICatalogSession? session)
    {
        return session is null ? [] : NamesFor(session).Select(name => new DatabaseItem(name, OidOf(name), false));
    }

    public static IReadOnlyList<string> NamesFor(ICatalogSession session)
    {
        var names = session.Directory?.Databases ?? [];
        return names.Contains(session.Database) ? names : [.. names, session.Database];
    }
}

/// <summary>The session's user under the OID of the bootstrap superuser, and PostgreSQL's predefined roles.</summary>
internal sealed class PgAuthid : CatalogRelation<string>
{
    public PgAuthid()
        : base("pg_authid")
    {
        Set("oid", _ => SystemCatalog.Owner);
        Set("rolname", x => x);
        Set(true, "rolsuper", "rolinherit", "rolcreaterole", "rolcreatedb", "rolcanlogin", "rolreplication", "rolbypassrls");
        Set(-1L, "rolconnlimit");
        Set(CatalogValue.Null, "rolpassword", "rolvaliduntil");
    }

    public override bool IsVolatile => true;

    protected override bool HasData => true;

    protected override IEnumerable<string> Items(CatalogImage image, ICatalogSession? session) => [session?.User ?? "postgres"];
}
