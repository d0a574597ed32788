namespace Gateway.Sql.Dialects.Iris;

/// <summary>What is known about the server before a statement is written for it.</summary>
/// <param name="Version">The server's version, 2025.1 for instance.</param>
/// <param name="ExactComparison">Strings that the server compares without case are compared exactly all the same.</param>
/// <remarks>The versions are those of the reference of IRIS SQL; where it is not sure, the later one.</remarks>
public sealed record IrisOptions(Version Version, bool ExactComparison)
{
    /// <summary>The session's TimeZone is UTC, so that the fields of a timestamptz are those of the timestamp it is kept in.</summary>
    public bool SessionIsUtc { get; init; }

    /// <summary>Texts are ordered here: IRIS compares UTF-16 units, which puts what is beyond U+FFFF elsewhere than PostgreSQL.</summary>
    public bool ExactTextOrder { get; init; }

    /// <summary>LIMIT, OFFSET and FETCH behind a query. TOP is always there.</summary>
    public bool HasLimit => From(2025, 1);

    /// <summary>INTERSECT and EXCEPT, without ALL.</summary>
    public bool HasIntersect => From(2025, 1);

    public bool HasLateral => From(2025, 1);

    public bool HasDateTrunc => From(2025, 1);

    public bool HasVector => From(2024, 1);

    /// <summary>CREATE and DROP SCHEMA; before, a schema comes and goes with its tables.</summary>
    public bool HasCreateSchema => From(2023, 1);

    public bool HasHnsw => From(2025, 1);

    /// <summary>CANCEL QUERY, which stops the statement of another process.</summary>
    public bool HasCancelQuery => From(2025, 1);

    private bool From(int year, int release) => Version >= new Version(year, release);
}
