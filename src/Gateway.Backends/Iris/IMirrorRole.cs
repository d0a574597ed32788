using System.Data.Common;

namespace Gateway.Backends.Iris;

/// <summary>Asks a server which part it plays in its mirror. Thread-safe.</summary>
public interface IMirrorRole
{
    /// <param name="connection">Open; nothing else runs on it.</param>
    /// <param name="timeout">For each statement.</param>
    /// <exception cref="Gateway.Types.PgException">57P03 when it is neither to be read nor written now.</exception>
    /// <exception cref="DbException">It did not answer.</exception>
    InstanceState Of(DbConnection connection, TimeSpan timeout);
}
