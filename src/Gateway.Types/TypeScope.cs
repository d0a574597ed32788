namespace Gateway.Types;

/// <summary>Whose types the code of this thread means, until it is disposed: those of one database, found along one search path.</summary>
/// <remarks>
/// A type's OID means something in its database only. The analyzer, the dialects and the engine's functions work for one
/// database at a time and from beginning to end on one thread, so each of them says so once, where it starts, instead of in
/// every call. It is a ref struct, so it cannot be held across an await.
/// </remarks>
public readonly ref struct TypeScope : IDisposable
{
    private static readonly IReadOnlyList<string> PublicPath = ["public"];

    [ThreadStatic]
    private static UserTypes? _types;

    [ThreadStatic]
    private static IReadOnlyList<string>? _path;

    private readonly UserTypes? _outerTypes;
    private readonly IReadOnlyList<string>? _outerPath;

    private TypeScope(UserTypes types, IReadOnlyList<string>? path)
    {
        (_outerTypes, _outerPath) = (_types, _path);
        (_types, _path) = (types, path ?? _path);
    }

    public static UserTypes Types => _types ?? UserTypes.Empty;

    public static IReadOnlyList<string> SearchPath => _path ?? PublicPath;

    /// <param name="path">null keeps that of the scope around.</param>
    public static TypeScope Enter(UserTypes types, IReadOnlyList<string>? path) => new(types, path);

    public void Dispose() => (_types, _path) = (_outerTypes, _outerPath);
}
