using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace IrisSimulator.Provider;

/// <summary>A value for the next question mark; the name is a label only.</summary>
public sealed class SimParameter : DbParameter
{
    private DbType? _type;

    public SimParameter() { }
    public SimParameter(string name, object? value) => (ParameterName, Value) = (name, value);

    public override DbType DbType { get => _type ?? DbType.String; set => _type = value; }
    public override ParameterDirection Direction { get; set; } = ParameterDirection.Input;
    public override bool IsNullable { get; set; } = true;
    [AllowNull] public override string ParameterName { get; set; } = "";
    public override int Size { get; set; }
    [AllowNull] public override string SourceColumn { get; set; } = "";
    public override bool SourceColumnNullMapping { get; set; }
    public override object? Value { get; set; }
    public override void ResetDbType() => _type = null;
}

public sealed class SimParameterCollection : DbParameterCollection
{
    private readonly List<SimParameter> _items = [];

    public override int Count => _items.Count;
    public override object SyncRoot => ((ICollection)_items).SyncRoot;

    public override int Add(object value) { _items.Add((SimParameter)value); return _items.Count - 1; }
    public SimParameter AddWithValue(string name, object? value) { var p = new SimParameter(name, value); _items.Add(p); return p; }
    public override void AddRange(Array values) { foreach (var value in values) Add(value!); }
    public override void Clear() => _items.Clear();
    public override bool Contains(object value) => _items.Contains(value);
    public override bool Contains(string value) => IndexOf(value) >= 0;
    public override void CopyTo(Array array, int index) => ((ICollection)_items).CopyTo(array, index);
    public override IEnumerator GetEnumerator() => _items.GetEnumerator();
    public override int IndexOf(object value) => _items.IndexOf((SimParameter)value);
    public override int IndexOf(string parameterName) => _items.FindIndex(p => p.ParameterName == parameterName);
    public override void Insert(int index, object value) => _items.Insert(index, (SimParameter)value);
    public override void Remove(object value) => _items.Remove((SimParameter)value);
    public override void RemoveAt(int index) => _items.RemoveAt(index);
    public override void RemoveAt(string parameterName) => _items.RemoveAt(IndexOf(parameterName));
    protected override DbParameter GetParameter(int index) => _items[index];
    protected override DbParameter GetParameter(string parameterName) => _items[IndexOf(parameterName)];
    protected override void SetParameter(int index, DbParameter value) => _items[index] = (SimParameter)value;
    protected override void SetParameter(string parameterName, DbParameter value) => _items[IndexOf(parameterName)] = (SimParameter)value;
}
