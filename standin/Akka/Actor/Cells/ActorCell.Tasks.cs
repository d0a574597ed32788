using System.Runtime.ExceptionServices;

namespace Akka.Actor;

/// <summary>Awaiting inside a handler: the mailbox waits, the actor's context stays.</summary>
internal sealed partial class ActorCell
{
    private ActorTaskScheduler _tasks;
    private int _awaiting;

    public ActorTaskScheduler Tasks => _tasks ??= new ActorTaskScheduler(this);

    public void RunTask(Func<Task> action)
    {
        var start = new Task<Task>(action, TaskCreationOptions.None);
        start.RunSynchronously(Tasks);
        if (start.IsFaulted) ExceptionDispatchInfo.Throw(start.Exception.InnerException);
        var task = start.Result ?? Task.CompletedTask;
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
            return;
        }

        _awaiting++;
        Mailbox.Suspensions++;
        var actor = _actor;
        task.ContinueWith(
            done => Mailbox.PostSystem(new TaskDoneSignal(actor, Failure(done))),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public void TaskDone(ActorBase actor, Exception failure)
    {
        // The task of an instance that has been restarted away.
        if (!ReferenceEquals(actor, _actor) || _awaiting == 0) return;
        _awaiting--;
        Mailbox.Suspensions--;
        if (failure is not null) Fail(failure);
        else if (_awaiting == 0)
        {
            if (_idle is not null) NoteActivity(_message);
            ForgetMessage();
        }
        AnswerDeferredFailures();
    }

    private void AbandonTasks()
    {
        Mailbox.Suspensions -= _awaiting;
        _awaiting = 0;
    }

    private static Exception Failure(Task task) => task switch
    {
        { IsFaulted: true } => task.Exception.InnerExceptions.Count == 1 ? task.Exception.InnerException : task.Exception,
        { IsCanceled: true } => new TaskCanceledException(task),
        _ => null,
    };
}

/// <summary>Runs continuations as turns of one actor.</summary>
internal sealed class ActorTaskScheduler(ActorCell cell) : TaskScheduler
{
    protected override void QueueTask(Task task) => cell.Mailbox.PostSystem(new TaskSignal(this, task));

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        ReferenceEquals(ActorCell.Current, cell) && !taskWasPreviouslyQueued && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    public void Execute(Task task) => TryExecuteTask(task);
}
