using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using Gateway.Backends.Drivers;
using Gateway.Types;
using IrisSimulator.Provider;

namespace Gateway.Backends.Tests.Drivers;

public sealed class ProviderBindingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drivers").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_driver_beside_the_node_is_found_by_the_name_of_its_assembly() =>
        Assert.Same(IrisSimulatorFactory.Instance, ProviderBinding.Load("IrisSimulator", _folder));

    [Fact]
    public void A_known_driver_is_found_too() =>
        Assert.Same(Npgsql.NpgsqlFactory.Instance, ProviderBinding.Load("Npgsql", _folder));

    [Fact]
    public void A_driver_in_the_folder_brings_what_it_needs_from_the_same_folder()
    {
        foreach (var name in (string[])["IrisSimulator.dll", "Microsoft.Data.Sqlite.dll"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, name), Path.Combine(_folder, name));
        var factory = ProviderBinding.LoadFrom(_folder, "IrisSimulator")!;
        Assert.NotSame(typeof(IrisSimulatorFactory), factory.GetType());
        Assert.Equal(Path.Combine(_folder, "IrisSimulator.dll"), factory.GetType().Assembly.Location);

        using var connection = factory.CreateConnection()!;
        connection.ConnectionString = "Server=127.0.0.1;Port=1972;Namespace=USER;User ID=_SYSTEM;Password=SYS;Instance=bound";
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT 6 * 7";
        Assert.Equal(42L, Convert.ToInt64(command.ExecuteScalar()));
    }

    [Fact]
    public void A_driver_that_only_has_a_connection_gets_a_factory()
    {
        Assert.Null(ProviderBinding.LoadFrom(_folder, "IrisSimulator"));
        var factory = ProviderBinding.Load("IrisSimulator.Provider.SimConnection, IrisSimulator", _folder);
        Assert.IsType<SimConnection>(factory.CreateConnection());
    }

    [Fact]
    public void The_driver_of_IRIS_with_a_connection_of_the_known_name_and_no_factory_is_bound()
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("InterSystems.Data.IRISClient"), AssemblyBuilderAccess.Run);
        var type = assembly.DefineDynamicModule("m").DefineType(
            "InterSystems.Data.IRISClient.IRISConnection", TypeAttributes.Public, typeof(Connection));
        type.DefineDefaultConstructor(MethodAttributes.Public);
        var made = type.CreateType();
        Assert.IsType(made, ProviderBinding.Factory(made.Assembly, null)!.CreateConnection());
    }

    [Fact]
    public void A_missing_driver_says_where_to_get_it_and_where_to_put_it()
    {
        var error = Assert.Throws<PgException>(() => ProviderBinding.Load("InterSystems.Data.IRISClient", _folder));
        Assert.Equal("58P01", error.SqlState);
        Assert.Equal($"the driver InterSystems.Data.IRISClient was not found beside the node nor in {_folder}", error.Message);
        Assert.Contains("NuGet", error.Hint, StringComparison.Ordinal);
        Assert.Contains(_folder, error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_assembly_is_called_that()
    {
        File.WriteAllText(Path.Combine(_folder, "Broken.dll"), "no program");
        var error = Assert.Throws<PgException>(() => ProviderBinding.Load("Broken", _folder));
        Assert.Equal("58P01", error.SqlState);
        Assert.StartsWith("the driver Broken cannot be loaded: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xunit.assert", "\"xunit.assert\" is no driver of System.Data.Common")]
    [InlineData("No.Such.Type, IrisSimulator", "\"No.Such.Type, IrisSimulator\" is no driver of System.Data.Common")]
    [InlineData("../IrisSimulator", "the driver ../IrisSimulator was not found beside the node nor in ")]
    public void What_is_no_driver_is_refused(string name, string message) =>
        Assert.StartsWith(message, Assert.Throws<PgException>(() => ProviderBinding.Load(name, _folder)).Message, StringComparison.Ordinal);

    public class Connection : DbConnection
    {
        [AllowNull] public override string ConnectionString { get; set; } = "";

        public override string Database => "";

        public override string DataSource => "";

        public override string ServerVersion => "";

        public override ConnectionState State => ConnectionState.Closed;

        public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

        public override void Open() => throw new NotSupportedException();

        public override void Close()
        {
        }

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

        protected override DbCommand CreateDbCommand() => throw new NotSupportedException();
    }
}
