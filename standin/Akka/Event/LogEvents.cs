using Akka.Actor;

namespace Akka.Event;

/// <summary>How serious a log event is.</summary>
public enum LogLevel
{
    DebugLevel = 0,
    InfoLevel = 1,
    WarningLevel = 2,
    ErrorLevel = 3,
}

/// <summary>One line of the log, published on the event stream.</summary>
public abstract class LogEvent : INoSerializationVerificationNeeded
{
    private protected LogEvent(Exception cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    public Exception Cause { get; }
    public DateTime Timestamp { get; } = DateTime.UtcNow;
    public Thread Thread { get; } = Thread.CurrentThread;
    public string LogSource { get; }
    public Type LogClass { get; }
    public object Message { get; }

    public abstract LogLevel LogLevel();

    public override string ToString()
    {
        var level = LogLevel().StringFor();
        var line = $"[{level}][{Timestamp:yyyy-MM-dd HH:mm:ss.fff}Z][Thread {Thread.ManagedThreadId:0000}][{LogSource}] {Message}";
        return Cause is null ? line : line + Environment.NewLine + "Cause: " + Cause;
    }
}

public class Debug : LogEvent
{
    public Debug(string logSource, Type logClass, object message) : this(null, logSource, logClass, message)
    {
    }

    public Debug(Exception cause, string logSource, Type logClass, object message) : base(cause, logSource, logClass, message)
    {
    }

    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}

public class Info : LogEvent
{
    public Info(string logSource, Type logClass, object message) : this(null, logSource, logClass, message)
    {
    }

    public Info(Exception cause, string logSource, Type logClass, object message) : base(cause, logSource, logClass, message)
    {
    }

    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;
}

public class Warning : LogEvent
{
    public Warning(string logSource, Type logClass, object message) : this(null, logSource, logClass, message)
    {
    }

    public Warning(Exception cause, string logSource, Type logClass, object message) : base(cause, logSource, logClass, message)
    {
    }

    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;
}

public class Error : LogEvent
{
    public Error(Exception cause, string logSource, Type logClass, object message) : base(cause, logSource, logClass, message)
    {
    }

    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;
}
