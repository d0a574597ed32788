using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Corpus.Tests.Format;
using Corpus.Tests.Wire;
using Gateway.Protocol.Messages;
using Gateway.Types;

namespace Corpus.Tests.Bi;

/// <summary>One side of a conversation: a session, and what it has kept from earlier answers.</summary>
internal sealed class Side(WireSession session)
{
    private readonly Dictionary<string, string> _kept = [];

    public Reply Tell(Saying saying, Manner manner)
    {
        var parameters = saying.Parameters.Select(parameter => parameter with { Text = parameter.Text is { } text ? Fill(text) : null }).ToList();
        var reply = session.Tell(Fill(saying.Sql), parameters, saying.Simple ? Manner.Simple : manner);
        Messages = [.. reply.Results.Select(result => result.Message).OfType<string>()];
        if (saying.Keep is { } name && reply.Results is [{ Rows: [[{ } value, ..], ..] }, ..]) _kept[name] = value;
        return reply;
    }

    /// <summary>The errors of the last answer.</summary>
    public IReadOnlyList<string> Messages { get; private set; } = [];

    private string Fill(string text) => _kept.Aggregate(text, (filled, pair) => filled.Replace($"{{{pair.Key}}}", pair.Value, StringComparison.Ordinal));
}

/// <summary>An answer as lines that are equal when two servers have answered the same.</summary>
internal static partial class Comparable
{
    private const uint FirstOwnOid = 16384;

    public static IReadOnlyList<string> Lines(Reply reply, Saying saying)
    {
        var lines = new List<string>();
        if (reply.Parameters.Count > 0) lines.Add("parameters\t" + string.Join('\t', reply.Parameters));
        foreach (var result in reply.Results)
        {
            if (result.State is { } state)
            {
                lines.Add("error\t" + state);
                continue;
            }

            if (result.Fields.Count > 0) lines.Add("columns\t" + string.Join('\t', result.Fields.Select(Show)));
            var rows = result.Rows.Select(row => string.Join('\t', row.Select((value, i) => Show(value, result.Fields[i], saying))));
            if (saying.Shape is not null) rows = rows.Select(row => Number().Replace(row, "#"));
            if (saying.Without is { } without) rows = rows.Where(row => !without.IsMatch(row));
            if (saying.Unordered || !OrderOfRows.IsFixed(saying.Sql)) rows = rows.Order(StringComparer.Ordinal);
            lines.AddRange(rows.Select(row => "row\t" + row));
            lines.Add("tag\t" + (saying.Without is null ? result.Tag : result.Tag.Split(' ')[0]));
        }

        return lines;
    }

    /// <summary>What only one of two answers has, for a message.</summary>
    public static string Difference(IReadOnlyList<string> expected, Reply given, IReadOnlyList<string> lines)
    {
        const int Most = 6;
        var text = new StringBuilder();
        Append("PostgreSQL", Only(expected, lines));
        Append("gateway   ", Only(lines, expected));
        foreach (var message in given.Results.Select(result => result.Message).OfType<string>()) text.Append(CultureInfo.InvariantCulture, $"    gateway says: {message}\n");
        if (text.Length == 0) text.Append("    the same lines in another order\n");
        return text.ToString();

        void Append(string who, List<string> only)
        {
            foreach (var line in only.Take(Most)) text.Append(CultureInfo.InvariantCulture, $"    {who} {(line.Length > 600 ? line[..600] + "…" : line)}\n");
            if (only.Count > Most) text.Append(CultureInfo.InvariantCulture, $"    {who} … and {only.Count - Most} more lines\n");
        }
    }

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Number();

    private static List<string> Only(IReadOnlyList<string> lines, IReadOnlyList<string> others)
    {
        var counts = others.GroupBy(line => line).ToDictionary(group => group.Key, group => group.Count());
        return [.. lines.Where(line => !counts.TryGetValue(line, out var count) || (counts[line] = count - 1) < 0)];
    }

    private static string Show(FieldDescription field)
    {
        var type = field.TypeOid < FirstOwnOid ? field.TypeOid.ToString(CultureInfo.InvariantCulture) : "user";
        return field.TypeModifier == -1 ? $"{field.Name}:{type}" : string.Create(CultureInfo.InvariantCulture, $"{field.Name}:{type}:{field.TypeModifier}");
    }

    private static string Show(string? value, FieldDescription field, Saying saying)
    {
        if (saying.Ignored.Contains(field.Name)) return "*";
        if (value is null) return @"\N";
        if (saying.Cut.Contains(field.Name)) return "*";
        return field.TypeOid switch
        {
            Oids.Oid when uint.Parse(value, CultureInfo.InvariantCulture) >= FirstOwnOid => "oid",
            Oids.Xid => "xid",
            Oids.PgNodeTree => "tree",
            _ => value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\t", @"\t", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal),
        };
    }
}
