using IrisSimulator.Engine.Types;

namespace IrisSimulator.Engine.Execution;

/// <summary>A parameter's stored value with the type it brought along.</summary>
internal readonly record struct Argument(object? Value, IrisType Type);
