using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>regclass, regproc and the other aliases of oid, from text and to text.</summary>
internal static class OidAliases
{
    public static void AddTo(FunctionTable f)
    {
        foreach (var type in (ReadOnlySpan<uint>)[Oids.RegProc, Oids.RegProcedure, Oids.RegOper, Oids.RegOperator, Oids.RegClass,
            Oids.RegType, Oids.RegNamespace, Oids.RegRole, Oids.RegConfig, Oids.RegDictionary, Oids.RegCollation])
        {
            var name = PgTypes.Get(type).Name;
            f.Stable($"{name}in", 1, c => c.Return((long)Names(c).Find(type, c.Text(0))));
            f.Stable($"{name}out", 1, c => c.Return(
                c.Int(0) == 0 ? RegCodec.Zero(type) : Names(c).NameOf(type, c.Oid(0)) ?? c.Oid(0).ToString(System.Globalization.CultureInfo.InvariantCulture)));
            f.Stable($"to_{name}", 1, c =>
            {
                try
                {
                    c.Return((long)Names(c).Find(type, c.Text(0)));
                }
                catch (PgException error) when (error.SqlState is SqlStates.UndefinedFunction or SqlStates.UndefinedTable
                    or SqlStates.UndefinedObject or SqlStates.InvalidSchemaName or "42725")
                {
                    // NULL, which is what to_reg… is for.
                }
            });
        }
    }

    private static IOidNames Names(Call c) => c.Host.Names;
}
