using Akka.Actor;
using Akka.Configuration;

namespace Akka.Event;

/// <summary>Getting loggers, and naming levels.</summary>
public static class Logging
{
    // Above every level, so that nothing passes.
    private const LogLevel Off = (LogLevel)int.MaxValue;

    public static ILoggingAdapter GetLogger(this IActorContext context, ILogMessageFormatter logMessageFormatter = null) =>
        new BusLogging(context.System.EventStream, context.Self.Path.ToString(), context.Props.Type,
            logMessageFormatter ?? SemanticLogMessageFormatter.Instance);

    public static ILoggingAdapter GetLogger(ActorSystem system, object logSourceObj, ILogMessageFormatter logMessageFormatter = null) =>
        GetLogger(system.EventStream, logSourceObj, logMessageFormatter);

    public static ILoggingAdapter GetLogger(LoggingBus loggingBus, object logSourceObj, ILogMessageFormatter logMessageFormatter = null) =>
        new BusLogging(loggingBus, logSourceObj switch
        {
            string text => text,
            Type type => type.Name,
            IActorRef actor => actor.Path.ToString(),
            _ => logSourceObj.GetType().Name,
        }, logSourceObj as Type ?? logSourceObj.GetType(), logMessageFormatter ?? SemanticLogMessageFormatter.Instance);

    public static string StringFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => "DEBUG",
        LogLevel.InfoLevel => "INFO",
        LogLevel.WarningLevel => "WARNING",
        LogLevel.ErrorLevel => "ERROR",
        _ => throw new ArgumentException($"Unknown LogLevel [{logLevel}]", nameof(logLevel)),
    };

    public static Type ClassFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => typeof(Debug),
        LogLevel.InfoLevel => typeof(Info),
        LogLevel.WarningLevel => typeof(Warning),
        LogLevel.ErrorLevel => typeof(Error),
        _ => throw new ArgumentException($"Unknown LogLevel [{logLevel}]", nameof(logLevel)),
    };

    public static LogLevel LogLevelFor(string logLevel) => logLevel?.ToUpperInvariant() switch
    {
        "DEBUG" => LogLevel.DebugLevel,
        "INFO" => LogLevel.InfoLevel,
        "WARNING" => LogLevel.WarningLevel,
        "ERROR" => LogLevel.ErrorLevel,
        "OFF" => Off,
        _ => throw new ArgumentException($"Unknown LogLevel: \"{logLevel}\". Valid values are: \"DEBUG\", \"INFO\", \"WARNING\", \"ERROR\", \"OFF\"", nameof(logLevel)),
    };

    /// <summary>Starts the loggers of akka.loggers and subscribes each to the levels it shall hear.</summary>
    internal static void StartLoggers(ActorSystemImpl system, Func<(Props, string), IActorRef> start)
    {
        var number = 0;
        foreach (var name in system.Settings.Loggers ?? [])
        {
            var type = Type.GetType(name) ?? Type.GetType(name.Split(',')[0].Trim())
                ?? throw new ConfigurationException($"Logger specified in config cannot be found: \"{name}\"");
            var logger = start((Props.Create(type), $"log{++number}-{type.Name}"));
            foreach (var level in Enum.GetValues<LogLevel>())
                if (level >= system.EventStream.LogLevel) system.EventStream.Subscribe(logger, level.ClassFor());
            logger.Tell(new InitializeLogger(system.EventStream), system.DeadLetters);
        }
        if (system.Settings.LogDeadLetters > 0)
            system.EventStream.Subscribe(start((Props.Create(() => new DeadLetterListener()), "deadLetterListener")), typeof(DeadLetter));
        if (system.Settings.Config.GetBoolean("akka.log-config-on-start")) system.Log.Info(system.Settings.ToString());
    }
}
