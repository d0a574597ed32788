using System.Text.Json;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>A relation as the JSON document that keeps it: in <c>__pgwire_relations</c>, and in <c>PgWire.Catalog</c> of IRIS.</summary>
internal static class RelationDocument
{
    private static readonly JsonSerializerOptions Json = new() { IgnoreReadOnlyProperties = true };

    public static string Write(StoredRelation relation) => JsonSerializer.Serialize(relation, Json);

    public static StoredRelation Read(ReadOnlySpan<byte> utf8) => JsonSerializer.Deserialize<StoredRelation>(utf8, Json)!;

    public static StoredRelation Read(string text) => JsonSerializer.Deserialize<StoredRelation>(text, Json)!;

    public static string Write(UserType type) => JsonSerializer.Serialize(type, Json);

    public static UserType ReadType(ReadOnlySpan<byte> utf8) => JsonSerializer.Deserialize<UserType>(utf8, Json)!;

    public static string Write(SchemaEntry schema) => JsonSerializer.Serialize(schema, Json);

    public static SchemaEntry ReadSchema(string text) => JsonSerializer.Deserialize<SchemaEntry>(text, Json)!;
}
