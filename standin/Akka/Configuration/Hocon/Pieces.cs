namespace Akka.Configuration.Hocon;

/// <summary>A value as written: pieces side by side, not yet put together.</summary>
internal sealed record Pieces(List<object> Items, int Line);

/// <summary>${path}.</summary>
internal sealed record Substitution(string Path, int Line);

/// <summary>A literal piece; only unquoted text may be null, and blanks between pieces count only within text.</summary>
internal sealed record Literal(string Text, bool Quoted, bool Blank = false);

/// <summary>Several values for one key, later ones over earlier ones.</summary>
internal sealed record Layers(List<Pieces> Values);
