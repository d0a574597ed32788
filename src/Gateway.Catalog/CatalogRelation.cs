using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Catalog;

/// <summary>One relation of pg_catalog: its columns, and its rows for a snapshot of a database's metadata.</summary>
public abstract class CatalogRelation(string name)
{
    public RelationInfo Info { get; } = SystemCatalog.Describe(name);

    /// <summary>The rows are the same for every database.</summary>
    public virtual bool IsStatic => false;

    /// <summary>Adds the rows, column by column in the relation's order, through <paramref name="rows"/>.</summary>
    public abstract void Fill(SchemaSnapshot snapshot, RowWriter rows);

    /// <summary>Adds the rows of Data/name.tsv.</summary>
    protected void FillFromData(RowWriter rows)
    {
        foreach (var fields in CatalogData.Read(Info.Name))
        {
            foreach (var field in fields) rows.Text(field);
            rows.End();
        }
    }
}

/// <summary>Takes the values of a relation's rows in carrier form and hands each finished row on.</summary>
public sealed class RowWriter(RelationInfo relation, Action<ValueList> finished)
{
    private readonly Codec[] _codecs = [.. relation.Columns.Select(column => Codecs.Get(column.Type.Oid))];
    private readonly ValueList _values = new();

    public RowWriter Null()
    {
        _values.AddNull(PgTypes.Get(_codecs[_values.Count].Oid).Carrier);
        return this;
    }

    public RowWriter Number(long value)
    {
        _values.Add(value);
        return this;
    }

    public RowWriter Bool(bool value) => Number(value ? 1 : 0);

    /// <summary>A value in its text form, or NULL.</summary>
    public RowWriter Text(string? text)
    {
        if (text is null) return Null();
        _values.AddDecoded(_codecs[_values.Count], Format.Text, System.Text.Encoding.UTF8.GetBytes(text), FormatSettings.Default);
        return this;
    }

    public void End()
    {
        if (_values.Count != _codecs.Length)
            throw new InvalidOperationException($"{relation.Name}: a row of {_values.Count} values for {_codecs.Length} columns");
        finished(_values);
        _values.Clear();
    }
}
