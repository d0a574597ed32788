namespace Akka.Actor;

/// <summary>An actor whose constructor is the table of the messages it handles.</summary>
public abstract class ReceiveActor : UntypedActor
{
    private HandlerTable _table = new();
    private bool _configuring = true;

    internal void CloseConfiguration() => _configuring = false;

    protected sealed override void OnReceive(object message)
    {
        if (!_table.TryHandle(message)) Unhandled(message);
    }

    protected void Become(Action configure) => Cell.Become(Behavior(configure));
    protected void BecomeStacked(Action configure) => Cell.BecomeStacked(Behavior(configure));

    private UntypedReceive Behavior(Action configure)
    {
        var (outer, wasConfiguring) = (_table, _configuring);
        var table = new HandlerTable();
        (_table, _configuring) = (table, true);
        try
        {
            configure();
        }
        finally
        {
            (_table, _configuring) = (outer, wasConfiguring);
        }
        return message =>
        {
            if (!table.TryHandle(message)) Unhandled(message);
        };
    }

    protected void Receive<T>(Action<T> handler, Predicate<T> shouldHandle = null) =>
        Add(new ActionHandler<T>(handler, shouldHandle), typeof(T) == typeof(object) && shouldHandle is null);

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    protected void Receive(Type messageType, Action<object> handler, Predicate<object> shouldHandle = null) =>
        Add(new TypeHandler(messageType, handler, shouldHandle), messageType == typeof(object) && shouldHandle is null);

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Receive(messageType, handler, shouldHandle);

    protected void Receive<T>(Func<T, bool> handler) => Add(new FuncHandler<T>(handler), false);

    protected void Receive(Type messageType, Func<object, bool> handler) =>
        Add(new FuncHandler<object>(message => messageType.IsInstanceOfType(message) && handler(message)), false);

    protected void ReceiveAny(Action<object> handler) => Receive(handler);

    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T> shouldHandle = null) =>
        Receive(Suspending(handler), shouldHandle);

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => ReceiveAsync(handler, shouldHandle);

    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object> shouldHandle = null) =>
        Receive(messageType, Suspending(handler), shouldHandle);

    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        ReceiveAsync(messageType, handler, shouldHandle);

    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAny(Suspending(handler));

    private Action<T> Suspending<T>(Func<T, Task> handler) => message => Cell.RunTask(() => handler(message));

    private void Add(MessageHandler handler, bool handlesEverything)
    {
        if (!_configuring)
            throw new InvalidOperationException("You may only call Receive-methods when constructing the actor and inside Become().");
        _table.Add(handler, handlesEverything);
    }
}
