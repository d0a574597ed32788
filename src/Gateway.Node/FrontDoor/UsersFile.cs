using Gateway.Protocol.Sasl;

namespace Gateway.Node.FrontDoor;

/// <summary>SCRAM verifiers by user, from a file of lines <c>"name" "verifier or password"</c>, as PgBouncer reads them.</summary>
/// <remarks>Read again when the file has changed. A line that cannot be read is an error that names its number.</remarks>
public sealed class UsersFile
{
    private readonly string _path;
    private readonly Lock _lock = new();
    private Dictionary<string, ScramVerifier> _users = [];
    private DateTime _readAt = DateTime.MinValue;

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">A line cannot be read.</exception>
    public UsersFile(string path)
    {
        _path = path;
        if (!File.Exists(path)) throw new FileNotFoundException($"the users file {path} does not exist", path);
        Find("");
    }

    /// <summary>Null for an unknown user.</summary>
    public ScramVerifier? Find(string user)
    {
        lock (_lock)
        {
            var changed = File.GetLastWriteTimeUtc(_path);
            if (changed != _readAt)
            {
                _users = Read(File.ReadLines(_path));
                _readAt = changed;
            }

            return _users.GetValueOrDefault(user);
        }
    }

    public static Dictionary<string, ScramVerifier> Read(IEnumerable<string> lines)
    {
        var users = new Dictionary<string, ScramVerifier>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            var rest = line.AsSpan().Trim();
            if (rest.IsEmpty || rest[0] is ';' or '#') continue;
            if (Quoted(ref rest) is not { Length: > 0 } name || Quoted(ref rest) is not { } secret || !rest.IsEmpty)
                throw new FormatException($"users file, line {number}: expected \"name\" \"verifier\"");
            users[name] = ScramVerifier.TryParse(secret, out var verifier) ? verifier : ScramVerifier.Create(secret);
        }

        return users;
    }

    private static string? Quoted(ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] != '"') return null;
        var text = new System.Text.StringBuilder();
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] != '"')
            {
                text.Append(rest[i]);
            }
            else if (i + 1 < rest.Length && rest[i + 1] == '"')
            {
                text.Append('"');
                i++;
            }
            else
            {
                rest = rest[(i + 1)..].TrimStart();
                return text.ToString();
            }
        }

        return null;
    }
}
