using System.Data.Common;

namespace Gateway.Backends.Ado.Generic;

/// <summary>What is to be known of a provider beyond System.Data.Common, by the name of its factory.</summary>
internal sealed record ServerKind
{
    /// <summary>SQLite: any value in any column, no types but storage classes, metadata by PRAGMA.</summary>
    public bool IsSqlite { get; init; }

    /// <summary>What stands before a parameter's name in the text; null where markers are ?, without names.</summary>
    public string? MarkerPrefix { get; init; } = "@";

    /// <summary>Without a DbCommandBuilder: the standard's quotes.</summary>
    public Func<string, string>? Quote { get; init; }

    /// <summary>Seconds; 0 for no limit. SQLite waits for so long for a lock.</summary>
    public int CommandTimeout { get; init; }

    /// <summary>Added to the connection string where the operator has not said otherwise.</summary>
    public (string Key, string Value)[] Settings { get; init; } = [];

    public static ServerKind Of(DbProviderFactory factory) => factory.GetType().FullName switch
    {
        "Microsoft.Data.Sqlite.SqliteFactory" => new ServerKind { IsSqlite = true, CommandTimeout = 30, Settings = [("Pooling", "False")] },
        "MySqlConnector.MySqlConnectorFactory" => new ServerKind { Settings = [("Pooling", "False")] },
        "System.Data.Odbc.OdbcFactory" or "System.Data.OleDb.OleDbFactory" => new ServerKind { MarkerPrefix = null },
        "Oracle.ManagedDataAccess.Client.OracleClientFactory" => new ServerKind { MarkerPrefix = ":" },
        _ => new ServerKind(),
    };

    /// <summary>How names are quoted: by the provider's command builder, else in the standard's way.</summary>
    public Func<string, string> QuoteOf(DbProviderFactory factory)
    {
        if (Quote is not null) return Quote;
        try
        {
            if (factory.CreateCommandBuilder() is { } builder && builder.QuoteIdentifier("a") is { Length: > 2 })
                return builder.QuoteIdentifier;
        }
        catch (Exception error) when (error is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            // It needs a connection, or has none of its own.
        }

        return static name => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    public string Complete(string connectionString)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = connectionString };
        foreach (var (key, value) in Settings)
            if (!builder.ContainsKey(key)) builder[key] = value;
        return builder.ConnectionString;
    }

    /// <summary>The markers of a plan's text as the provider wants them.</summary>
    /// <remarks>Plans of the generic dialect hold ? nowhere but as a marker and in quoted names.</remarks>
    public string Marked(string sql, int count)
    {
        if (MarkerPrefix is null || count == 0) return sql;
        var text = new System.Text.StringBuilder(sql.Length + (count * 3));
        var (number, quote) = (0, '\0');
        foreach (var c in sql)
        {
            if (quote != '\0')
            {
                if (c == quote) quote = '\0';
            }
            else if (c is '"' or '`' or '[')
            {
                quote = c == '[' ? ']' : c;
            }
            else if (c == '?')
            {
                text.Append(MarkerPrefix).Append('p').Append(System.Globalization.CultureInfo.InvariantCulture, $"{++number}");
                continue;
            }

            text.Append(c);
        }

        return text.ToString();
    }

    public string NameOf(int marker) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"p{marker}");
}
