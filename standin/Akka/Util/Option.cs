namespace Akka.Util;

/// <summary>A value or none.</summary>
public readonly struct Option<T>
{
    public static readonly Option<T> None = default;

    private readonly T _value;

    public Option(T value)
    {
        _value = value;
        HasValue = true;
    }

    public bool HasValue { get; }
    public bool IsEmpty => !HasValue;
    public T Value => _value;

    public static Option<T> Create(T value) => value is null ? None : new Option<T>(value);
    public static implicit operator Option<T>(T value) => Create(value);

    public T GetOrElse(T fallbackValue) => HasValue ? _value : fallbackValue;
    public Option<TNew> Select<TNew>(Func<T, TNew> selector) => HasValue ? selector(_value) : Option<TNew>.None;
    public Option<TNew> FlatSelect<TNew>(Func<T, Option<TNew>> mapper) => HasValue ? mapper(_value) : Option<TNew>.None;

    public void OnSuccess(Action<T> action)
    {
        if (HasValue) action(_value);
    }

    public bool Equals(Option<T> other) =>
        HasValue == other.HasValue && EqualityComparer<T>.Default.Equals(_value, other._value);

    public override bool Equals(object obj) => obj is Option<T> other && Equals(other);
    public override int GetHashCode() => HasValue ? EqualityComparer<T>.Default.GetHashCode(_value) : 0;
    public override string ToString() => HasValue ? $"Some<{_value}>" : "None";
}
