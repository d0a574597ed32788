namespace IrisSimulator.Sql.Tree;

/// <summary>A type as DDL writes it. Name is upper case with single blanks: "DOUBLE PRECISION", "VARCHAR".</summary>
/// <param name="Arguments">
/// Numbers as written, "MAX" for VARCHAR(MAX), "" for VARCHAR(''), element type and length of VECTOR,
/// configuration and source columns of EMBEDDING; empty without parentheses.
/// </param>
public sealed record DataType(string Name, IReadOnlyList<string> Arguments)
{
    /// <summary>"%Library.String(MAXLEN=20)": a data type class given by name, with its parameters.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ClassParameters { get; init; } = [];

    public int? Length => Arguments.Count > 0 && int.TryParse(Arguments[0], out var n) ? n : null;
    public int? Scale => Arguments.Count > 1 && int.TryParse(Arguments[1], out var n) ? n : null;
}

/// <summary>Collations of fields and the functions of the same names. MVR orders digits inside text as numbers.</summary>
public enum Collation { Exact, SqlString, SqlUpper, Upper, AlphaUp, Minus, Plus, Mvr, Space, String, Truncate }

/// <summary>%EXTERNAL, %INTERNAL, %ODBCIN, %ODBCOUT.</summary>
public enum ValueFormat { External, Internal, OdbcIn, OdbcOut }
