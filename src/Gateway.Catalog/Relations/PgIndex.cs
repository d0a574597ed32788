using System.Globalization;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Catalog;

internal sealed class PgIndex : CatalogRelation<ClassItem>
{
    public PgIndex()
        : base("pg_index")
    {
        Set("indexrelid", x => x.Index!.Oid);
        Set("indrelid", x => x.Relation.Oid);
        Set("indnatts", x => x.Index!.Columns.Length);
        Set("indnkeyatts", x => x.Index!.Columns.Length);
        Set("indisunique", x => x.Index!.Unique);
        Set("indisprimary", x => x.Index!.Primary);
        Set(false, "indnullsnotdistinct", "indisexclusion", "indisclustered", "indcheckxmin", "indisreplident");
        Set("indimmediate", x => IndexKeys.ConstraintOf(x.Relation, x.Index!) is not { Deferrable: true });
        Set(true, "indisvalid", "indisready", "indislive");
        Parse("indkey", x => Join(x, (column, _) => column?.Number ?? 0));
        Parse("indcollation", x => Join(x, (column, _) => TypeStorage.Of(column?.Type.Oid ?? Oids.Text).Collation));
        Parse("indclass", x => Join(x, (column, _) => IndexKeys.OperatorClass(x.Index!, column?.Type.Oid ?? Oids.Text)));
        Parse("indoption", x => Join(x, (_, i) => x.Index!.Descending.Contains(i) ? 3 : 0));
        Set("indexprs", x => x.Index!.Columns.Any(key => IndexKeys.Column(x.Relation, key) is null)
            ? string.Join(", ", x.Index!.Columns.Where(key => IndexKeys.Column(x.Relation, key) is null).Select(key => Deparsed.IndexExpression(x.Relation, key)))
            : null);
        Set("indpred", x => x.Index!.Predicate is { } predicate ? Deparsed.Condition(x.Relation, predicate) : null);
    }

    protected override IEnumerable<ClassItem> Items(CatalogImage image, ICatalogSession? session) =>
        from relation in image.Relations from index in relation.Indexes select new ClassItem(image, relation, index);

    private static string Join(ClassItem item, Func<ColumnInfo?, int, long> value) => string.Join(
        ' ', item.Index!.Columns.Select((key, i) => value(IndexKeys.Column(item.Relation, key), i).ToString(CultureInfo.InvariantCulture)));
}

/// <summary>What the keys of an index are.</summary>
internal static class IndexKeys
{
    private static readonly Lazy<Dictionary<(long Method, uint Type), long>> Defaults = new(() =>
        CatalogData.Read("pg_opclass").Where(line => line[7] == "t").ToDictionary(
            line => (Number(line[1]!), (uint)Number(line[6]!)), line => Number(line[0]!)));

    /// <summary>The column a key is; null for an expression.</summary>
    public static ColumnInfo? Column(RelationInfo relation, string key) => relation.FindColumn(key);

    /// <summary>attname of an index's column.</summary>
    public static string Label(IndexInfo index, int number)
    {
        var key = index.Columns[number - 1];
        if (!key.StartsWith('(')) return key;
        if (Sql.Parsing.Parser.ParseExpression(key) is Sql.Tree.FunctionCall call) return call.Name.Last;
        var before = index.Columns.Take(number - 1).Count(other => other.StartsWith('('));
        return before == 0 ? "expr" : "expr" + before.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The key whose index it is, or null.</summary>
    public static ConstraintInfo? ConstraintOf(RelationInfo relation, IndexInfo index) => relation.Constraints.FirstOrDefault(
        constraint => constraint.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique && constraint.Name == index.Name);

    /// <summary>The index that keeps the columns a foreign key refers to unique: the primary key's before any other.</summary>
    public static IndexInfo? ReferencedBy(ConstraintInfo key, RelationInfo? target) => target?.Indexes
        .Where(index => index is { Unique: true, Predicate: null } && index.Columns.Length == key.ReferencedColumns.Length && index.Columns.All(key.ReferencedColumns.Contains))
        .OrderByDescending(index => index.Primary).FirstOrDefault();

    public static long OperatorClass(IndexInfo index, uint type)
    {
        var stored = PgTypes.Find(type) switch
        {
            { IsArray: true } => Oids.AnyArray,
            _ => type switch { Oids.VarChar => Oids.Text, Oids.Cidr => Oids.Inet, _ => type },
        };
        return Defaults.Value.GetValueOrDefault((AccessMethods.Oid(index.Method), stored));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
