using System.Globalization;
using System.IO.Compression;

namespace Gateway.Types;

/// <summary>The characters of one encoding above ASCII, by their code there and by their code point.</summary>
/// <remarks>The two ways are not always each other's inverse: several codes may stand for one character.</remarks>
internal sealed class EncodingTable
{
    private const int Supplementary = 0x10000;

    private readonly (uint[] Keys, uint[] Values) _points;
    private readonly (uint[] Keys, uint[] Values) _codes;

    // Outside of plane 0 the codes of GB18030 count through all code points.
    private readonly bool _countsPlanes;

    private EncodingTable(List<(uint Code, uint Point)> points, List<(uint Code, uint Point)> codes, bool countsPlanes)
    {
        _points = Sorted(points, pair => pair.Code, pair => pair.Point);
        _codes = Sorted(codes, pair => pair.Point, pair => pair.Code);
        _countsPlanes = countsPlanes;
    }

    /// <summary>From Data/encodings: direction | first code | first code point | how many in a row.</summary>
    public static EncodingTable Load(string name)
    {
        using var file = typeof(EncodingTable).Assembly.GetManifestResourceStream($"Gateway.Types.Data.encodings.{name}.tsv.gz")
            ?? throw new InvalidOperationException($"no table of encoding {name}");
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        List<(uint, uint)> points = [], codes = [];
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split('\t');
            var code = uint.Parse(fields[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            var point = uint.Parse(fields[2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            for (var left = int.Parse(fields[3], CultureInfo.InvariantCulture); left > 0; left--, code++, point++)
            {
                if (fields[0] != "<") points.Add((code, point));
                if (fields[0] != ">") codes.Add((code, point));
            }
        }

        return new EncodingTable(points, codes, name == "GB18030");
    }

    public bool TryPoint(uint code, out int point)
    {
        if (Find(_points, code, out var found))
        {
            point = (int)found;
            return true;
        }

        point = _countsPlanes && code is >= 0x90308130 and <= 0xE3329A35 ? Supplementary + Count(code) - Count(0x90308130) : -1;
        return point >= 0;
    }

    public bool TryCode(int point, out uint code)
    {
        if (Find(_codes, (uint)point, out code)) return true;
        if (!_countsPlanes || point < Supplementary) return false;
        var count = (uint)(point - Supplementary + Count(0x90308130));
        code = (count / 12600 + 0x81) << 24 | (count / 1260 % 10 + 0x30) << 16 | (count / 10 % 126 + 0x81) << 8 | (count % 10 + 0x30);
        return true;
    }

    private static int Count(uint code) =>
        (int)((((code >> 24) - 0x81) * 10 + ((code >> 16 & 0xFF) - 0x30)) * 126 + ((code >> 8 & 0xFF) - 0x81)) * 10 + (int)((code & 0xFF) - 0x30);

    private static bool Find((uint[] Keys, uint[] Values) table, uint key, out uint value)
    {
        var at = Array.BinarySearch(table.Keys, key);
        value = at >= 0 ? table.Values[at] : 0;
        return at >= 0;
    }

    private static (uint[] Keys, uint[] Values) Sorted(
        List<(uint Code, uint Point)> pairs, Func<(uint Code, uint Point), uint> key, Func<(uint Code, uint Point), uint> value)
    {
        uint[] keys = [.. pairs.Select(key)], values = [.. pairs.Select(value)];
        Array.Sort(keys, values);
        return (keys, values);
    }
}
