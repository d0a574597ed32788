namespace Akka.Actor;

/// <summary>One line of a ReceiveActor's table.</summary>
internal abstract class MessageHandler
{
    public abstract bool MayHandle(Type messageType);
    public abstract bool TryHandle(object message);
}

internal sealed class ActionHandler<T>(Action<T> handler, Predicate<T> shouldHandle) : MessageHandler
{
    public override bool MayHandle(Type messageType) => typeof(T).IsAssignableFrom(messageType);

    public override bool TryHandle(object message)
    {
        if (message is not T typed || shouldHandle is not null && !shouldHandle(typed)) return false;
        handler(typed);
        return true;
    }
}

internal sealed class FuncHandler<T>(Func<T, bool> handler) : MessageHandler
{
    public override bool MayHandle(Type messageType) => typeof(T).IsAssignableFrom(messageType);
    public override bool TryHandle(object message) => message is T typed && handler(typed);
}

internal sealed class TypeHandler(Type type, Action<object> handler, Predicate<object> shouldHandle) : MessageHandler
{
    public override bool MayHandle(Type messageType) => type.IsAssignableFrom(messageType);

    public override bool TryHandle(object message)
    {
        if (!type.IsInstanceOfType(message) || shouldHandle is not null && !shouldHandle(message)) return false;
        handler(message);
        return true;
    }
}
