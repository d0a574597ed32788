namespace Akka.Event;

/// <summary>The way from code to the log.</summary>
public interface ILoggingAdapter
{
    ILogMessageFormatter Formatter { get; }
    bool IsDebugEnabled { get; }
    bool IsInfoEnabled { get; }
    bool IsWarningEnabled { get; }
    bool IsErrorEnabled { get; }
    bool IsEnabled(LogLevel logLevel);
    void Log(LogLevel logLevel, Exception cause, string format);
    void Log(LogLevel logLevel, Exception cause, LogMessage message);
}

/// <summary>Publishes what the level lets through on a bus.</summary>
public sealed class BusLogging(LoggingBus bus, string logSource, Type logClass, ILogMessageFormatter logMessageFormatter) : ILoggingAdapter
{
    public LoggingBus Bus => bus;
    public string LogSource => logSource;
    public Type LogClass => logClass;
    public ILogMessageFormatter Formatter => logMessageFormatter;
    public bool IsDebugEnabled => IsEnabled(LogLevel.DebugLevel);
    public bool IsInfoEnabled => IsEnabled(LogLevel.InfoLevel);
    public bool IsWarningEnabled => IsEnabled(LogLevel.WarningLevel);
    public bool IsErrorEnabled => IsEnabled(LogLevel.ErrorLevel);
    public bool IsEnabled(LogLevel logLevel) => bus.LogLevel <= logLevel;
    public void Log(LogLevel logLevel, Exception cause, string format) => Publish(logLevel, cause, format);
    public void Log(LogLevel logLevel, Exception cause, LogMessage message) => Publish(logLevel, cause, message);

    private void Publish(LogLevel logLevel, Exception cause, object message)
    {
        if (!IsEnabled(logLevel)) return;
        bus.Publish(logLevel switch
        {
            LogLevel.DebugLevel => new Debug(cause, logSource, logClass, message),
            LogLevel.InfoLevel => new Info(cause, logSource, logClass, message),
            LogLevel.WarningLevel => new Warning(cause, logSource, logClass, message),
            _ => new Error(cause, logSource, logClass, message),
        });
    }
}

/// <summary>Logs nothing.</summary>
public sealed class NoLogger : ILoggingAdapter
{
    public static readonly ILoggingAdapter Instance = new NoLogger();

    private NoLogger()
    {
    }

    public ILogMessageFormatter Formatter => SemanticLogMessageFormatter.Instance;
    public bool IsDebugEnabled => false;
    public bool IsInfoEnabled => false;
    public bool IsWarningEnabled => false;
    public bool IsErrorEnabled => false;
    public bool IsEnabled(LogLevel logLevel) => false;

    public void Log(LogLevel logLevel, Exception cause, string format)
    {
    }

    public void Log(LogLevel logLevel, Exception cause, LogMessage message)
    {
    }
}
