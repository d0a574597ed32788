using Gateway.Types;

namespace Gateway.Catalog;

/// <summary>The rows of one relation at one moment. Values are made as they are asked for. Thread-safe.</summary>
public abstract class CatalogRows
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Lookup> _lookups = [];

    public static CatalogRows None { get; } = new Empty();

    public abstract int Count { get; }

    public abstract CatalogValue Value(int row, int column);

    /// <summary>The numbers of the rows that have <paramref name="key"/> in a column, in ascending order.</summary>
    public ReadOnlyMemory<int> Find(int column, CatalogValue key)
    {
        if (key.IsNull) return default;
        Lookup? lookup;
        lock (_lock)
        {
            if (!_lookups.TryGetValue(column, out lookup)) _lookups[column] = lookup = new Lookup(this, column);
        }

        return lookup.Find(key);
    }

    /// <summary>Row numbers in the order of a column's value, and where each value's begin.</summary>
    private sealed class Lookup
    {
        private readonly Dictionary<long, (int Start, int Count)> _numbers = [];
        private readonly Dictionary<string, (int Start, int Count)> _texts = new(StringComparer.Ordinal);
        private readonly int[] _rows;

        public Lookup(CatalogRows rows, int column)
        {
            var counts = new int[rows.Count];
            var slots = new int[rows.Count];
            var used = 0;
            var numbers = new Dictionary<long, int>();
            var texts = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var row = 0; row < rows.Count; row++)
            {
                var value = rows.Value(row, column);
                slots[row] = -1;
                if (value.IsNull || value.Carrier is Carrier.Bytes or Carrier.Float64) continue;
                int slot;
                if (value.Carrier == Carrier.Int64)
                {
                    if (!numbers.TryGetValue(value.Int64, out slot)) numbers[value.Int64] = slot = used++;
                }
                else if (!texts.TryGetValue(value.Text, out slot))
                {
                    texts[value.Text] = slot = used++;
                }

                slots[row] = slot;
                counts[slot]++;
            }

            var starts = new int[used];
            for (var slot = 1; slot < used; slot++) starts[slot] = starts[slot - 1] + counts[slot - 1];
            foreach (var (key, slot) in numbers) _numbers[key] = (starts[slot], counts[slot]);
            foreach (var (key, slot) in texts) _texts[key] = (starts[slot], counts[slot]);
            _rows = new int[rows.Count];
            for (var row = 0; row < rows.Count; row++)
                if (slots[row] >= 0) _rows[starts[slots[row]]++] = row;
        }

        public ReadOnlyMemory<int> Find(CatalogValue key)
        {
            var found = key.Carrier switch
            {
                Carrier.Int64 => _numbers.GetValueOrDefault(key.Int64),
                Carrier.Text => _texts.GetValueOrDefault(key.Text),
                _ => default,
            };
            return _rows.AsMemory(found.Start, found.Count);
        }
    }

    private sealed class Empty : CatalogRows
    {
        public override int Count => 0;

        public override CatalogValue Value(int row, int column) => throw new ArgumentOutOfRangeException(nameof(row));
    }
}
