using System.Buffers.Binary;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Sessions.Copying;

/// <summary>Reads the values of one column into their carrier, and fits them to its type modifier.</summary>
/// <remarks>Modifiers of arrays are left to the INSERT.</remarks>
internal sealed class FieldDecoder
{
    private readonly Codec _codec;
    private readonly IntegerCodec? _integer;
    private readonly bool _isPlain;   // any text, and the reader has seen that it is UTF-8
    private readonly Carrier _carrier;
    private readonly int _typmod;
    private readonly ByteWriter _decoded = new();
    private readonly ByteWriter _fitted = new();

    public FieldDecoder(TypeRef type)
    {
        _codec = Codecs.Get(type.Oid);
        _carrier = _codec.Carrier;
        _integer = _codec as IntegerCodec;
        _typmod = PgTypes.Find(type.Oid) is { IsArray: true } ? -1 : type.Typmod;
        _isPlain = _typmod < 0 && _codec.GetType() == typeof(StringCodec);
    }

    public Codec Codec => _codec;

    public void AddNull(ValueList row) => row.AddNull(_carrier);

    /// <exception cref="PgException">22P02, 22003… as the type's input function words them.</exception>
    public void Add(ReadOnlySpan<byte> field, Format format, FormatSettings settings, ValueList row)
    {
        if (_integer is not null && format == Format.Text)
        {
            row.Add(_integer.DecodeText(field, settings));   // called directly, being sealed
            return;
        }

        if (_isPlain && format == Format.Text)
        {
            row.Add(Carrier.Text, field);
            return;
        }

        if (_typmod < 0)
        {
            row.AddDecoded(_codec, format, field, settings);
            return;
        }

        switch (_codec)
        {
            case Int64Codec codec:
                var number = format == Format.Binary ? codec.DecodeBinary(field) : codec.DecodeText(field, settings);
                row.Add(_codec.Oid is Oids.Time or Oids.Timestamp or Oids.TimestampTz ? Typmod.ApplyTime(number, _typmod) : number);
                break;
            case SpanCodec when _codec.Oid == Oids.Interval && format == Format.Text:
                _fitted.Clear();
                PgInterval.Parse(field, settings, _typmod).Write(_fitted);   // the modifier also tells what '5' means
                row.Add(_carrier, _fitted.WrittenSpan);
                break;
            case SpanCodec codec:
                _decoded.Clear();
                if (format == Format.Binary) codec.DecodeBinary(field, _decoded);
                else codec.DecodeText(field, settings, _decoded);
                row.Add(_carrier, Fit(_decoded.WrittenSpan));
                break;
            default:
                row.AddDecoded(_codec, format, field, settings);
                break;
        }
    }

    private ReadOnlySpan<byte> Fit(ReadOnlySpan<byte> value)
    {
        _fitted.Clear();
        switch (_codec.Oid)
        {
            case Oids.VarChar: Typmod.ApplyVarChar(value, _typmod, isExplicit: false, _fitted); break;
            case Oids.BpChar: Typmod.ApplyBpChar(value, _typmod, isExplicit: false, _fitted); break;
            case Oids.Bit: Typmod.ApplyBit(value, _typmod, varying: false, isExplicit: false, _fitted); break;
            case Oids.VarBit: Typmod.ApplyBit(value, _typmod, varying: true, isExplicit: false, _fitted); break;
            case Oids.Numeric:
                if (Fits(value)) return value;
                Typmod.ApplyNumeric(PgNumeric.Parse(value), _typmod).Write(_fitted);
                break;
            case Oids.Interval:
                Typmod.ApplyInterval(PgInterval.Read(value), _typmod).Write(_fitted);
                break;
            case Oids.TimeTz:
                _fitted.Int64(Typmod.ApplyTime(BinaryPrimitives.ReadInt64BigEndian(value) ^ long.MinValue, _typmod) ^ long.MinValue);
                _fitted.Bytes(value[sizeof(long)..]);
                break;
            case Oids.Vector or Oids.Halfvec or Oids.Sparsevec:
                Typmod.CheckVector(_codec.Oid, value, _typmod);
                return value;
            default: return value;
        }

        return _fitted.WrittenSpan;
    }

    /// <summary>The usual number has its column's scale already.</summary>
    private bool Fits(ReadOnlySpan<byte> number)
    {
        var scale = Typmod.Scale(_typmod);
        if (scale < 0) return false;
        var digits = number.Length > 0 && number[0] == '-' ? number[1..] : number;
        var point = digits.IndexOf((byte)'.');
        var whole = point < 0 ? digits : digits[..point];
        return whole.Length <= Typmod.Precision(_typmod) - scale
            && (point < 0 ? scale == 0 : digits.Length - point - 1 == scale)
            && !whole.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }
}
