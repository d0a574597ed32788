namespace Gateway.Backends.Ado;

/// <summary>For what may hang as long as a server does: on the common pool it would take the threads of timers and of all sessions.</summary>
internal static class OwnThread
{
    public static Task Run(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
