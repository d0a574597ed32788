using IrisSimulator.Engine.Storage;
using IrisSimulator.Engine.Translation;
using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Execution;

/// <summary>Values of columns that a statement leaves out.</summary>
internal sealed class Defaults(Session session)
{
    /// <exception cref="IrisError">-104: the default, which nothing checked when the table was made, does not fit.</exception>
    public object? ValueOf(TableDef table, ColumnDef column) => Evaluate(table, column, column.Default);

    public object? Evaluate(TableDef table, ColumnDef column, DefaultSpec? spec)
    {
        switch (spec)
        {
            case null: return null;
            case DefaultCode code: throw Fail.NotSimulated($"DEFAULT OBJECTSCRIPT '{code.ObjectScript}'");
            case DefaultExpression expression:
                var translator = new Translator(session, []);
                var term = translator.Translate(expression.Value, new Scope(null) { Clause = Clause.Values });
                var value = term.Constant ? term.Value : session.Database.Sqlite.Query("SELECT " + term.Sql, translator.Bindings)[0][0];
                return Validation.Stored(table, column, value, term.Type, -104);
            default: throw Fail.NotSimulated(spec.GetType().Name);
        }
    }
}

internal static class Validation
{
    /// <exception cref="IrisError">-104 or -105: the column refuses the value.</exception>
    public static object? Stored(TableDef table, ColumnDef column, object? value, IrisType type, int code)
    {
        if (value is not null && type.IsStream && !column.Type.IsStream) throw Fail.With(-303, "A stream value cannot go into a field that is no stream");
        if (Assignment.TryStore(value, type, column.Type, out var stored)) return stored;
        throw Fail.With(code, $"Field '{table.FullName}.{column.Name}' (value '{Conversions.Odbc(value!, type)}') failed validation");
    }
}
