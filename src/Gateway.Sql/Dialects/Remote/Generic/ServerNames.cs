using Gateway.Sql.Schema;

namespace Gateway.Sql.Dialects.Remote.Generic;

/// <summary>Names in the SQL of a server that nothing else is known of.</summary>
/// <param name="quote">Quotes one name as the server wants it.</param>
public sealed class ServerNames(Func<string, string> quote)
{
    public string Quote(string name) => quote(name);

    /// <summary>A table under the name it has there; without a schema where the connection's own is meant.</summary>
    public string Table(RelationInfo relation) => relation.Remote switch
    {
        { Schema.Length: > 0 } remote => $"{quote(remote.Schema)}.{quote(remote.Name)}",
        { } remote => quote(remote.Name),
        null => quote(relation.Name),
    };

    public string Column(ColumnInfo column) => quote(column.Remote?.Name ?? column.Name);
}
