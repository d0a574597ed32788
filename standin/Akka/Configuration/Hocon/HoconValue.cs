using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>One value of a configuration and what it can be read as.</summary>
public class HoconValue
{
    private readonly object _value;

    internal HoconValue(object value) => _value = value;

    public bool IsEmpty => _value is null or "" or HoconObject { Count: 0 } or List<object> { Count: 0 };
    public bool IsString() => _value is string;
    public bool IsObject() => _value is HoconObject;
    public bool IsArray() => _value is List<object>;

    public Config ToConfig() => _value is HoconObject value ? new Config(value) : Config.Empty;
    public Config AtKey(string key) => new(new HoconObject { [key] = _value });

    public HoconValue GetChildObject(string key) =>
        _value is HoconObject parent && parent.TryGet(key, out var value) ? new HoconValue(value) : null;

    public string GetString() => _value switch
    {
        null => null,
        string text => text,
        _ => throw new FormatException("expected text, found " + (IsArray() ? "a list" : "an object")),
    };

    public bool GetBoolean() => GetString() switch
    {
        "on" or "true" => true,
        "off" or "false" or null => false,
        var text => throw new FormatException($"expected on, off, true or false, found \"{text}\""),
    };

    public int GetInt() => checked((int)GetLong());

    public long GetLong()
    {
        var text = GetString();
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)) return number;
        if (text is not null && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && long.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out number)) return number;
        throw new FormatException($"expected a whole number, found \"{text}\"");
    }

    public double GetDouble() =>
        double.TryParse(GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"expected a number, found \"{GetString()}\"");

    public float GetFloat() => (float)GetDouble();

    public decimal GetDecimal() =>
        decimal.TryParse(GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"expected a number, found \"{GetString()}\"");

    public TimeSpan GetTimeSpan(bool allowInfinite = true) => Units.Duration(GetString(), allowInfinite);
    public long? GetByteSize() => Units.Size(GetString());

    public IList<HoconValue> GetArray() => _value switch
    {
        List<object> list => list.Select(item => new HoconValue(item)).ToList(),
        null => [],
        _ => throw new FormatException("expected a list"),
    };

    public IList<string> GetStringList() => GetArray().Select(item => item.GetString()).ToList();
    public IList<int> GetIntList() => GetArray().Select(item => item.GetInt()).ToList();
    public IList<long> GetLongList() => GetArray().Select(item => item.GetLong()).ToList();

    public override string ToString() => HoconWriter.Write(_value);
}
