using System.Globalization;
using Corpus.Tests.Format;
using Corpus.Tests.Wire;
using Gateway.Protocol.Messages;

namespace Corpus.Tests.Describing;

/// <summary>Describes statements to one server and writes what it says as one line, in which no OID of a table stands.</summary>
internal sealed class Describer
{
    private const uint FirstUserOid = 16384;
    private const string Names = "SELECT oid, relname FROM pg_class WHERE relkind IN ('r', 'v')";

    private readonly WireSession _session;
    private readonly Dictionary<uint, string> _relations = [];

    public Describer(WireSession session)
    {
        _session = session;
        session.Run(DescribeFile.Schema);
        foreach (var line in session.Ask(new Check("", 0, "", Names, [new Step(Names, Names, [])]), extended: false).Lines)
            if (line.Split('\t') is ["row", var oid, var name]) _relations[uint.Parse(oid, CultureInfo.InvariantCulture)] = name;
    }

    /// <summary>
    /// <c>error 42P18</c>, or the OIDs of the parameters and, for each column, <c>name:type:size:modifier:table.attribute</c>,
    /// with <c>-</c> for no modifier and for a value that is no column of a table.
    /// </summary>
    public (string Answer, string? Message) Describe(Described statement)
    {
        var description = _session.Describe(statement.Sql, statement.Types);
        if (description.Error is { } error) return ("error " + error.Split(' ')[0], error);
        var parameters = string.Join(' ', description.Parameters.Select(Type));
        return ($"({parameters})" + string.Concat(description.Fields.Select(field => "\t" + Show(field))), null);
    }

    private string Show(FieldDescription field)
    {
        var modifier = field.TypeModifier == -1 ? "-" : field.TypeModifier.ToString(CultureInfo.InvariantCulture);
        var origin = (field.TableOid, field.Attnum) == (0, 0)
            ? "-"
            : string.Create(CultureInfo.InvariantCulture, $"{_relations.GetValueOrDefault(field.TableOid, "?")}.{field.Attnum}");
        return string.Create(CultureInfo.InvariantCulture, $"{field.Name}:{Type(field.TypeOid)}:{field.TypeLength}:{modifier}:{origin}");
    }

    private static string Type(uint oid) => oid < FirstUserOid ? oid.ToString(CultureInfo.InvariantCulture) : "user";
}
