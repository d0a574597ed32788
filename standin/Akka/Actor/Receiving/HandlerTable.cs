namespace Akka.Actor;

/// <summary>Handlers in the order they were declared; the first that takes the message wins.</summary>
internal sealed class HandlerTable
{
    // Below this a type test per handler is cheaper than a hash lookup, and the actor smaller.
    private const int LinearLimit = 6;

    private MessageHandler[] _handlers = [];
    private int _count;
    private bool _complete;
    private Dictionary<Type, MessageHandler[]> _byType;

    public void Add(MessageHandler handler, bool handlesEverything)
    {
        if (_complete)
            throw new InvalidOperationException("A handler that catches all messages has been added. No handler can be added after that.");
        if (_count == _handlers.Length) Array.Resize(ref _handlers, _count == 0 ? 2 : _count * 2);
        _handlers[_count++] = handler;
        _complete = handlesEverything;
    }

    public bool TryHandle(object message)
    {
        if (_count > LinearLimit) return TryHandleByType(message);
        for (var i = 0; i < _count; i++)
            if (_handlers[i].TryHandle(message)) return true;
        return false;
    }

    private bool TryHandleByType(object message)
    {
        _byType ??= [];
        var type = message.GetType();
        if (!_byType.TryGetValue(type, out var handlers))
            _byType[type] = handlers = _handlers.Take(_count).Where(handler => handler.MayHandle(type)).ToArray();
        foreach (var handler in handlers)
            if (handler.TryHandle(message)) return true;
        return false;
    }
}
