using System.Collections;

namespace Gateway.Sql.Tests.Dialects.Sqlite;

/// <summary>An engine that has every function.</summary>
internal sealed class Everything : IReadOnlySet<string>
{
    public int Count => 0;

    public bool Contains(string item) => true;

    public IEnumerator<string> GetEnumerator() => Enumerable.Empty<string>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool IsProperSubsetOf(IEnumerable<string> other) => false;

    public bool IsProperSupersetOf(IEnumerable<string> other) => true;

    public bool IsSubsetOf(IEnumerable<string> other) => false;

    public bool IsSupersetOf(IEnumerable<string> other) => true;

    public bool Overlaps(IEnumerable<string> other) => true;

    public bool SetEquals(IEnumerable<string> other) => false;
}
