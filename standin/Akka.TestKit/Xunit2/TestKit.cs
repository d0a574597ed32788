using Akka.Actor;
using Akka.Configuration;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>The base of xunit test classes: a system per test, ended with it.</summary>
public class TestKit : TestKitBase, IDisposable
{
    protected readonly ITestOutputHelper Output;
    private bool _disposed;

    public TestKit(ActorSystem system = null, ITestOutputHelper output = null)
        : base(system, null, null, null, implicitSender: true) => Output = output;

    public TestKit(Config config, string actorSystemName = null, ITestOutputHelper output = null)
        : base(null, config, actorSystemName, null, implicitSender: true) => Output = output;

    public TestKit(string config, ITestOutputHelper output = null)
        : base(null, ConfigurationFactory.ParseString(config), null, null, implicitSender: true) => Output = output;

    /// <summary>Runs before the system is shut down.</summary>
    protected virtual void AfterAll()
    {
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_disposed) return;
        _disposed = true;
        try
        {
            AfterAll();
        }
        finally
        {
            if (OwnsSystem) Shutdown();
            ActorCell.Current = null;
            SynchronizationContext.SetSynchronizationContext(null);
        }
    }
}
