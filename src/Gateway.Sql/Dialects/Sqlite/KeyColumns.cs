using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>Columns as an index holds them. Where equal values lie in several forms (1 month and 30 days), it is their key that must be unique.</summary>
public static class KeyColumns
{
    private const uint NumRange = 3906;
    private const uint NumMultirange = 4532;

    public static string Term(string column, uint type) =>
        HasSeveralForms(type) ? Orderings.Key(EmbeddedNames.Quote(column), type) : EmbeddedNames.Quote(column);

    /// <summary>Values of the type may be equal and lie in the database as different texts or bytes.</summary>
    public static bool HasSeveralForms(uint type) => type switch
    {
        Oids.Interval or Oids.Jsonb or Oids.Vector or Oids.Halfvec or NumRange or NumMultirange => true,
        _ => PgTypes.Find(type) is { IsArray: true } array
            && (array.ElementOid is Oids.Numeric or Oids.BpChar or Oids.Float4 or Oids.Float8 || HasSeveralForms(array.ElementOid)),
    };
}
