using Gateway.Sql.Analysis;

namespace Gateway.Sql.Dialects;

/// <summary>Writes analyzed trees in one backend's SQL.</summary>
public abstract class Dialect
{
    public abstract string Name { get; }

    /// <exception cref="Gateway.Types.PgException">0A000 naming the construct the backend cannot do.</exception>
    public abstract Plan Render(BoundStatement statement);
}
