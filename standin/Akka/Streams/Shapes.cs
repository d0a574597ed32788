namespace Akka.Streams;

/// <summary>How many ways lead in and out of a stream part.</summary>
public abstract class Shape;

public sealed class SourceShape<TOut> : Shape
{
    internal static readonly SourceShape<TOut> Instance = new();
}

public sealed class FlowShape<TIn, TOut> : Shape
{
    internal static readonly FlowShape<TIn, TOut> Instance = new();
}

public sealed class SinkShape<TIn> : Shape
{
    internal static readonly SinkShape<TIn> Instance = new();
}

public sealed class ClosedShape : Shape
{
    public static readonly ClosedShape Instance = new();
}

/// <summary>A stream part: a recipe that can be run many times.</summary>
public interface IGraph<out TShape> where TShape : Shape
{
    TShape Shape { get; }
}

/// <summary>A stream part that gives something back when it is run.</summary>
public interface IGraph<out TShape, out TMaterialized> : IGraph<TShape> where TShape : Shape;
