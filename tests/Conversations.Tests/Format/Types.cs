using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Gateway.Protocol.Messages;
using Gateway.Types;

namespace Conversations.Tests.Format;

/// <summary>Types as the files write them: pg_type.typname, <c>int4[]</c> for arrays, <c>varchar(10)</c> with a modifier.</summary>
internal static class Types
{
    public static PgType Find(string name)
    {
        var plain = name.Split('(')[0];
        if (plain.EndsWith("[]", StringComparison.Ordinal)) plain = "_" + plain[..^2];
        return PgTypes.Find(plain) ?? throw new FormatException($"no type {name}");
    }

    public static uint Oid(string name) => uint.TryParse(name, CultureInfo.InvariantCulture, out var oid) ? oid : Find(name).Oid;

    /// <summary>atttypmod, the other way round than format_type.</summary>
    public static int Modifier(string name)
    {
        var open = name.IndexOf('(');
        if (open < 0) return -1;
        var numbers = name[(open + 1)..name.IndexOf(')')].Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        return Find(name).Oid switch
        {
            Oids.Numeric => ((numbers[0] << 16) | numbers.ElementAtOrDefault(1)) + 4,
            Oids.VarChar or Oids.BpChar => numbers[0] + 4,
            _ => numbers[0],
        };
    }

    public static string Show(uint oid, int modifier = -1)
    {
        var name = PgTypes.Find(oid)?.Name ?? oid.ToString(CultureInfo.InvariantCulture);
        if (name.StartsWith('_')) name = name[1..] + "[]";
        if (modifier < 0) return name;
        return oid switch
        {
            Oids.Numeric => $"{name}({(modifier - 4) >> 16},{(modifier - 4) & 0xFFFF})",
            Oids.VarChar or Oids.BpChar => $"{name}({modifier - 4})",
            _ => $"{name}({modifier})",
        };
    }

    /// <summary>A column as the files write it: <c>name:type</c>, with <c>/binary</c> for its format and <c>@n</c> for its place in its table.</summary>
    public static (FieldDescription Field, short? Attnum) Column(string word)
    {
        short? attnum = null;
        if (word.LastIndexOf('@') is > 0 and var at)
        {
            attnum = short.Parse(word[(at + 1)..], CultureInfo.InvariantCulture);
            word = word[..at];
        }

        var format = Gateway.Types.Format.Text;
        if (word.EndsWith("/binary", StringComparison.Ordinal))
        {
            format = Gateway.Types.Format.Binary;
            word = word[..^"/binary".Length];
        }

        var colon = word.LastIndexOf(':');
        if (colon < 0) throw new FormatException($"'{word}' is not name:type");
        var type = Find(word[(colon + 1)..]);
        var name = Words.Text(word[..colon]);
        return (new FieldDescription(name, attnum is null ? 0u : 1u, attnum ?? 0, type.Oid, type.Length, Modifier(word[(colon + 1)..]), format), attnum);
    }

    public static string Show(FieldDescription field)
    {
        var name = field.Name.Contains(' ') ? Words.Quote(field.Name) : field.Name;
        return $"{name}:{Show(field.TypeOid, field.TypeModifier)}{(field.Format == Gateway.Types.Format.Binary ? "/binary" : "")}";
    }

    /// <summary>The few types whose binary form the bare machine's host has to know.</summary>
    public static byte[]? Encode(byte[]? text, uint oid, Gateway.Types.Format format)
    {
        if (text is null || format == Gateway.Types.Format.Text) return text;
        var number = oid is Oids.Int2 or Oids.Int4 or Oids.Int8 ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
        switch (oid)
        {
            case Oids.Bool: return [(byte)(text[0] == 't' ? 1 : 0)];
            case Oids.Int2:
                var two = new byte[2];
                BinaryPrimitives.WriteInt16BigEndian(two, (short)number);
                return two;
            case Oids.Int4:
                var four = new byte[4];
                BinaryPrimitives.WriteInt32BigEndian(four, (int)number);
                return four;
            case Oids.Int8:
                var eight = new byte[8];
                BinaryPrimitives.WriteInt64BigEndian(eight, number);
                return eight;
            default: return text;
        }
    }

    public static byte[]? Decode(byte[]? value, uint oid, Gateway.Types.Format format)
    {
        if (value is null || format == Gateway.Types.Format.Text) return value;
        return oid switch
        {
            Oids.Bool => [(byte)(value[0] == 0 ? 'f' : 't')],
            Oids.Int2 => Digits(BinaryPrimitives.ReadInt16BigEndian(value)),
            Oids.Int4 => Digits(BinaryPrimitives.ReadInt32BigEndian(value)),
            Oids.Int8 => Digits(BinaryPrimitives.ReadInt64BigEndian(value)),
            _ => value,
        };

        static byte[] Digits(long number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));
    }
}
