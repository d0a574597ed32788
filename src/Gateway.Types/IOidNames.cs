namespace Gateway.Types;

/// <summary>What regclass, regproc and the other aliases of oid stand for in a session.</summary>
public interface IOidNames
{
    /// <summary>The name as PostgreSQL prints it, or null where nothing has that OID.</summary>
    string? NameOf(uint type, uint oid);

    /// <exception cref="PgException">42883, 42P01, 42704, 3F000 when there is no such thing; 42725 when several have the name.</exception>
    uint Find(uint type, string name);
}
