using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Gateway.Protocol.Copy;

namespace Gateway.Protocol.Tests.Copy;

/// <summary>One COPY as PostgreSQL 15.18 answered it: the statement, the bytes sent, then its error or its rows.</summary>
/// <param name="Error">SQLSTATE|message|detail|hint|context.</param>
public sealed record CopyPair(string Sql, byte[] Data, string? Error, string?[][]? Rows)
{
    public static List<CopyPair> All { get; } =
    [
        .. File.ReadLines(Path.Combine(Folder(), "postgres15.tsv")).Select(line => line.Split('\t') switch
        {
            [var sql, var data, var error, var rows] => new CopyPair(
                JsonSerializer.Deserialize<string>(sql)!,
                Encoding.Latin1.GetBytes(JsonSerializer.Deserialize<string>(data)!),
                JsonSerializer.Deserialize<string?>(error),
                JsonSerializer.Deserialize<string?[][]>(rows)),
            _ => throw new InvalidDataException(line),
        }),
    ];

    public string Relation => Sql.Split(' ')[1];

    public string[] Columns => Relation switch { "t" => ["a", "b"], "one" => ["a"], _ => [] };

    public CopyOptions Options
    {
        get
        {
            var options = Has("binary") ? CopyOptions.Binary : Has("csv") ? CopyOptions.Csv : new CopyOptions();
            if (Has("header match")) options = options with { Header = CopyHeader.Match };
            else if (Has("header")) options = options with { Header = CopyHeader.On };
            if (Has("escape '\\'")) options = options with { Escape = (byte)'\\' };
            if (Has("null 'NULL'")) options = options with { Null = "NULL"u8.ToArray() };
            if (Has("force quote *")) options = options with { ForceQuoteAll = true };
            if (Has("null 'N'")) options = options with { Null = "N"u8.ToArray() };
            if (Has("null 'a'")) options = options with { Null = "a"u8.ToArray() };
            if (Has("null ''")) options = options with { Null = [] };
            if (Has("force null a,b")) options = options with { ForceNull = [0, 1] };
            if (Has("force not null a,b")) options = options with { ForceNotNull = [0, 1] };
            if (Has("quote ''''")) options = options with { Quote = (byte)'\'', Escape = (byte)'\'' };
            var delimiter = Sql.IndexOf("delimiter '", StringComparison.Ordinal);
            return delimiter < 0 ? options : options with { Delimiter = (byte)Sql[delimiter + "delimiter '".Length] };
        }
    }

    public override string ToString() => $"{Sql} < {JsonSerializer.Serialize(Encoding.Latin1.GetString(Data))}";

    private bool Has(string words) => Sql.Contains(words, StringComparison.Ordinal);

    public static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
