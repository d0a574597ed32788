using Gateway.Sql.Dialects.Remote;
using Gateway.Types;

namespace Gateway.Backends.Remote;

/// <summary>What a <see cref="ForEachStep"/> does with its rows, one after the other.</summary>
/// <param name="many">There are several rows, so that two may meet at one row of the table.</param>
/// <param name="execute">Runs a command and counts its rows.</param>
/// <param name="keep">Takes rows for the client.</param>
internal sealed class RowActions(
    IRemoteLink link, PlanValues values, bool many, Func<CommandStep, long> execute, Action<RowSource> keep)
{
    private const int MaxUpsertAttempts = 3;

    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

    public void Run(RowAction action) => Run(action, isChosen: false);

    private void Run(RowAction action, bool isChosen)
    {
        switch (action)
        {
            case ChangeAction change:
                Change(change, isChosen);
                break;
            case UpsertAction upsert:
                Upsert(upsert, attempt: 1);
                break;
            case ChooseAction choose:
                if (values.Row.IsNull(choose.Column)) return;
                var branch = values.Row.GetInt64(choose.Column);
                if (branch < 0 || branch >= choose.Branches.Length)
                    throw new PgException(SqlStates.InternalError, $"the plan has no branch {branch}");
                Run(choose.Branches[(int)branch], isChosen: true);
                break;
            default:
                throw PgException.Unsupported($"row action {action.GetType().Name}");
        }
    }

    private void Change(ChangeAction action, bool isChosen)
    {
        values.Identity.Clear();
        if (action.IdentityColumn >= 0)
        {
            Append(values.Identity, values.Row, action.IdentityColumn);

            // UPDATE … FROM changes a row once, however many rows it joins with; MERGE refuses.
            if (many && !_touched.Add(Key()))
            {
                if (!isChosen) return;
                throw new PgException("21000", "MERGE command cannot affect row a second time")
                {
                    Hint = "Ensure that not more than one source row matches any one target row.",
                };
            }
        }

        if (execute(action.Command) == 0) return;
        if (action.Returning is not { } returning) return;
        if (action.IdentityColumn < 0 && Uses(returning, InputKind.Identity)) link.LastIdentity(values.Identity);
        keep(returning);
    }

    private void Upsert(UpsertAction action, int attempt)
    {
        values.Existing.Clear();
        values.Identity.Clear();
        using (var existing = link.Open(action.Existing, values))
            if (existing.Read()) existing.CopyTo(values.Existing, action.Existing.Types.Length);

        if (values.Existing.Count == 0)
        {
            Insert(action, attempt);
            return;
        }

        if (action.Update is not { } update) return;
        Append(values.Identity, values.Existing, 0);
        if (many && !_touched.Add(Key()))
            throw new PgException("21000", "ON CONFLICT DO UPDATE command cannot affect row a second time")
            {
                Hint = "Ensure that no rows proposed for insertion within the same command have duplicate constrained values.",
            };
        var isUpdated = values.Existing.Count - 1;
        if (values.Existing.IsNull(isUpdated) || values.Existing.GetInt64(isUpdated) == 0) return;
        if (execute(update) > 0 && action.Returning is { } returning) keep(returning);
    }

    private void Insert(UpsertAction action, int attempt)
    {
        long inserted;
        try
        {
            inserted = execute(action.Insert);
        }
        catch (PgException error) when (error.SqlState == SqlStates.UniqueViolation && attempt < MaxUpsertAttempts)
        {
            // Somebody inserted the row since it was looked for. If not, it was another constraint.
            using (var existing = link.Open(action.Existing, values))
                if (!existing.Read()) throw;
            Upsert(action, attempt + 1);
            return;
        }

        if (inserted == 0) return;
        var remembers = many && action.Update is not null;
        if (!remembers && (action.Returning is null || !Uses(action.Returning, InputKind.Identity)))
        {
            if (action.Returning is { } rows) keep(rows);
            return;
        }

        link.LastIdentity(values.Identity);
        if (remembers) _touched.Add(Key());
        if (action.Returning is { } returning) keep(returning);
    }

    /// <summary>Whether an input of that kind occurs in a query or in what it reads.</summary>
    public static bool Uses(RowSource source, InputKind kind) => source switch
    {
        RemoteQuery query => query.Inputs.Any(input => input.Kind == kind),
        LocalQuery query => query.Inputs.Any(input => input.Kind == kind) || query.Sources.Any(inner => Uses(inner, kind)),
        _ => true,
    };

    private string Key() => values.Identity.IsNull(0)
        ? ""
        : values.Identity.CarrierOf(0) == Carrier.Int64
            ? values.Identity.GetInt64(0).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : System.Text.Encoding.UTF8.GetString(values.Identity.GetSpan(0));

    private static void Append(ValueList to, ValueList from, int index)
    {
        var carrier = from.CarrierOf(index);
        if (from.IsNull(index)) to.AddNull(carrier);
        else if (carrier == Carrier.Int64) to.Add(from.GetInt64(index));
        else if (carrier == Carrier.Float64) to.Add(from.GetFloat64(index));
        else to.Add(carrier, from.GetSpan(index));
    }
}
