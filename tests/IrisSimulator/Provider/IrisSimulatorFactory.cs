using System.Data.Common;

namespace IrisSimulator.Provider;

/// <summary>The provider as a gateway binds to it: by type name, through System.Data.Common only.</summary>
public sealed class IrisSimulatorFactory : DbProviderFactory
{
    public static readonly IrisSimulatorFactory Instance = new();

    public override DbConnection CreateConnection() => new SimConnection();
    public override DbCommand CreateCommand() => new SimCommand();
    public override DbParameter CreateParameter() => new SimParameter();
    public override DbConnectionStringBuilder CreateConnectionStringBuilder() => new();
}
