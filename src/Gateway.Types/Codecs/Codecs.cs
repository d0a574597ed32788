namespace Gateway.Types;

/// <summary>The codec of each type.</summary>
public static class Codecs
{
    /// <summary>pg_range: the range, the type of its bounds, its multirange.</summary>
    private static readonly (uint Range, uint Element, uint Multirange)[] Ranges =
    [
        (3904, Oids.Int4, 4451), (3906, Oids.Numeric, 4532), (3908, Oids.Timestamp, 4533),
        (3910, Oids.TimestampTz, 4534), (3912, Oids.Date, 4535), (3926, Oids.Int8, 4536),
    ];

    // Built-in OIDs are below 6200, our own at 9000, so that finding one is an index.
    private static readonly Codec?[] Known = Build();

    public static EmbeddingCodec Vector => (EmbeddingCodec)Known[Oids.Vector]!;

    /// <summary>The codec of a type; one that has none of its own travels as its text form, in both formats.</summary>
    public static Codec Get(uint oid) => (oid < (uint)Known.Length ? Known[oid] : null) ?? new StringCodec(oid);

    /// <summary>The range over a type of bounds.</summary>
    public static RangeCodec RangeOver(uint element) =>
        (RangeCodec)Known[Ranges.First(range => range.Element == element).Range]!;

    private static Codec?[] Build()
    {
        var known = new Codec?[Oids.SparsevecArray + 1];
        foreach (var codec in Scalars()) known[codec.Oid] = codec;
        foreach (var (oid, subtype, multirange) in Ranges)
        {
            var range = new RangeCodec(oid, new RangeElement(subtype, known[subtype]!));
            known[oid] = range;
            known[multirange] = new MultirangeCodec(multirange, range);
        }

        foreach (var type in PgTypes.All)
            if (!type.IsArray && type.Oid < known.Length) known[type.Oid] ??= new StringCodec(type.Oid);
        foreach (var type in PgTypes.All)
            if (type.IsArray && type.Oid < known.Length && type.ElementOid < known.Length)
                known[type.Oid] = new ArrayCodec(type.Oid, known[type.ElementOid] ?? new StringCodec(type.ElementOid));
        return known;
    }

    private static IEnumerable<Codec> Scalars() =>
    [
        new BoolCodec(),
        IntegerCodec.Int2,
        IntegerCodec.Int4,
        IntegerCodec.Int8,
        new OidCodec(Oids.Oid, "oid"),
        new OidCodec(Oids.Xid, "xid"),
        new OidCodec(Oids.Cid, "cid"),
        new OidCodec(Oids.Xid8, "xid8", 8),
        new RegCodec(Oids.RegProc, SqlStates.UndefinedFunction, "function \"{0}\" does not exist"),
        new RegCodec(Oids.RegProcedure, SqlStates.UndefinedFunction, "function \"{0}\" does not exist"),
        new RegCodec(Oids.RegOper, SqlStates.UndefinedFunction, "operator does not exist: {0}"),
        new RegCodec(Oids.RegOperator, SqlStates.UndefinedFunction, "operator does not exist: {0}"),
        new RegCodec(Oids.RegClass, SqlStates.UndefinedTable, "relation \"{0}\" does not exist"),
        new RegCodec(Oids.RegType, SqlStates.UndefinedObject, "type \"{0}\" does not exist"),
        new RegCodec(Oids.RegRole, SqlStates.UndefinedObject, "role \"{0}\" does not exist"),
        new RegCodec(Oids.RegNamespace, SqlStates.InvalidSchemaName, "schema \"{0}\" does not exist"),
        new RegCodec(Oids.RegConfig, SqlStates.UndefinedObject, "text search configuration \"{0}\" does not exist"),
        new RegCodec(Oids.RegDictionary, SqlStates.UndefinedObject, "text search dictionary \"{0}\" does not exist"),
        new RegCodec(Oids.RegCollation, SqlStates.UndefinedObject, "collation \"{0}\" for encoding \"UTF8\" does not exist"),
        new Float4Codec(),
        new Float8Codec(),
        new NumericCodec(),
        new MoneyCodec(),
        new StringCodec(Oids.Text),
        new StringCodec(Oids.VarChar),
        new StringCodec(Oids.BpChar),
        new NameCodec(),
        new CharCodec(),
        new StringCodec(Oids.Unknown),
        new XmlCodec(),
        new ByteaCodec(),
        new UuidCodec(),
        new DateCodec(),
        new TimeCodec(),
        new TimeTzCodec(),
        new TimestampCodec(Oids.Timestamp),
        new TimestampCodec(Oids.TimestampTz),
        new IntervalCodec(),
        new JsonCodec(),
        new JsonbCodec(),
        new BitCodec(Oids.Bit),
        new BitCodec(Oids.VarBit),
        new InetCodec(Oids.Inet),
        new InetCodec(Oids.Cidr),
        new MacaddrCodec(Oids.Macaddr),
        new MacaddrCodec(Oids.Macaddr8),
        new LsnCodec(),
        new TidCodec(),
        .. new[] { Oids.Point, Oids.Lseg, Oids.Path, Oids.Box, Oids.Polygon, Oids.Line, Oids.Circle }.Select(oid => new GeometryCodec(oid)),
        new VoidCodec(),
        new VectorCodec(Oids.Int2Vector, IntegerCodec.Int2),
        new VectorCodec(Oids.OidVector, new OidCodec(Oids.Oid, "oid")),
        new RecordCodec(),
        new EmbeddingCodec(),
        new HalfVectorCodec(),
        new SparseVectorCodec(),
    ];
}
