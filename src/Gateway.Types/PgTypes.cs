using System.Collections.Frozen;
using System.Globalization;

namespace Gateway.Types;

/// <summary>The built-in types, by OID and by name, and by OID those of the <see cref="TypeScope"/>. Source: pg_type of PostgreSQL 15 (Data/types.tsv).</summary>
/// <remarks>
/// The types of pgvector (Data/vector.tsv) are built in here, as an extension's OIDs differ from database to database.
/// Theirs are from 9000, in the range that PostgreSQL's releases leave free (8000 to 9999, transam.h and bki.sgml).
/// </remarks>
public static class PgTypes
{
    private static readonly FrozenDictionary<uint, PgType> ByOid = Load().ToFrozenDictionary(type => type.Oid);

    private static readonly FrozenDictionary<string, PgType> ByName =
        ByOid.Values.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    public static IEnumerable<PgType> All => ByOid.Values;

    public static PgType? Find(uint oid) => oid >= UserTypes.FirstOid ? TypeScope.Types.Find(oid) : ByOid.GetValueOrDefault(oid);

    /// <summary>A built-in type.</summary>
    public static PgType? Find(string name) => ByName.GetValueOrDefault(name);

    /// <exception cref="PgException">42704 when there is no such type.</exception>
    public static PgType Get(uint oid) =>
        Find(oid) ?? throw new PgException(SqlStates.UndefinedObject, $"type with OID {oid} does not exist");

    private static IEnumerable<PgType> Load() => Load("types").Concat(Load("vector"));

    private static IEnumerable<PgType> Load(string file)
    {
        using var stream = typeof(PgTypes).Assembly.GetManifestResourceStream($"Gateway.Types.Data.{file}.tsv")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var f = line.Split('\t');
            yield return new PgType(
                uint.Parse(f[0], CultureInfo.InvariantCulture),
                f[1],
                short.Parse(f[2], CultureInfo.InvariantCulture),
                f[3][0],
                f[4][0],
                f[5] == "t",
                uint.Parse(f[6], CultureInfo.InvariantCulture),
                uint.Parse(f[7], CultureInfo.InvariantCulture));
        }
    }
}
