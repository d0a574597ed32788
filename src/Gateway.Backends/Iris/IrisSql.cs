using System.Collections.Immutable;
using System.Data.Common;
using System.Text;
using Gateway.Backends.Remote;
using Gateway.Sql.Dialects.Remote;
using Gateway.Types;

namespace Gateway.Backends.Iris;

/// <summary>A statement's markers and their values, spread inputs written out.</summary>
internal readonly record struct IrisSql(string Text, List<object> Values)
{
    public static IrisSql Of(string sql, ImmutableArray<Input> inputs, PlanValues values)
    {
        var objects = new List<object>(inputs.Length);
        StringBuilder? text = null;
        var from = 0;
        foreach (var input in inputs)
        {
            var (list, index) = values.Find(input);
            if (!input.Spread)
            {
                objects.Add(IrisParameters.Value(list, index, input.Type));
                continue;
            }

            var marker = sql.IndexOf(RemoteQuery.ListMarker, from);
            if (marker < 0) throw new PgException(SqlStates.InternalError, "the plan spreads a list that its text has no place for");
            text ??= new StringBuilder(sql.Length + 64);
            text.Append(sql, from, marker - from);
            from = marker + 1;
            Spread(IrisParameters.Elements(list, index, input.Type), text, objects);
        }

        return new IrisSql(text?.Append(sql, from, sql.Length - from).ToString() ?? sql, objects);
    }

    public void Bind(DbCommand command)
    {
        for (var i = 0; i < Values.Count; i++) command.Parameters[i].Value = Values[i];
    }

    // What an IN list may hold (iris-sql, section 2.9: a practical limit that users report).
    private const int MaxListLength = 500;

    // x IN (a, b, b, b) is x IN (a, b): the lengths are powers of two, so that few texts exist.
    private static void Spread(List<object> elements, StringBuilder text, List<object> objects)
    {
        if (elements.Count == 0)
        {
            text.Append("NULL");
            return;
        }

        if (elements.Count > MaxListLength)
            throw new PgException(SqlStates.ProgramLimitExceeded, $"an array of {elements.Count} elements is too long to be sought in IRIS")
            {
                Detail = $"A list may hold {MaxListLength} values.",
            };
        var count = Math.Min((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)elements.Count), MaxListLength);
        for (var i = 0; i < count; i++)
        {
            text.Append(i == 0 ? "?" : ", ?");
            objects.Add(elements[Math.Min(i, elements.Count - 1)]);
        }
    }
}
