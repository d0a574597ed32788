namespace Gateway.Types;

/// <summary>The form in which a value travels between a backend and the wire: nothing on the row path is boxed.</summary>
/// <remarks>
/// Int64    bool (0/1), int2, int4, int8, oid and its kin, date (days since 2000-01-01), time, timestamp and
///          timestamptz (µs; timestamps since 2000-01-01, timestamptz in UTC). Infinities: date ±int.MaxValue/MinValue,
///          timestamps long.MaxValue/MinValue, as in PostgreSQL's binary form. money: cents.
/// Float64  float4 (widened), float8.
/// Text     UTF-8: text, varchar, bpchar, name, "char", numeric (as PostgreSQL prints it: scale kept, "NaN",
///          "Infinity"), json (as given), jsonb (as PostgreSQL prints it), xml, unknown.
/// Bytes    bytea; uuid (16); interval (16: µs Int64, days Int32, months Int32, big-endian, as on the wire);
///          timetz (12: UTC µs Int64 with the sign bit flipped, zone seconds Int32 with the sign bit flipped, both
///          big-endian, so that bytes compare as PostgreSQL compares); arrays and records in PostgreSQL's binary form; vector in pgvector's (see EmbeddingCodec).
/// </remarks>
public enum Carrier : byte
{
    Int64,
    Float64,
    Text,
    Bytes,
}
