using Gateway.Sql.Analysis;
using Gateway.Types;

namespace Gateway.Sql.Dialects;

/// <summary>Writes analyzed trees in one backend's SQL.</summary>
public abstract class Dialect
{
    public abstract string Name { get; }

    /// <summary>The dialect for a session with these settings: one object for all that are written to alike, since translations are kept by it.</summary>
    public virtual Dialect For(FormatSettings settings) => this;

    /// <exception cref="Gateway.Types.PgException">0A000 naming the construct the backend cannot do.</exception>
    public Plan Render(BoundStatement statement)
    {
        using var scope = TypeScope.Enter(statement.Schema.Types, null);
        return Translate(statement);
    }

    /// <summary><see cref="Render"/>, among the types of the statement's database.</summary>
    protected abstract Plan Translate(BoundStatement statement);
}
