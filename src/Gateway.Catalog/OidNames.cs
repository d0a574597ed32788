using System.Globalization;
using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Types;
using TypeNames = Gateway.Types.TypeNames;

namespace Gateway.Catalog;

/// <summary>regproc, regprocedure, regoper, regoperator, regclass, regtype, regnamespace and regrole, from names and to names.</summary>
public sealed class OidNames(Func<SchemaSnapshot> schema, Func<IReadOnlyList<string>> path, Func<string> user) : IOidNames
{
    private static readonly IReadOnlyList<string> PublicPath = ["public"];

    // pg_proc has more functions than statements may call: those that read and write types.
    private static readonly Lazy<FunctionRow[]> Functions = new(() => [.. CatalogData.Read("pg_proc").Select(FunctionRow.Of)]);

    private static readonly Lazy<Dictionary<uint, FunctionRow>> FunctionsByOid = new(() => Functions.Value.ToDictionary(function => function.Oid));

    private static readonly Lazy<ILookup<string, FunctionRow>> FunctionsByName = new(() =>
        Functions.Value.Where(function => function.Namespace is SystemCatalog.CatalogNamespace or SystemCatalog.PublicNamespace).ToLookup(function => function.Name));

    private static readonly Lazy<Dictionary<uint, OperatorInfo>> Operators = new(() => Sql.Analysis.Catalog.AllOperators.ToDictionary(op => op.Oid));

    /// <summary>The catalogs as the session sees them now.</summary>
    public CatalogImage Image => CatalogImage.Of(schema());

    public IReadOnlyList<string> Path => path();

    public Definitions Definitions => new(Image, this);

    /// <summary>PostgreSQL's own objects only.</summary>
    public static OidNames BuiltIn { get; } = new(() => SchemaSnapshot.Empty, () => PublicPath, () => "postgres");

    public string? NameOf(uint type, uint oid) => type switch
    {
        Oids.RegProc => FunctionsByOid.Value.GetValueOrDefault(oid) is { } function ? FunctionName(function) : null,
        Oids.RegProcedure => FunctionsByOid.Value.GetValueOrDefault(oid) is { } function ? Signature(function) : null,
        Oids.RegOper => Operators.Value.GetValueOrDefault(oid) is { } op ? OperatorName(op) : null,
        Oids.RegOperator => Operators.Value.GetValueOrDefault(oid) is { } op ? $"{op.Name}({Operand(op.Left)},{Operand(op.Right)})" : null,
        Oids.RegClass => RelationName(oid),
        Oids.RegType => PgTypes.Find(oid) is null ? null : TypeNames.Format(oid),
        Oids.RegNamespace => Schemas().FirstOrDefault(name => SystemCatalog.NamespaceOid(name, schema()) == oid) is { } name ? Identifiers.Quote(name) : null,
        Oids.RegRole => oid == SystemCatalog.Owner ? Identifiers.Quote(user()) : SystemCatalog.RoleName(oid),
        Oids.RegConfig => NameIn("pg_ts_config", oid),
        Oids.RegDictionary => NameIn("pg_ts_dict", oid),
        Oids.RegCollation => NameIn("pg_collation", oid),
        _ => null,
    };

    private string? NameIn(string catalog, uint oid)
    {
        var rows = Image.Rows(SystemCatalog.Table(catalog), null);
        return rows.Find(0, oid) is { Length: 1 } found ? Identifiers.Quote(rows.Value(found.Span[0], 1).Text) : null;
    }

    private uint FindIn(string catalog, string text, string missing)
    {
        var (qualifier, name) = Split(text);
        var rows = Image.Rows(SystemCatalog.Table(catalog), null);
        return qualifier is null or SystemCatalog.Schema && rows.Find(1, name) is { Length: > 0 } found
            ? (uint)rows.Value(found.Span[0], 0).Int64
            : throw new PgException(SqlStates.UndefinedObject, string.Format(CultureInfo.InvariantCulture, missing, text));
    }

    public uint Find(uint type, string name)
    {
        if (name == "-" && RegCodec.Zero(type) == "-") return 0;
        if (uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var oid)) return oid;
        return type switch
        {
            Oids.RegProc => OneFunction(name),
            Oids.RegProcedure => FunctionWith(name),
            Oids.RegOper => OneOperator(name),
            Oids.RegOperator => OperatorWith(name),
            Oids.RegClass => Relation(name),
            Oids.RegType => Type(name),
            Oids.RegNamespace => Namespace(name),
            Oids.RegRole => Role(name),
            Oids.RegConfig => FindIn("pg_ts_config", name, "text search configuration \"{0}\" does not exist"),
            Oids.RegDictionary => FindIn("pg_ts_dict", name, "text search dictionary \"{0}\" does not exist"),
            Oids.RegCollation => FindIn("pg_collation", name, "collation \"{0}\" for encoding \"UTF8\" does not exist"),
            _ => throw PgException.Unsupported($"a name of type {TypeNames.Format(type)} is not supported"),
        };
    }

    // A name that means several functions, or none on the path, is printed with its schema.
    private static string FunctionName(FunctionRow function) =>
        (FunctionsByName.Value[function.Name].Count() == 1 ? "" : "pg_catalog.") + Identifiers.Quote(function.Name);

    private static string Signature(FunctionRow function) =>
        $"{Identifiers.Quote(function.Name)}({string.Join(',', function.Arguments.Select(type => TypeNames.Format(type)))})";

    private static string OperatorName(OperatorInfo op) =>
        (Sql.Analysis.Catalog.Operators(op.Name).Length == 1 ? "" : "pg_catalog.") + op.Name;

    private static string Operand(uint type) => type == 0 ? "NONE" : TypeNames.Format(type);

    private static uint OneFunction(string text)
    {
        var (qualifier, name) = Split(text);
        FunctionRow[] found = qualifier is null or "pg_catalog" ? [.. FunctionsByName.Value[name]] : [];
        return found.Length switch
        {
            1 => found[0].Oid,
            0 => throw new PgException(SqlStates.UndefinedFunction, $"function \"{text}\" does not exist"),
            _ => throw new PgException("42725", $"more than one function named \"{text}\""),
        };
    }

    private static uint FunctionWith(string text)
    {
        var (head, types) = Arguments(text, noneAllowed: false);
        var (qualifier, name) = Split(head);
        foreach (var function in qualifier is null or "pg_catalog" ? FunctionsByName.Value[name] : [])
            if (function.Arguments.SequenceEqual(types)) return function.Oid;
        throw new PgException(SqlStates.UndefinedFunction, $"function \"{text}\" does not exist");
    }

    private static uint OneOperator(string text)
    {
        var found = Sql.Analysis.Catalog.Operators(OperatorOf(text));
        return found.Length switch
        {
            1 => found[0].Oid,
            0 => throw new PgException(SqlStates.UndefinedFunction, $"operator does not exist: {text}"),
            _ => throw new PgException("42725", $"more than one operator named {text}"),
        };
    }

    private static uint OperatorWith(string text)
    {
        var (head, types) = Arguments(text, noneAllowed: true);
        if (types.Count == 1)
            throw new PgException("42P02", "missing argument") { Hint = "Use NONE to denote the missing argument of a unary operator." };
        if (types.Count != 2)
            throw new PgException("54023", "too many arguments") { Hint = "Provide two argument types for operator." };
        foreach (var op in Sql.Analysis.Catalog.Operators(OperatorOf(head)))
            if (op.Left == types[0] && op.Right == types[1]) return op.Oid;
        throw new PgException(SqlStates.UndefinedFunction, $"operator does not exist: {text}");
    }

    private static string OperatorOf(string text)
    {
        const string Prefix = "pg_catalog.";
        text = text.Trim();
        return text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
    }

    /// <summary><c>name(type, type)</c> taken apart.</summary>
    private static (string Name, List<uint> Types) Arguments(string text, bool noneAllowed)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0) throw new PgException(SqlStates.InvalidTextRepresentation, "expected a left parenthesis");
        if (!text.TrimEnd().EndsWith(')')) throw new PgException(SqlStates.InvalidTextRepresentation, "expected a right parenthesis");
        var types = new List<uint>();
        var depth = 0;
        var from = open + 1;
        var end = text.LastIndexOf(')');
        for (var i = from; i <= end; i++)
        {
            if (text[i] == '(') depth++;
            if (text[i] == ')' && i < end) depth--;
            if (i < end && (text[i] != ',' || depth > 0)) continue;
            var type = text[from..i].Trim();
            from = i + 1;
            if (type.Length == 0 && i == end && types.Count == 0) break;
            types.Add(noneAllowed && type.Equals("none", StringComparison.OrdinalIgnoreCase) ? 0 : Type(type));
        }

        return (text[..open], types);
    }

    private static uint Type(string text) =>
        TypeNames.Find(text)?.Oid ?? throw new PgException(
            SqlStates.UndefinedObject, $"type \"{(text.Contains('"', StringComparison.Ordinal) ? string.Join('.', Identifiers.Split(text)) : text)}\" does not exist");

    private uint Namespace(string text)
    {
        var parts = Identifiers.Split(text);
        var known = schema();
        return parts.Length == 1 && Schemas().Contains(parts[0])
            ? SystemCatalog.NamespaceOid(parts[0], known)
            : throw new PgException(SqlStates.InvalidSchemaName, $"schema \"{string.Join('.', parts)}\" does not exist");
    }

    private uint Role(string text)
    {
        var parts = Identifiers.Split(text);
        return parts.Length == 1 && parts[0] == user()
            ? SystemCatalog.Owner
            : throw new PgException(SqlStates.UndefinedObject, $"role \"{string.Join('.', parts)}\" does not exist");
    }

    private IEnumerable<string> Schemas() => schema().Schemas.Concat(["pg_catalog", "public", "information_schema"]);

    private uint Relation(string text)
    {
        var (qualifier, name) = Split(text);
        var known = schema();
        if (known.Resolve(qualifier, name, path()) is { } relation) return relation.Oid;
        foreach (var candidate in qualifier is null ? path() : [qualifier])
            foreach (var table in known.Relations)
                if (table.Schema == candidate)
                    foreach (var index in table.Indexes)
                        if (index.Name == name) return index.Oid;
        throw new PgException(SqlStates.UndefinedTable, $"relation \"{(qualifier is null ? name : $"{qualifier}.{name}")}\" does not exist");
    }

    private string? RelationName(uint oid)
    {
        if (Image.Find(oid) is not { Constraint: null } found) return null;
        var name = found.Index?.Name ?? found.Relation.Name;
        var known = schema();
        var visible = found.Relation.Temporary || found.Relation.Schema == SystemCatalog.Schema
            || (found.Index is null ? known.Resolve(null, name, path())?.Oid == oid : path().Contains(found.Relation.Schema));
        return visible ? Identifiers.Quote(name) : $"{Identifiers.Quote(found.Relation.Schema)}.{Identifiers.Quote(name)}";
    }

    public bool HasSchema(string name) => Schemas().Contains(name);

    /// <summary>Whether the relation's bare name means it; null when there is none.</summary>
    public bool? IsVisible(uint oid) => RelationName(oid) is { } name ? Identifiers.Split(name).Length == 1 : null;

    /// <summary>COMMENT ON an object of a catalog, or on a relation's column.</summary>
    public string? Comment(uint oid, uint catalog, long column = 0)
    {
        var rows = Image.Rows(SystemCatalog.Description, null);
        foreach (var row in rows.Find(0, oid).Span)
            if (rows.Value(row, 2).Int64 == column && (catalog == 0 || rows.Value(row, 1).Int64 == catalog)) return rows.Value(row, 3).Text;
        return null;
    }

    private static (string? Qualifier, string Name) Split(string text)
    {
        var parts = Identifiers.Split(text);
        return (parts.Length > 1 ? parts[^2] : null, parts[^1]);
    }

    private sealed record FunctionRow(uint Oid, string Name, uint Namespace, uint[] Arguments)
    {
        private static readonly int ArgumentTypes = SystemCatalog.Describe(SystemCatalog.Schema, "pg_proc").FindColumn("proargtypes")!.Number - 1;

        public static FunctionRow Of(string?[] fields) => new(
            Number(fields[0]!),
            fields[1]!,
            Number(fields[2]!),
            [.. fields[ArgumentTypes]!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number)]);

        private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);
    }
}
