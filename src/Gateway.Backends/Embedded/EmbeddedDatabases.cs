using System.Text;
using Gateway.Types;

namespace Gateway.Backends.Embedded;

/// <summary>A directory of databases: <c>name.db</c> each, with its write-ahead log beside it.</summary>
public sealed class EmbeddedDatabases : IDatabases, IDisposable
{
    private const string Extension = ".db";

    private readonly EmbeddedOptions _options;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, EmbeddedDatabase?> _databases = new(StringComparer.Ordinal);

    static EmbeddedDatabases() => SQLitePCL.Batteries_V2.Init();

    public EmbeddedDatabases(EmbeddedOptions options)
    {
        _options = options;
        Directory.CreateDirectory(options.DataDirectory);
        foreach (var file in Directory.EnumerateFiles(options.DataDirectory, "*" + Extension))
            if (NameOf(Path.GetFileNameWithoutExtension(file)) is { } name) _databases.Add(name, null);
    }

    public IReadOnlyList<string> Names
    {
        get { lock (_lock) return [.. _databases.Keys.Order(StringComparer.Ordinal)]; }
    }

    ServedDatabase? IDatabases.Find(string name) => Find(name) is { } database ? new ServedDatabase(database, _options.Route) : null;

    /// <summary>Nothing has changed in one that nobody has opened yet.</summary>
    public Gateway.Catalog.RowChanges ChangedIn(string name)
    {
        lock (_lock) return _databases.GetValueOrDefault(name)?.Statistics.Sum ?? default;
    }

    public EmbeddedDatabase? Find(string name)
    {
        lock (_lock)
        {
            if (!_databases.TryGetValue(name, out var database)) return null;
            return database ?? (_databases[name] = new EmbeddedDatabase(name, PathOf(name), _options));
        }
    }

    public void Create(string name)
    {
        if (name.Length == 0 || name.Contains('\0'))
            throw new PgException(SqlStates.InvalidName, $"invalid database name: \"{name}\"");
        if (Encoding.UTF8.GetByteCount(name) > 63)
            throw new PgException(SqlStates.InvalidName, $"database name \"{name}\" is too long");
        lock (_lock)
        {
            if (_databases.ContainsKey(name))
                throw new PgException(SqlStates.DuplicateDatabase, $"database \"{name}\" already exists");
            _databases.Add(name, new EmbeddedDatabase(name, PathOf(name), _options));
        }
    }

    public void Drop(string name)
    {
        lock (_lock)
        {
            if (!_databases.TryGetValue(name, out var database))
                throw new PgException(SqlStates.InvalidCatalogName, $"database \"{name}\" does not exist");
            if (database is not null && !database.TryClose())
            {
                var count = database.OpenConnections;
                throw new PgException(SqlStates.ObjectInUse, $"database \"{name}\" is being accessed by other users")
                {
                    Detail = count == 1
                        ? "There is 1 other session using the database."
                        : $"There are {count} other sessions using the database.",
                };
            }

            _databases.Remove(name);
            foreach (var suffix in (ReadOnlySpan<string>)["-wal", "-shm", ""])
                File.Delete(PathOf(name) + suffix);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var database in _databases.Values) database?.Dispose();
            _databases.Clear();
        }
    }

    private string PathOf(string name) => Path.Combine(_options.DataDirectory, FileNameOf(name) + Extension);

    /// <summary>Lower-case letters, digits and _ stand for themselves, every other byte is %XX: safe where case is ignored too.</summary>
    internal static string FileNameOf(string name)
    {
        var file = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(name))
            if (b is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_') file.Append((char)b);
            else file.Append('%').Append(b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        return file.Length > 200 ? throw new PgException(SqlStates.InvalidName, $"database name \"{name}\" is too long") : file.ToString();
    }

    private static string? NameOf(string file)
    {
        var name = Uri.UnescapeDataString(file);
        return FileNameOf(name) == file ? name : null;
    }
}
