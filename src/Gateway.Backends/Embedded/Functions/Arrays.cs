using System.Text;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>Arrays: construction, subscripts, functions, operators, and their way into rows.</summary>
internal static class Arrays
{
    public static void AddTo(FunctionTable f)
    {
        // pg_array(element type, items…), pg_array_nest(element type, arrays…).
        f.Loose("array", -1, c =>
        {
            var element = c.Oid(0);
            var items = new byte[]?[c.Count - 1];
            for (var i = 0; i < items.Length; i++) items[i] = PgArray.Binary(element, Datum.Argument(c, i + 1, element));
            PgArray.Vector(element, items).Return(c);
        });
        f.Loose("array_nest", -1, Nest);
        f.Loose("array_get", -1, Get);
        f.Loose("array_slice", -1, Slice);
        f.Stable("array_cast", 3, CastElements);
        f.Loose("array_each", 1, c =>
        {
            if (c.IsNull(0)) c.ReturnText("[null]"u8);
            else SetResult.Data(c, Items(PgArray.Argument(c, 0)));
        });
        f.Add("array_unnest", 1, c => SetResult.Data(c, Items(PgArray.Argument(c, 0))));
        f.Add("array_key", 1, c => c.ReturnBlob(Key(PgArray.Argument(c, 0))));

        f.Add("array_length", 2, c =>
        {
            var (array, d) = (PgArray.Argument(c, 0), c.Int(1));
            if (d >= 1 && d <= array.Dimensions) c.Return((long)array.Lengths[d - 1]);
        });
        f.Add("array_lower", 2, c =>
        {
            var (array, d) = (PgArray.Argument(c, 0), c.Int(1));
            if (d >= 1 && d <= array.Dimensions) c.Return((long)array.Lowers[d - 1]);
        });
        f.Add("array_upper", 2, c =>
        {
            var (array, d) = (PgArray.Argument(c, 0), c.Int(1));
            if (d >= 1 && d <= array.Dimensions) c.Return((long)array.Lowers[d - 1] + array.Lengths[d - 1] - 1);
        });
        f.Add("array_ndims", 1, c =>
        {
            if (PgArray.Argument(c, 0) is { Dimensions: > 0 and var n }) c.Return((long)n);
        });
        f.Add("array_dims", 1, c =>
        {
            if (PgArray.Argument(c, 0) is { Dimensions: > 0 } a)
                c.Return(string.Concat(a.Lowers.Zip(a.Lengths, (low, length) => $"[{low}:{low + length - 1}]")));
        });
        f.Add("array_cardinality", 1, c => c.Return((long)PgArray.Argument(c, 0).Items.Length));

        // Typed: array, type, element, type.
        f.Loose("array_append", 4, c => Extend(c, 0, 2, atEnd: true));
        f.Loose("array_prepend", 4, c => Extend(c, 2, 0, atEnd: false));
        f.Loose("array_cat", 2, Concatenate);
        f.Loose("array_remove", 4, c =>
        {
            if (c.IsNull(0)) return;
            var array = PgArray.Argument(c, 0);
            if (array.Dimensions > 1) throw PgException.Unsupported("removing elements from multidimensional arrays is not supported");
            var value = Element(c, 2, array.Element);
            PgArray.Vector(array.Element, [.. array.Items.Where(item => !Same(array.Element, item, value))]).Return(c);
        });
        f.Loose("array_replace", 6, c =>
        {
            if (c.IsNull(0)) return;
            var array = PgArray.Argument(c, 0);
            var (from, to) = (Element(c, 2, array.Element), Element(c, 4, array.Element));
            for (var i = 0; i < array.Items.Length; i++)
                if (Same(array.Element, array.Items[i], from)) array.Items[i] = to;
            array.Return(c);
        });
        f.Loose("array_position", 4, c => Position(c, long.MinValue));
        f.Loose("array_position_start", 6, c => Position(c, c.Int(4)));
        f.Loose("array_positions", 4, c =>
        {
            if (c.IsNull(0)) return;
            var array = PgArray.Argument(c, 0);
            var value = Element(c, 2, array.Element);
            var found = Enumerable.Range(0, array.Items.Length).Where(i => Same(array.Element, array.Items[i], value));
            PgArray.Vector(Oids.Int4, [.. found.Select(i => PgArray.Binary(Oids.Int4, Datum.Of(array.Lowers[0] + (long)i)))]).Return(c);
        });
        f.Loose("array_fill", 4, c =>
        {
            var lengths = PgArray.Argument(c, 2);
            var sizes = Enumerable.Range(0, lengths.Items.Length).Select(i => (int)lengths[i].Int).ToArray();
            var count = sizes.Aggregate(1L, (product, size) => product * size);
            if (count > 1 << 24 || sizes.Any(size => size < 0)) throw new PgException(SqlStates.ProgramLimitExceeded, "array size exceeds the maximum allowed");
            var element = c.Oid(1);
            if (sizes.Length == 0 || count == 0) PgArray.Empty(element).Return(c);
            else new PgArray(element, sizes, [.. sizes.Select(_ => 1)], [.. Enumerable.Repeat(Element(c, 0, element), (int)count)]).Return(c);
        });
        f.Loose("array_fill_with_lower_bounds", 6, c =>
        {
            var (lengths, lowers) = (PgArray.Argument(c, 2), PgArray.Argument(c, 4));
            if (lengths.Items.Length != lowers.Items.Length) throw new PgException("2202E", "wrong number of array subscripts");
            var sizes = Enumerable.Range(0, lengths.Items.Length).Select(i => (int)lengths[i].Int).ToArray();
            var count = sizes.Aggregate(1L, (product, size) => product * size);
            if (count > 1 << 24) throw new PgException(SqlStates.ProgramLimitExceeded, "array size exceeds the maximum allowed");
            var element = c.Oid(1);
            if (sizes.Length == 0 || count == 0) PgArray.Empty(element).Return(c);
            else new PgArray(element, sizes, [.. sizes.Select((_, i) => (int)lowers[i].Int)], [.. Enumerable.Repeat(Element(c, 0, element), (int)count)]).Return(c);
        });
        f.Add("array_larger", 2, c => c.ReturnArgument(PgArray.Compare(PgArray.Argument(c, 0), PgArray.Argument(c, 1)) >= 0 ? 0 : 1));
        f.Add("array_smaller", 2, c => c.ReturnArgument(PgArray.Compare(PgArray.Argument(c, 0), PgArray.Argument(c, 1)) <= 0 ? 0 : 1));

        // The value and its type, the sorted bounds and theirs.
        f.Add("width_bucket_array", 4, c =>
        {
            var (type, bounds) = (c.Oid(1), PgArray.Argument(c, 2));
            if (bounds.Dimensions > 1) throw new PgException("2202E", "thresholds must be one-dimensional array");
            if (bounds.Items.Contains(null)) throw new PgException("22004", "thresholds array must not contain NULLs");
            var value = Datum.Argument(c, 0, type);
            var (low, high) = (0, bounds.Items.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (Datum.Compare(type, value, bounds[middle]) < 0) high = middle;
                else low = middle + 1;
            }

            c.Return((long)low);
        });

        // column[i] = value: the array and its element type, the value, the index. Gaps are filled with NULL.
        f.Loose("array_assign", 4, c =>
        {
            var element = c.Oid(1);
            if (c.IsNull(3)) throw new PgException("22004", "array subscript in assignment must not be null");
            var (array, index) = (c.IsNull(0) ? PgArray.Empty(element) : PgArray.Argument(c, 0), (int)c.Int(3));
            var item = PgArray.Binary(element, Datum.Argument(c, 2, element));
            if (array.Dimensions == 0)
            {
                PgArray.Vector(element, [item], index).Return(c);
                return;
            }

            if (array.Dimensions > 1) throw new PgException("2202E", "wrong number of array subscripts");
            var (first, items) = (array.Lowers[0], array.Items.ToList());
            while (index < first)
            {
                items.Insert(0, null);
                first--;
            }

            while (index >= first + items.Count) items.Add(null);
            items[index - first] = item;
            PgArray.Vector(element, [.. items], first).Return(c);
        });
        f.Add("trim_array", 2, c =>
        {
            var (array, n) = (PgArray.Argument(c, 0), c.Int(1));
            if (n < 0 || n > array.Items.Length) throw new PgException("2202E", $"number of elements to trim must be between 0 and {array.Items.Length}");
            PgArray.Vector(array.Element, array.Items[..^(int)n]).Return(c);
        });

        f.Add("arraycontains", 2, c => c.Return(Contains(PgArray.Argument(c, 0), PgArray.Argument(c, 1))));
        f.Add("arraycontained", 2, c => c.Return(Contains(PgArray.Argument(c, 1), PgArray.Argument(c, 0))));
        f.Add("arrayoverlap", 2, c =>
        {
            var (left, right) = (PgArray.Argument(c, 0), PgArray.Argument(c, 1));
            c.Return(right.Items.Any(item => item is not null && left.Items.Any(other => Same(left.Element, other, item))));
        });

        f.Loose("array_to_text", 2, c => Join(c, null), immutable: false);
        f.Loose("array_to_text_null", 3, c => Join(c, c.IsNull(2) ? null : c.Text(2)), immutable: false);
        f.Loose("text_to_array", 2, c => { if (SplitText(c, null) is { } parts) PgArray.OfTexts(parts).Return(c); });
        f.Loose("text_to_array_null", 3, c => { if (SplitText(c, c.IsNull(2) ? null : c.Text(2)) is { } parts) PgArray.OfTexts(parts).Return(c); });
        f.Loose("text_to_table", 2, c => SetResult.Texts(c, SplitText(c, null) ?? []));
        f.Loose("text_to_table_null", 3, c => SetResult.Texts(c, SplitText(c, c.IsNull(2) ? null : c.Text(2)) ?? []));
        f.Add("generate_subscripts_nodir", 2, c =>
        {
            var (array, d) = (PgArray.Argument(c, 0), c.Int(1));
            SetResult.Ints(c, d < 1 || d > array.Dimensions ? [] : Enumerable.Range(array.Lowers[d - 1], array.Lengths[d - 1]).Select(i => (long)i));
        });
    }

    private static IEnumerable<Datum> Items(PgArray array) => Enumerable.Range(0, array.Items.Length).Select(i => array[i]);

    private static byte[]? Element(Call c, int i, uint type) => PgArray.Binary(type, Datum.Argument(c, i, type));

    private static bool Same(uint element, byte[]? left, byte[]? right) => PgArray.CompareItems(element, left, right) == 0;

    private static bool Contains(PgArray whole, PgArray part) =>
        part.Items.All(item => item is not null && whole.Items.Any(other => Same(whole.Element, other, item)));

    private static void Nest(Call c)
    {
        var element = c.Oid(0);
        var parts = new List<PgArray>();
        for (var i = 1; i < c.Count; i++)
            if (!c.IsNull(i)) parts.Add(PgArray.Argument(c, i));
        if (parts.All(part => part.Items.Length == 0))
        {
            PgArray.Empty(element).Return(c);
            return;
        }

        if (parts.Any(part => !part.Lengths.SequenceEqual(parts[0].Lengths)))
            throw new PgException("2202E", "multidimensional arrays must have array expressions with matching dimensions");
        new PgArray(element, [parts.Count, .. parts[0].Lengths], [1, .. parts[0].Lowers], [.. parts.SelectMany(part => part.Items)]).Return(c);
    }

    private static void Get(Call c)
    {
        for (var i = 0; i < c.Count; i++)
            if (c.IsNull(i)) return;
        var array = PgArray.Argument(c, 0);
        if (c.Count - 1 != array.Dimensions) return;
        var at = 0L;
        for (var d = 0; d < array.Dimensions; d++)
        {
            var index = c.Int(d + 1) - array.Lowers[d];
            if (index < 0 || index >= array.Lengths[d]) return;
            at = (at * array.Lengths[d]) + index;
        }

        array[(int)at].Return(c);
    }

    /// <summary>Array, then lower and upper bound per dimension; 'min' and 'max' where a bound is left out.</summary>
    private static void Slice(Call c)
    {
        for (var i = 0; i < c.Count; i++)
            if (c.IsNull(i)) return;
        var array = PgArray.Argument(c, 0);
        var given = (c.Count - 1) / 2;
        if (given > array.Dimensions)
        {
            PgArray.Empty(array.Element).Return(c);
            return;
        }

        var (from, lengths) = (new int[array.Dimensions], new int[array.Dimensions]);
        for (var d = 0; d < array.Dimensions; d++)
        {
            long low = array.Lowers[d], high = low + array.Lengths[d] - 1L;
            if (d < given)
            {
                if (c.Kind(1 + (2 * d)) == Native.Integer) low = Math.Max(low, c.Int(1 + (2 * d)));
                if (c.Kind(2 + (2 * d)) == Native.Integer) high = Math.Min(high, c.Int(2 + (2 * d)));
            }

            if (high < low)
            {
                PgArray.Empty(array.Element).Return(c);
                return;
            }

            from[d] = (int)(low - array.Lowers[d]);
            lengths[d] = (int)(high - low + 1);
        }

        var items = new List<byte[]?>();
        Collect(0, 0);
        new PgArray(array.Element, lengths, [.. lengths.Select(_ => 1)], [.. items]).Return(c);

        void Collect(int d, int offset)
        {
            for (var i = 0; i < lengths[d]; i++)
            {
                var at = (offset * array.Lengths[d]) + from[d] + i;
                if (d == lengths.Length - 1) items.Add(array.Items[at]);
                else Collect(d + 1, at);
            }
        }
    }

    /// <summary>Array, element type to reach, modifier: through text, as an I/O conversion would.</summary>
    private static void CastElements(Call c)
    {
        var array = PgArray.Argument(c, 0);
        var target = c.Oid(1);
        var typmod = (int)c.Int(2);
        var items = new byte[]?[array.Items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (array.Items[i] is not { } item) continue;
            var value = Convert(Datum.FromBinary(array.Element, item), array.Element, target, c.Format);
            items[i] = Casts.Modified(target, PgArray.Binary(target, value)!, typmod, isExplicit: true);
        }

        new PgArray(target, array.Lengths, array.Lowers, items).Return(c);
    }

    /// <summary>oid and its aliases: one number, whatever it names.</summary>
    private static bool IsOid(uint type) => type is Oids.Oid or Oids.RegProc or Oids.RegProcedure or Oids.RegOper or Oids.RegOperator
        or Oids.RegClass or Oids.RegType or Oids.RegNamespace or Oids.RegRole or Oids.RegConfig or Oids.RegDictionary or Oids.RegCollation;

    private static Datum Convert(Datum value, uint from, uint to, FormatSettings settings)
    {
        if (from == to || (IsOid(from) && IsOid(to))) return value;
        var source = Datum.CarrierOf(from);
        if (to is Oids.Int2 or Oids.Int4 or Oids.Int8 && from is Oids.Numeric or Oids.Float4 or Oids.Float8)
        {
            var whole = source == Carrier.Float64
                ? Math.Round(value.Float, MidpointRounding.ToEven).ToString("R", System.Globalization.CultureInfo.InvariantCulture)
                : PgNumeric.Parse(value.Data).Round(0).ToString();
            return Datum.FromText(to, Encoding.UTF8.GetBytes(whole), settings);
        }

        if (to == Oids.Float8 && from == Oids.Float4) return value;
        if (to is Oids.Float4 or Oids.Float8 && source == Carrier.Int64) return Datum.Of((double)value.Int);
        if (to is Oids.Date && from is Oids.Timestamp) return Datum.Of(Dates.DateOf(value.Int));
        if (to is Oids.Timestamp && from is Oids.Date) return Datum.Of(Dates.MidnightOf(value.Int));
        return Datum.FromText(to, Encoding.UTF8.GetBytes(value.ToText(from, settings)), settings);
    }

    private static void Extend(Call c, int arrayAt, int itemAt, bool atEnd)
    {
        var element = PgTypes.Find(c.Oid(arrayAt + 1))?.ElementOid ?? c.Oid(itemAt + 1);
        var array = c.IsNull(arrayAt) ? PgArray.Empty(element) : PgArray.Argument(c, arrayAt);
        if (array.Dimensions > 1) throw new PgException("22000", "argument must be empty or one-dimensional array");
        var item = Element(c, itemAt, element);
        var lower = array.Dimensions == 0 ? 1 : array.Lowers[0];
        PgArray.Vector(element, atEnd ? [.. array.Items, item] : [item, .. array.Items], lower).Return(c);
    }

    private static void Concatenate(Call c)
    {
        if (c.IsNull(0) || c.IsNull(1))
        {
            if (!c.IsNull(0)) c.ReturnArgument(0);
            else if (!c.IsNull(1)) c.ReturnArgument(1);
            return;
        }

        var (left, right) = (PgArray.Argument(c, 0), PgArray.Argument(c, 1));
        if (left.Items.Length == 0 || right.Items.Length == 0)
        {
            (left.Items.Length == 0 ? right : left).Return(c);
            return;
        }

        int[] lengths;
        if (left.Dimensions == right.Dimensions && left.Lengths.Skip(1).SequenceEqual(right.Lengths.Skip(1)))
            lengths = [left.Lengths[0] + right.Lengths[0], .. left.Lengths.Skip(1)];
        else if (left.Dimensions == right.Dimensions + 1 && left.Lengths.Skip(1).SequenceEqual(right.Lengths))
            lengths = [left.Lengths[0] + 1, .. left.Lengths.Skip(1)];
        else if (right.Dimensions == left.Dimensions + 1 && right.Lengths.Skip(1).SequenceEqual(left.Lengths))
            lengths = [right.Lengths[0] + 1, .. right.Lengths.Skip(1)];
        else
            throw new PgException("2202E", "cannot concatenate incompatible arrays");
        var lowers = left.Dimensions >= right.Dimensions ? left.Lowers : right.Lowers;
        new PgArray(left.Element, lengths, lowers, [.. left.Items, .. right.Items]).Return(c);
    }

    private static void Position(Call c, long start)
    {
        if (c.IsNull(0)) return;
        var array = PgArray.Argument(c, 0);
        if (array.Dimensions > 1) throw PgException.Unsupported("searching for elements in multidimensional arrays is not supported");
        var value = Element(c, 2, array.Element);
        for (var i = 0; i < array.Items.Length; i++)
        {
            if (array.Lowers[0] + i < start || !Same(array.Element, array.Items[i], value)) continue;
            c.Return((long)array.Lowers[0] + i);
            return;
        }
    }

    private static void Join(Call c, string? forNull)
    {
        if (c.IsNull(0) || c.IsNull(1)) return;
        var array = PgArray.Argument(c, 0);
        var settings = c.Format;
        var parts = Items(array).Select(item => item.IsNull ? forNull : item.ToText(array.Element, settings)).Where(part => part is not null);
        c.Return(string.Join(c.Text(1), parts));
    }

    private static List<string?>? SplitText(Call c, string? nullText)
    {
        if (c.IsNull(0)) return null;
        var text = c.Text(0);
        if (text.Length == 0) return [];
        IEnumerable<string> parts = c.IsNull(1) ? Characters.Each(text) : c.Text(1).Length == 0 ? [text] : text.Split(c.Text(1));
        return [.. parts.Select(part => part == nullText ? null : part)];
    }

    /// <summary>Bytes that sort as the arrays do: per element a mark and a self-delimiting key, then the shape.</summary>
    public static byte[] Key(PgArray array)
    {
        using var key = new ByteWriter();
        for (var i = 0; i < array.Items.Length; i++)
        {
            if (array.Items[i] is null)
            {
                key.Byte(2);
                continue;
            }

            key.Byte(1);
            SortKey.Write(array.Element, array[i], key);
        }

        key.Byte(0);
        key.Int32(array.Dimensions);
        foreach (var length in array.Lengths) key.Int32(length);
        foreach (var lower in array.Lowers) key.Int32(lower ^ int.MinValue);
        return key.WrittenSpan.ToArray();
    }

    /// <summary>array_agg over arrays: one dimension more, all of the same lengths.</summary>
    public static void ReturnStacked(Call c, IReadOnlyList<Datum> values, uint type)
    {
        var arrays = values.Select(value => value.IsNull
            ? throw new PgException("22004", "cannot accumulate null arrays")
            : PgArray.Read(value.Data)).ToList();
        var first = arrays[0];
        if (first.Dimensions == 0) throw new PgException("2202E", "cannot accumulate empty arrays");
        foreach (var array in arrays)
            if (!array.Lengths.AsSpan().SequenceEqual(first.Lengths))
                throw new PgException("2202E", "cannot accumulate arrays of different dimensionality");
        new PgArray(first.Element, [arrays.Count, .. first.Lengths], [1, .. first.Lowers], [.. arrays.SelectMany(array => array.Items)]).Return(c);
    }
}
