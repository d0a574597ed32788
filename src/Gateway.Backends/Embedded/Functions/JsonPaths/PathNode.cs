using System.Text.Json;

namespace Gateway.Backends.Embedded.Functions.JsonPaths;

/// <summary>A node of a jsonpath expression (manual, section 9.16.2).</summary>
internal abstract record PathNode;

internal sealed record Root : PathNode;

internal sealed record Current : PathNode;

/// <summary><c>last</c> inside a subscript.</summary>
internal sealed record Last : PathNode;

internal sealed record Variable(string Name) : PathNode;

internal sealed record Constant(JsonElement Value) : PathNode;

/// <summary><c>.name</c>; null for <c>.*</c>.</summary>
internal sealed record Member(PathNode Of, string? Name) : PathNode;

/// <summary><c>.**{from to upto}</c>; null for last.</summary>
internal sealed record Descend(PathNode Of, int? From, int? UpTo) : PathNode;

/// <summary><c>[i, j to k]</c>; null for <c>[*]</c>.</summary>
internal sealed record Subscripts(PathNode Of, List<(PathNode From, PathNode? To)>? Ranges) : PathNode;

internal sealed record Filter(PathNode Of, PathNode Condition) : PathNode;

internal sealed record Method(PathNode Of, string Name) : PathNode;

internal sealed record Unary(char Operator, PathNode Operand) : PathNode;

internal sealed record Arithmetic(PathNode Left, char Operator, PathNode Right) : PathNode;

/// <summary>A condition: true, false or unknown.</summary>
internal abstract record Condition : PathNode;

internal sealed record Comparison(PathNode Left, string Operator, PathNode Right) : Condition;

internal sealed record Both(PathNode Left, PathNode Right) : Condition;

internal sealed record Either(PathNode Left, PathNode Right) : Condition;

internal sealed record Negation(PathNode Operand) : Condition;

internal sealed record IsUnknown(PathNode Operand) : Condition;

internal sealed record Exists(PathNode Operand) : Condition;

internal sealed record StartsWith(PathNode Operand, PathNode Prefix) : Condition;

internal sealed record LikeRegex(PathNode Operand, RegularExpression Regex) : Condition;

internal sealed record JsonPath(bool Strict, PathNode Body);
