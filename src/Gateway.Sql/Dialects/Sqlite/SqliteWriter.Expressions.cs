using System.Globalization;
using System.Text;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

internal sealed partial class SqliteWriter
{
    public string Expression(Expr expression)
    {
        var sql = Written(expression);
        return Orderings.IsText(expression.Type.Oid) ? Orderings.Plain(sql) : sql;
    }

    private string Written(Expr expression)
    {
        if (_scope?.Computed?.Invoke(expression) is { } computed) return computed;
        switch (expression)
        {
            case NullLiteral:
                return "NULL";
            case BooleanLiteral e:
                return e.Value ? "1" : "0";
            case NumberLiteral e:
                return Number(e.Text, e.Type.Oid);
            case StringLiteral e:
                return Literal(e.Value, e.Type.Oid == Oids.Unknown || !e.Type.IsKnown ? new TypeRef(Oids.Text) : e.Type, CastKind.Implicit, e.Position);
            case BitLiteral e:
                return SqliteLiterals.Text(e.Hex
                    ? string.Concat(e.Digits.Select(d => System.Convert.ToString(System.Convert.ToInt32(d.ToString(), 16), 2).PadLeft(4, '0')))
                    : e.Digits);
            case Parameter e when _inputs is not null:
                return Marker(new Input(InputKind.Parameter, e.Number, new TypeRef(e.Type.Oid)));
            case InputRef e:
                return Marker(e.Input);
            case Parameter e:
                MaxParameter = Math.Max(MaxParameter, e.Number);
                return string.Create(CultureInfo.InvariantCulture, $"?{e.Number}");
            case ColumnRef e:
                return Column(e);
            case Subscript e:
                return Subscripted(e);
            case UnaryOp { Operator.Symbol: "-", Operand: NumberLiteral number } e when number.Text[0] != '-' && e.Type.Oid is Oids.Int4 or Oids.Int8 or Oids.Int2 or Oids.Numeric:
                return SqliteLiterals.Fold("-" + number.Text, e.Type.Oid)!;
            case UnaryOp e:
                return Operator(e.Resolved, e.Operator, [Expression(e.Operand)], [e.Operand.Type.Oid]);
            case BinaryOp e:
                return Binary(e);
            case And e:
                return $"({Expression(e.Left)} AND {Expression(e.Right)})";
            case Or e:
                return $"({Expression(e.Left)} OR {Expression(e.Right)})";
            case Not e:
                return $"(NOT {Expression(e.Operand)})";
            case IsNull { Operand: RowConstructor row } e:
                return "(" + string.Join(" AND ", row.Items.Select(i => $"{Expression(i)} IS {(e.Negated ? "NOT " : "")}NULL")) + ")";
            case IsNull e:
                return $"({Expression(e.Operand)} IS {(e.Negated ? "NOT " : "")}NULL)";
            case IsTruth { Value: Truth.Unknown } e:
                return $"({Expression(e.Operand)} IS {(e.Negated ? "NOT " : "")}NULL)";
            case IsTruth e:
                return $"({Expression(e.Operand)} IS {(e.Negated ? "NOT " : "")}{(e.Value == Truth.True ? "TRUE" : "FALSE")})";
            case IsDistinctFrom e:
                return $"({Keyed(e.Left)} IS {(e.Negated ? "" : "NOT ")}{Keyed(e.Right)})";
            case Like e:
                return Like(e);
            case Between e:
                return Between(e);
            case InList e:
                return $"({Sought(e.Operand)} {(e.Negated ? "NOT " : "")}IN ({string.Join(", ", e.Items.Select(Sought))}))";
            case InSubquery e:
                return $"({Sought(e.Operand)} {(e.Negated ? "NOT " : "")}IN ({KeyedQuery(e.Query)}))";
            case Exists e:
                return $"EXISTS ({Query(e.Query, null)})";
            case ScalarSubquery e:
                return Scalar(e.Query);
            case ArraySubquery e:
                var element = Types(e.Query)[0];
                return $"(SELECT coalesce(pg_array_agg(\"v\", {element}), pg_array({element})) FROM ({Query(e.Query, ["v"])}))";
            case Quantified e:
                return Quantified(e);
            case Case e:
                return Case(e);
            case Coalesce { Arguments.Length: 1 } e:
                return Expression(e.Arguments[0]);
            case Coalesce e:
                return $"coalesce({List(e.Arguments)})";
            case NullIf e:
                return Orderings.Of(e.Left.Type.Oid) == Ordering.Native && Orderings.Of(e.Right.Type.Oid) == Ordering.Native
                    ? $"nullif({Expression(e.Left)}, {Expression(e.Right)})"
                    : $"CASE WHEN {Keyed(e.Left)} = {Keyed(e.Right)} THEN NULL ELSE {Expression(e.Left)} END";
            case MinMax e:
                RequireOrder(e.Type.Oid, e.Greatest ? "GREATEST" : "LEAST");
                return $"pg_{(e.Greatest ? "greatest" : "least")}({e.Type.Oid}, {List(e.Arguments)})";
            case FunctionCall e:
                return _setReturning.TryGetValue(e, out var columns) ? Record(e, columns) : Call(e);
            case Cast e:
                return Cast(e);
            case Collate e:
                return e.Collation.Last is "C" or "POSIX" or "default" or "ucs_basic"
                    ? Expression(e.Operand)
                    : throw Unsupported($"collation \"{e.Collation.Last}\"");
            case ArrayConstructor e:
                return Array(e);
            case RowConstructor e:
                return WhenPresent(e, $"pg_row({string.Join(", ", e.Items.Select(i => $"{Expression(i)}, {i.Type.Oid}"))})");
            case SqlValue e:
                return e.Precision is { } precision
                    ? $"pg_{SqliteFunctions.Values[e.Name]}({precision})"
                    : $"pg_{SqliteFunctions.Values[e.Name]}()";
            case DefaultValue:
                throw Unsupported("DEFAULT in this place");
            case CurrentOf:
                throw Unsupported("WHERE CURRENT OF");
            case FieldAccess { Operand: FunctionCall { Resolved: { } function } call } e when _setReturning.TryGetValue(call, out var fields):
                return fields[function.OutNames.IndexOf(e.Field)];
            case FieldAccess e:
                return FieldOf(e);
            default:
                throw Unsupported(expression.GetType().Name);
        }
    }

    private string List(IEnumerable<Expr> items) => string.Join(", ", items.Select(Expression));

    private static string Number(string text, uint type) => type switch
    {
        Oids.Int2 or Oids.Int4 or Oids.Int8 or Oids.Oid when text.All(char.IsAsciiDigit) => text.TrimStart('0') is { Length: > 0 } digits ? digits : "0",
        0 => text,
        _ => SqliteLiterals.Fold(text, type) ?? throw Unsupported($"a number literal of type {TypeText(type)}"),
    };

    private string Literal(string text, TypeRef type, CastKind kind, int position)
    {
        if (type.Oid is Oids.Text or Oids.Unknown) return SqliteLiterals.Text(text);
        if (IsReg(type.Oid)) return Call($"{RegName(type.Oid)}in", [SqliteLiterals.Text(text)], [Oids.Text], $"cast to {TypeText(type.Oid)}");
        if (PgTypes.Find(type.Oid) is null) return SqliteLiterals.Text(text);
        if (type.Oid == Oids.Jsonpath) return SqliteLiterals.Text(text);
        if (IsOpaque(type.Oid)) throw Unsupported($"type {TypeText(type.Oid)}");
        string? value;
        try
        {
            value = SqliteLiterals.Fold(text, type.Oid);
        }
        catch (PgException error) when (position >= 0 && error.Position is null)
        {
            throw error.At(position + 1);
        }

        if (value is null) return $"pg_in({SqliteLiterals.Text(text)}, {type.Oid}, {type.Typmod})";
        return Modified(value, type, kind);
    }

    private static string Modified(string sql, TypeRef type, CastKind kind) => type.Typmod == -1
        ? sql
        : $"pg_typmod({sql}, {type.Oid}, {type.Typmod}, {(kind == CastKind.Explicit ? 1 : 0)})";

    /// <summary>Types whose input nothing here understands: text search.</summary>
    private static bool IsOpaque(uint type) => PgTypes.Find(type) switch
    {
        { IsArray: true } array => IsOpaque(array.ElementOid),
        _ => type is Oids.Tsvector or Oids.Tsquery,
    };

    private static bool IsReg(uint type) => type is Oids.RegClass or Oids.RegType or Oids.RegProc or Oids.RegProcedure or Oids.RegOper
        or Oids.RegOperator or Oids.RegNamespace or Oids.RegRole or Oids.RegConfig or Oids.RegDictionary or Oids.RegCollation;

    private static string RegName(uint type) => PgTypes.Get(type).Name;

    private static bool IsString(uint type) => type is Oids.Text or Oids.VarChar or Oids.BpChar or Oids.Name or Oids.Char or Oids.Unknown;

    private string Cast(Cast cast)
    {
        if (cast.Domain != 0) return Held(Expression(cast.Operand), cast.Domain);
        var target = cast.Type;
        var source = cast.Operand.Type;
        switch (cast.Operand)
        {
            case NullLiteral:
                return "NULL";
            case StringLiteral literal when source.Oid is Oids.Unknown or 0 || source.Oid == target.Oid:
                return Literal(literal.Value, target, cast.Kind, literal.Position);
            case NumberLiteral number when target.Oid is Oids.Numeric or Oids.Float4 or Oids.Float8 && cast.Type.Typmod == -1:
                return SqliteLiterals.Fold(number.Text, target.Oid)!;
            case NumberLiteral number when target.Oid == Oids.Int8 && source.Oid is Oids.Int4 or Oids.Int8:
                return Number(number.Text, target.Oid);
            case Cast { Operand: NullLiteral }:
                return "NULL";
            case ArrayConstructor { Items.IsEmpty: true }:
                return $"pg_array({PgTypes.Get(target.Oid).ElementOid})";
        }

        var operand = Expression(cast.Operand);
        if (source.Oid == target.Oid || source.Oid == 0)
            return target.Typmod == source.Typmod ? operand : Modified(operand, target, cast.Kind);
        return Modified(Convert(operand, source.Oid, target, cast), target, cast.Kind);
    }

    private string Convert(string operand, uint source, TypeRef target, Cast cast)
    {
        if (source is Oids.Int2Vector or Oids.OidVector && PgTypes.Find(target.Oid) is { IsArray: true } list)
            return list.ElementOid == TypeSystem.ItemOf(source) ? operand : $"pg_array_cast({operand}, {list.ElementOid}, {target.Typmod})";
        if (IsReg(target.Oid) && IsString(source))
            return Call($"{RegName(target.Oid)}in", [operand], [Oids.Text], $"cast to {TypeText(target.Oid)}");
        if (IsReg(source) && IsString(target.Oid))
            return Call($"{RegName(source)}out", [operand], [source], $"cast from {TypeText(source)}");
        if (source == Oids.Vector && cast.Resolved is { Returns: var array } && PgTypes.Find(array) is { IsArray: true } elements)
            return array == Oids.Float4Array ? $"pg_vector_to_float4({operand})" : $"pg_array_cast(pg_vector_to_float4({operand}), {elements.ElementOid}, -1)";
        if (source == Oids.Halfvec && cast.Resolved is { Source: "halfvec_to_float4" }) return $"pg_halfvec_to_float4({operand})";
        if (cast.Resolved is { Source: "bitfromint4" or "bitfromint8" } bits) return $"pg_{bits.Source}({operand}, {Math.Max(target.Typmod, 1)})";
        if (cast.Resolved is { Kind: 'f' } function && PgTypes.Find(target.Oid) is { IsArray: false })
            return Call(function.Source, [operand], [source], $"cast from {TypeText(source)} to {TypeText(target.Oid)}");
        if (PgTypes.Find(source) is { IsArray: true } && PgTypes.Find(target.Oid) is { IsArray: true } to)
            return $"pg_array_cast({operand}, {to.ElementOid}, {target.Typmod})";
        if (source == Oids.Name && target.Oid == Oids.Text) return operand;
        if (IsString(source) && IsString(target.Oid)) return operand;
        if (IsString(source) && target.Oid == Oids.Jsonpath) return operand;
        if (source == Oids.Jsonpath) throw Unsupported("jsonpath as a value");
        if (IsString(source) && IsOpaque(target.Oid)) throw Unsupported($"type {TypeText(target.Oid)}");
        if (IsString(source) || (source is Oids.Json or Oids.Jsonb && target.Oid is Oids.Json or Oids.Jsonb))
            return $"pg_in({operand}, {target.Oid}, {target.Typmod})";
        if (source == Oids.Xml && IsString(target.Oid)) return operand;   // with its declaration, which output leaves out
        if (IsString(target.Oid)) return $"pg_out({operand}, {source})";
        if (PgTypes.Find(source)?.Carrier == PgTypes.Find(target.Oid)?.Carrier) return operand;
        throw Unsupported($"cast from {TypeText(source)} to {TypeText(target.Oid)}");
    }

    private string Binary(BinaryOp e)
    {
        if (e.Left is RowConstructor { Source: not null } whole && e.Right is RowConstructor other && e.Operator.Symbol is "=" or "<>")
            return $"({RowKeyed(whole)} IS {(e.Operator.Symbol == "=" ? "" : "NOT ")}{RowKeyed(other)})";
        if (e.Left is RowConstructor left && e.Right is RowConstructor right && IsComparison(e.Operator.Symbol))
            return $"({RowKeyed(left)} {e.Operator.Symbol} {RowKeyed(right)})";
        if (e.Left is RowConstructor row && e.Right is ScalarSubquery { Query: var query } && IsComparison(e.Operator.Symbol) && Types(query).All(Orderings.IsPlain))
            return $"({RowKeyed(row)} {e.Operator.Symbol} {Scalar(query)})";
        return Operator(e.Resolved, e.Operator, [Expression(e.Left), Expression(e.Right)], [e.Left.Type.Oid, e.Right.Type.Oid]);
    }

    private static bool IsComparison(string symbol) => symbol is "=" or "<>" or "<" or "<=" or ">" or ">=";

    /// <summary>An operator: SQLite's own where it orders the carriers as PostgreSQL orders the types, else a function.</summary>
    private string Operator(OperatorInfo? resolved, OperatorName name, string[] operands, uint[] types)
    {
        if (operands.Length == 2 && IsComparison(name.Symbol) && Comparable(types[0], types[1]))
        {
            if (name.Symbol is not ("=" or "<>") && !Orderings.HasOrder(types[0]))
                throw Unsupported($"operator {TypeText(types[0])} {name.Symbol} {TypeText(types[1])}");
            if (name.Symbol is "=" or "<>")
                return $"({Orderings.Row(operands[0], types[0])} {name.Symbol} {Orderings.Row(operands[1], types[1])})";
            return $"({Orderings.Key(operands[0], types[0])} {name.Symbol} {Orderings.Key(operands[1], types[1])})";
        }

        var what = operands.Length == 2
            ? $"operator {TypeText(types[0])} {name.Symbol} {TypeText(types[1])}"
            : $"operator {name.Symbol} {TypeText(types[0])}";
        var source = resolved?.Function ?? throw Unsupported(what);
        if (source is "anytextcat" or "textanycat") return $"({AsText(operands[0], types[0])} || {AsText(operands[1], types[1])})";
        return Call(source, operands, types, what);
    }

    /// <summary>As a cast to text would write it.</summary>
    private static string AsText(string sql, uint type) => type switch
    {
        Oids.Bool => string.Format(CultureInfo.InvariantCulture, SqliteFunctions.Templates["booltext"], sql),
        Oids.BpChar => $"rtrim({sql}, ' ')",
        _ => IsString(type) ? sql : $"pg_out({sql}, {type})",
    };

    /// <summary>Values of the two types lie in the same form, so that one comparison serves both.</summary>
    private static bool Comparable(uint left, uint right)
    {
        if (Orderings.Of(left) == Ordering.None || Orderings.Of(right) == Ordering.None) return false;
        return left == right || Family(left) == Family(right);

        // Types of one family compare across each other: int4 with int8, name with text, float4 with float8.
        static uint Family(uint type) => type switch
        {
            Oids.Int2 or Oids.Int4 or Oids.Int8 or Oids.Oid or Oids.Xid or Oids.Cid => Oids.Int8,
            Oids.Float4 or Oids.Float8 => Oids.Float8,
            Oids.Text or Oids.VarChar or Oids.Name or Oids.Unknown => Oids.Text,
            _ when IsReg(type) => Oids.Int8,
            _ when PgTypes.Find(type) is { IsArray: true } => Oids.AnyArray,
            _ => type,
        };
    }

    /// <summary>One side of an equality: a row of keys, or what a key is sought by.</summary>
    private string Sought(Expr value) => value is RowConstructor row
        ? $"({string.Join(", ", row.Items.Select(item => Orderings.Row(Expression(item), item.Type.Oid)))})"
        : Orderings.Row(Expression(value), value.Type.Oid);

    private string RowKeyed(Expr value) => value is RowConstructor row
        ? $"({string.Join(", ", row.Items.Select(Keyed))})"
        : Keyed(value);

    /// <summary>A subquery whose column is compared with a key: the key is taken inside.</summary>
    private string KeyedQuery(Query query)
    {
        var types = Types(query);
        if (types.All(Orderings.IsPlain)) return Query(query, null);
        var names = types.Select((_, i) => $"c{i}").ToList();
        return $"SELECT {string.Join(", ", types.Select((type, i) => Orderings.Row($"\"c{i}\"", type)))} FROM ({Query(query, names)})";
    }

    private string Scalar(Query query)
    {
        var single = query is Select { GroupBy.IsDefaultOrEmpty: true } select
            && (select.Items.Any(item => HasAggregate(item.Value))
                || (select.From.IsEmpty && !select.Items.SelectMany(i => Descendants(i.Value)).Any(p => p is FunctionCall { Resolved.ReturnsSet: true })));
        if (single || query.Limit is NumberLiteral { Text: "1" } or Cast { Operand: NumberLiteral { Text: "1" } })
            return $"({Query(query, null)})";

        // SQLite would take the first of several rows; PostgreSQL raises 21000.
        var names = Types(query).Select((_, i) => $"v{i}").ToList();
        var values = names.Select(name => $"pg_single({EmbeddedNames.Quote(name)})");
        return $"(SELECT {string.Join(", ", values)} FROM ({Query(query, names)}))";
    }

    private string Like(Like e)
    {
        var prefix = e.Operand.Type.Oid switch { Oids.Bytea => "bytea", _ => "text" };
        var value = Expression(e.Operand);
        var negated = e.Negated ? "NOT " : "";
        if (e.Kind == LikeKind.Like && prefix == "text" && e.Escape is null && Constant(e.Pattern) is { } pattern && !pattern.Contains('\\'))
        {
            var glob = $"{value} GLOB {SqliteLiterals.Text(Glob(pattern))}";
            var fixedPart = pattern[..pattern.AsSpan().IndexOfAny('%', '_').OrLength(pattern.Length)];
            if (e is { Negated: false, Operand: ColumnRef } && fixedPart.Length > 0 && fixedPart[^1] < '~')
            {
                // The same rows, and the range lets SQLite use an index.
                var end = fixedPart[..^1] + (char)(fixedPart[^1] + 1);
                return $"({glob} AND {value} >= {SqliteLiterals.Text(fixedPart)} AND {value} < {SqliteLiterals.Text(end)})";
            }

            return $"({negated}{glob})";
        }

        var arguments = new List<string> { value, Expression(e.Pattern) };
        if (e.Escape is not null) arguments.Add(Expression(e.Escape));
        var function = e.Kind switch
        {
            LikeKind.Like => $"{prefix}like",
            LikeKind.ILike => "texticlike",
            _ => "similar",
        };
        return $"({negated}{Call(function, [.. arguments], [e.Operand.Type.Oid, Oids.Text, Oids.Text], $"{e.Kind.ToString().ToUpperInvariant()} over {TypeText(e.Operand.Type.Oid)}")})";
    }

    private static string? Constant(Expr pattern) => pattern switch
    {
        StringLiteral literal => literal.Value,
        Cast { Operand: StringLiteral literal, Type.Oid: Oids.Text } => literal.Value,
        _ => null,
    };

    private static string Glob(string pattern)
    {
        var glob = new StringBuilder();
        foreach (var c in pattern)
            glob.Append(c switch { '%' => "*", '_' => "?", '*' => "[*]", '?' => "[?]", '[' => "[[]", _ => c.ToString() });
        return glob.ToString();
    }

    private string Between(Between e)
    {
        RequireOrder(e.Operand.Type.Oid, "BETWEEN");
        var (low, high) = (Keyed(e.Low), Keyed(e.High));
        var value = Keyed(e.Operand);
        if (!e.Symmetric) return $"({value} {(e.Negated ? "NOT " : "")}BETWEEN {low} AND {high})";
        return $"({(e.Negated ? "NOT " : "")}({value} BETWEEN {low} AND {high} OR {value} BETWEEN {high} AND {low}))";
    }

    private string Case(Case e)
    {
        var sql = new StringBuilder("CASE");
        var native = e.Operand is null || Orderings.Of(e.Operand.Type.Oid) is Ordering.Native or Ordering.EqualityOnly;
        if (e.Operand is not null && native) sql.Append(' ').Append(Expression(e.Operand));
        foreach (var when in e.Whens)
        {
            sql.Append(" WHEN ");
            if (native) sql.Append(Expression(when.Condition));
            else sql.Append(Keyed(e.Operand!)).Append(" = ").Append(Keyed(when.Condition));
            sql.Append(" THEN ").Append(Expression(when.Result));
        }

        if (e.Else is not null) sql.Append(" ELSE ").Append(Expression(e.Else));
        return sql.Append(" END").ToString();
    }

    private string Array(ArrayConstructor e)
    {
        var element = PgTypes.Find(e.Type.Oid)?.ElementOid ?? 0;
        if (element is 0 or Oids.Record) throw Unsupported($"an array of {TypeText(e.Type.Oid)}");
        var nested = e.Items.Any(item => PgTypes.Find(item.Type.Oid) is { IsArray: true });
        return e.Items.IsEmpty ? $"pg_array({element})" : $"pg_array{(nested ? "_nest" : "")}({element}, {List(e.Items)})";
    }

    private string Subscripted(Subscript e)
    {
        var operand = Expression(e.Operand);
        if (e.Operand.Type.Oid == Oids.Jsonb)
        {
            foreach (var item in e.Items)
            {
                if (item.IsSlice) throw Unsupported("a slice of jsonb");
                var key = item.Lower!;
                operand = key.Type.Oid is Oids.Int2 or Oids.Int4
                    ? $"pg_jsonb_array_element({operand}, {Expression(key)})"
                    : $"pg_jsonb_object_field({operand}, {Expression(key)})";
            }

            return operand;
        }

        // A name is an array of "char" from 0.
        if (e is { Operand.Type.Oid: Oids.Name, Items: [{ IsSlice: false, Lower: { } at }] }) return $"nullif(substr({operand}, {Expression(at)} + 1, 1), '')";
        if (!e.Items.Any(item => item.IsSlice)) return $"pg_array_get({operand}, {List(e.Items.Select(item => item.Lower!))})";
        var bounds = e.Items.SelectMany(item => new[]
        {
            !item.IsSlice ? "1" : item.Lower is null ? "'min'" : Expression(item.Lower),
            !item.IsSlice ? Expression(item.Lower!) : item.Upper is null ? "'max'" : Expression(item.Upper),
        });
        return $"pg_array_slice({operand}, {string.Join(", ", bounds)})";
    }

    private string Quantified(Quantified e)
    {
        var symbol = e.Operator.Symbol;
        var membership = (symbol == "=" && !e.All) || (symbol == "<>" && e.All);
        var not = e.All ? "NOT " : "";
        if (e.Query is { } query)
        {
            if (membership) return $"({Sought(e.Left)} {not}IN ({KeyedQuery(query)}))";
            if (e.Left is RowConstructor) throw Unsupported("a row compared with ANY or ALL");
            return Every(e, "\"q\".\"v\"", Types(query)[0], $"({Query(query, ["v"])}) AS \"q\"");
        }

        var array = e.Array!;
        if (membership && array is ArrayConstructor { Items.IsEmpty: false } items
            && !items.Items.Any(item => PgTypes.Find(item.Type.Oid) is { IsArray: true }))
            return $"({Sought(e.Left)} {not}IN ({string.Join(", ", items.Items.Select(Sought))}))";
        var element = PgTypes.Find(array.Type.Oid)?.ElementOid ?? 0;
        if (element == 0) throw Unsupported($"{symbol} ANY over {TypeText(array.Type.Oid)}");
        var rows = $"json_each(pg_array_each({Expression(array)})) AS \"q\"";
        var value = Element("\"q\".value", element);
        return membership && Comparable(e.Left.Type.Oid, element)
            ? $"({Sought(e.Left)} {not}IN (SELECT {Orderings.Row(value, element)} FROM {rows}))"
            : Every(e, value, element, rows);
    }

    // ANY: true if one is, else unknown if one is, else false. ALL the other way round.
    private string Every(Quantified e, string value, uint type, string rows)
    {
        var test = Operator(e.Resolved, e.Operator, [Expression(e.Left), value], [e.Left.Type.Oid, type]);
        return e.All
            ? $"(SELECT CASE WHEN min({test}) = 0 THEN 0 WHEN count(*) > count({test}) THEN NULL ELSE 1 END FROM {rows})"
            : $"(SELECT CASE WHEN max({test}) = 1 THEN 1 WHEN count(*) > count({test}) THEN NULL ELSE 0 END FROM {rows})";
    }
}

file static class Lengths
{
    public static int OrLength(this int index, int length) => index < 0 ? length : index;
}
