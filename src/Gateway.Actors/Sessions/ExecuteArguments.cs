using System.Text;
using Gateway.Actors.Statements;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>The arguments of SQL-level EXECUTE: literals are decoded, anything else the backend evaluates.</summary>
internal static class ExecuteArguments
{
    public static async ValueTask Evaluate(ExecuteStatement execute, Prepared prepared, SessionHost host, Lease lease, ValueList values)
    {
        if (execute.Arguments.IsEmpty) return;
        if (execute.Arguments.All(argument => argument is NullLiteral or StringLiteral))
        {
            for (var i = 0; i < execute.Arguments.Length; i++)
            {
                var codec = prepared.Translation!.ParameterCodecs[i];
                if (execute.Arguments[i] is StringLiteral literal)
                    values.AddDecoded(codec, Format.Text, Encoding.UTF8.GetBytes(literal.Value), host.Format);
                else values.AddNull(codec.Carrier);
            }

            return;
        }

        var names = NamesOf(prepared);

        // SELECT argument::type, … : assignment rules, evaluated once, in this transaction.
        var items = execute.Arguments.Select((argument, i) => new SelectItem(
            new Cast(argument, names[i], CastKind.Assignment) { Position = argument.Position }, null));
        var query = new ParsedStatement(new QueryStatement(new Select { Items = [.. items] }) { Position = 0 });
        var translation = host.Translate(query, []);
        var connection = await lease.Acquire(lease.NeedOf(reads: false)).ConfigureAwait(false);   // the statement that follows may write
        await lease.BeforeBlocking().ConfigureAwait(false);
        lease.Enter(connection, alone: false);
        using var none = new ValueList();
        using var row = connection.Execute(translation.Plan, none);
        if (!row.Read()) return;
        for (var i = 0; i < prepared.ParameterTypes.Count; i++)
            values.AddFrom(row.IsNull(i), prepared.Translation!.ParameterCodecs[i].Carrier, row, i);
    }

    public static void RequireCount(ExecuteStatement execute, Prepared prepared)
    {
        if (execute.Arguments.Length != prepared.ParameterTypes.Count)
            throw new PgException(SqlStates.SyntaxError, $"wrong number of parameters for prepared statement \"{execute.Name}\"")
            {
                Detail = $"Expected {prepared.ParameterTypes.Count} parameters but got {execute.Arguments.Length}.",
            };
    }

    private static TypeName[] NamesOf(Prepared prepared)
    {
        using var scope = TypeScope.Enter(prepared.Translation!.Bound.Schema.Types, null);
        return [.. prepared.ParameterTypes.Select(Sql.Analysis.TypeNames.Of)];
    }
}
