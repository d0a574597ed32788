using System.Diagnostics;
using IrisSimulator.Engine.Execution;
using IrisSimulator.Engine.Storage;

namespace IrisSimulator.Engine;

internal sealed partial class Session
{
    /// <summary>Runs under the namespace's gate, again and again while another process holds a lock that is needed.</summary>
    private Outcome Locked(ExecutionControl? control, Func<Outcome> work)
    {
        var database = Database;
        while (!Monitor.TryEnter(database.Gate, 50)) control?.Check();
        try
        {
            var clock = Stopwatch.StartNew();
            while (true)
            {
                try
                {
                    if (Lost) throw Fail.With(-461, "Communication link failure");
                    control?.Check();
                    control?.OnStop(database.Sqlite.Interrupt);
                    return work();
                }
                catch (OperationCanceledException)
                {
                    control!.Check();
                    throw;
                }
                catch (LockConflict conflict)
                {
                    var left = TimeSpan.FromSeconds(LockTimeout) - clock.Elapsed;
                    if (left <= TimeSpan.Zero) throw Fail.With(conflict.Reading ? -114 : -110, conflict.Message);
                    control?.OnStop(null);
                    // Woken by whoever ends a transaction; the short step lets a cancel through.
                    Monitor.Wait(database.Gate, left < TimeSpan.FromMilliseconds(50) ? left : TimeSpan.FromMilliseconds(50));
                }
            }
        }
        finally
        {
            control?.OnStop(null);
            Monitor.Exit(database.Gate);
        }
    }
}
