using System.Globalization;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>What pgvector's index methods, hnsw and ivfflat, accept. This engine keeps such an index in the metadata only.</summary>
/// <remarks>Operator classes, ranges and errors after pgvector 0.8. An index of theirs may change the speed of an answer, and this engine's answers are exact.</remarks>
internal static class VectorIndex
{
    private static readonly (string Method, string Name, int Least, int Most)[] Ranges =
    [
        ("hnsw", "m", 2, 100), ("hnsw", "ef_construction", 4, 1000), ("ivfflat", "lists", 1, 32768),
    ];

    private static readonly (string Name, uint Type, bool OnlyHnsw)[] Classes =
    [
        ("vector_l2_ops", Oids.Vector, false), ("vector_ip_ops", Oids.Vector, false), ("vector_cosine_ops", Oids.Vector, false), ("vector_l1_ops", Oids.Vector, true),
        ("halfvec_l2_ops", Oids.Halfvec, false), ("halfvec_ip_ops", Oids.Halfvec, false), ("halfvec_cosine_ops", Oids.Halfvec, false), ("halfvec_l1_ops", Oids.Halfvec, true),
        ("bit_hamming_ops", Oids.Bit, false), ("bit_jaccard_ops", Oids.Bit, true),
        ("sparsevec_l2_ops", Oids.Sparsevec, true), ("sparsevec_ip_ops", Oids.Sparsevec, true), ("sparsevec_cosine_ops", Oids.Sparsevec, true), ("sparsevec_l1_ops", Oids.Sparsevec, true),
    ];

    public static bool Is(string method) => method is "hnsw" or "ivfflat";

    /// <summary>The options as written, <c>m=16, ef_construction=64</c>; null for none.</summary>
    public static string? Options(CreateIndex create) =>
        create.Options.IsDefaultOrEmpty ? null : string.Join(", ", create.Options.Select(option => $"{option.Name}={option.Value}"));

    public static string OperatorClass(CreateIndex create) => create.Elements[0].OperatorClass?.Last ?? "vector_l2_ops";

    /// <param name="type">Of the indexed column or expression.</param>
    /// <exception cref="PgException">What pgvector refuses, in its words.</exception>
    public static void Check(CreateIndex create, TypeRef type)
    {
        var method = create.Method;
        if (create.Unique) throw Lacks("unique indexes");
        if (!create.Include.IsDefaultOrEmpty) throw Lacks("included columns");
        if (create.Elements.Length > 1) throw Lacks("multicolumn indexes");
        var element = create.Elements[0];
        if (element.Descending) throw Lacks("ASC/DESC options");
        if (element.Nulls != NullsOrder.Default) throw Lacks("NULLS FIRST/LAST options");
        CheckOperators(method, element.OperatorClass?.Last, type);
        CheckOptions(create);
        if (type.Typmod == -1) throw Invalid("column does not have dimensions");
        var most = type.Oid switch { Oids.Vector => 2000, Oids.Halfvec => 4000, Oids.Bit => 64000, _ => int.MaxValue };
        if (type.Typmod > most)
            throw new PgException(SqlStates.ProgramLimitExceeded, $"column cannot have more than {most} dimensions for {method} index");

        PgException Lacks(string what) => PgException.Unsupported($"access method \"{method}\" does not support {what}");
    }

    private static void CheckOperators(string method, string? operators, TypeRef type)
    {
        var name = TypeNames.Format(type.Oid);
        if (operators is null && (method == "hnsw" || type.Oid != Oids.Vector))
            throw new PgException(SqlStates.UndefinedObject, $"data type {name} has no default operator class for access method \"{method}\"")
            {
                Hint = "You must specify an operator class for the index or define a default operator class for the data type.",
            };
        var accepts = Oids.Vector;
        if (operators is not null)
        {
            var known = Array.Find(Classes, known => known.Name == operators);
            if (known.Name is null || (known.OnlyHnsw && method != "hnsw"))
                throw new PgException(SqlStates.UndefinedObject, $"operator class \"{operators}\" does not exist for access method \"{method}\"");
            accepts = known.Type;
        }

        if (type.Oid != accepts)
            throw new PgException(SqlStates.DatatypeMismatch, $"operator class \"{operators}\" does not accept data type {name}");
    }

    private static void CheckOptions(CreateIndex create)
    {
        int m = 16, construction = 64;
        foreach (var option in create.Options)
        {
            var range = Array.Find(Ranges, range => range.Method == create.Method && range.Name == option.Name);
            if (range.Name is null) throw Invalid($"unrecognized parameter \"{option.Name}\"");
            if (!int.TryParse(option.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
                throw Invalid($"invalid value for integer option \"{option.Name}\": {option.Value}");
            if (value < range.Least || value > range.Most)
                throw new PgException(SqlStates.InvalidParameterValue, $"value {value} out of bounds for option \"{option.Name}\"")
                {
                    Detail = $"Valid values are between \"{range.Least}\" and \"{range.Most}\".",
                };
            if (option.Name == "m") m = value;
            if (option.Name == "ef_construction") construction = value;
        }

        if (create.Method == "hnsw" && construction < 2 * m) throw Invalid("ef_construction must be greater than or equal to 2 * m");
    }

    private static PgException Invalid(string message) => new(SqlStates.InvalidParameterValue, message);
}
