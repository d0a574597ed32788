using System.Collections.Immutable;
using System.Text;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>One binding of one statement. Expressions see names through <see cref="_scope"/>, the current query level.</summary>
internal sealed partial class Binder(Analyzer analyzer, Parameters parameters)
{
    private Scope _scope = new(null);

    /// <summary>Depth of the innermost query level a column reference has hit since last reset; an aggregate belongs there.</summary>
    private int _deepest = -1;

    public Parameters Parameters => parameters;

    /// <summary>Whether the statement writes: DML, row locks, sequence functions and the like.</summary>
    public bool Writes { get; private set; }

    private ImmutableArray<Expr> BindAll(ImmutableArray<Expr> expressions)
    {
        if (expressions.IsEmpty) return expressions;
        var bound = ImmutableArray.CreateBuilder<Expr>(expressions.Length);
        foreach (var expression in expressions) bound.Add(Bind(expression));
        return bound.MoveToImmutable();
    }

    private Expr BindIn(Clause clause, Expr expression)
    {
        var outer = _scope.Clause;
        _scope.Clause = clause;
        var bound = Bind(expression);
        _scope.Clause = outer;
        return bound;
    }

    private Expr? BindCondition(Clause clause, string name, Expr? expression) =>
        expression is null ? null : ToBoolean(BindIn(clause, expression), name);

    private Expr ToBoolean(Expr bound, string where)
    {
        if (bound.Type.Oid == Oids.Bool) return bound;
        return TryCoerce(bound, new TypeRef(Oids.Bool), CastKind.Assignment)
            ?? throw Failure.Mismatch(
                $"argument of {where} must be type boolean, not type {TypeSystem.Format(bound.Type)}", bound.Position);
    }

    /// <summary>The value as another type, or null when the context allows no such conversion.</summary>
    private Expr? TryCoerce(Expr bound, TypeRef target, CastKind kind)
    {
        if (Domains.Is(target.Oid))
        {
            // Where it is kept it is checked; only a cast checks here.
            var below = Domains.Below(target);
            if (bound is Parameter { Type.Oid: Oids.Unknown } declared)
            {
                parameters.Fix(declared.Number, declared.Position, target.Oid);
                bound = declared with { Type = new TypeRef(below.Oid) };
            }

            var value = TryCoerce(bound, below, kind == CastKind.Explicit ? kind : CastKind.Assignment);
            return value is null || kind != CastKind.Explicit ? value : MakeCast(value, below, kind, null) with { Target = TypeNames.Of(target.Oid), Domain = target.Oid };
        }

        var source = bound.Type.Oid;
        if (bound is RowConstructor row && (source == target.Oid || IsOpen(target.Oid))) return Settle(row);
        if (source == target.Oid)
            return target.Typmod >= 0 && bound.Type.Typmod != target.Typmod ? MakeCast(bound, target, kind, null) : bound;
        if (IsOpen(target.Oid)) return source == Oids.Unknown ? Settle(bound) : bound;
        if (source == Oids.Unknown) return CoerceUnknown(bound, target, kind);
        if (target.Oid == Oids.Record && PgTypes.Find(source) is { Kind: 'c' }) return bound;
        if (kind == CastKind.Explicit && source == Oids.Void) return null;
        var pathway = Coercion.Find(source, target.Oid, kind, out var function);
        return pathway == Pathway.None ? null : MakeCast(bound, target, kind, function);
    }

    private static Cast MakeCast(Expr bound, TypeRef target, CastKind kind, FunctionInfo? function) =>
        new(bound, TypeNames.Of(target.Oid), kind) { Type = target, Resolved = function, Position = bound.Position };

    /// <summary>
    /// Text literals take text directly; for other types they keep the type unknown below a cast through the text form.
    /// </summary>
    private Expr CoerceUnknown(Expr bound, TypeRef target, CastKind kind)
    {
        switch (bound)
        {
            case NullLiteral or DefaultValue:
                return bound with { Type = target };
            case StringLiteral when target is { Oid: Oids.Text, Typmod: -1 }:
                return bound with { Type = target };
            case Parameter parameter:
                parameters.Fix(parameter.Number, parameter.Position, target.Oid);
                var typed = parameter with { Type = new TypeRef(target.Oid) };
                return target.Typmod >= 0 ? MakeCast(typed, target, kind, null) : typed;
            case Collate collate:
                return collate with { Operand = CoerceUnknown(collate.Operand, target, kind), Type = target };
            case StringLiteral literal when target is { Oid: Oids.Interval, Typmod: >= 0 }:
                return MakeCast(literal with { Value = WithUnits(literal, target.Typmod) }, target, kind, null);
            default:
                return MakeCast(bound, target, kind, null);
        }
    }

    /// <summary><c>interval '5' day</c> counts days: the text is written out so that nothing behind depends on the fields.</summary>
    private static string WithUnits(StringLiteral literal, int typmod)
    {
        try
        {
            using var text = new ByteWriter();
            IntervalText.Write(PgInterval.Parse(Encoding.UTF8.GetBytes(literal.Value), FormatSettings.Default, typmod), FormatSettings.Default, text);
            return Encoding.UTF8.GetString(text.WrittenSpan);
        }
        catch (PgException error)
        {
            throw literal.Position >= 0 ? error.At(literal.Position + 1) : error;
        }
    }

    /// <summary>For conversions that candidate selection has already found possible.</summary>
    private Expr Coerce(Expr bound, uint target, CastKind kind = CastKind.Implicit) =>
        TryCoerce(bound, new TypeRef(target), kind) ?? throw Failure.CannotCast(bound.Type.Oid, target, bound.Position);

    /// <summary>A lone literal that nothing gave a type is text.</summary>
    private Expr KnownOrText(Expr bound) =>
        bound.Type.Oid == Oids.Unknown ? Coerce(bound, Oids.Text) : bound is RowConstructor ? Settle(bound) : bound;

    private static bool IsOpen(uint type) => type == Oids.Any || Polymorphism.IsPolymorphic(type);

    /// <summary>Literals become text where any type will do. A parameter does not: PostgreSQL wants to be told its type.</summary>
    private Expr Settle(Expr bound)
    {
        if (bound is not RowConstructor row) return bound.Type.Oid == Oids.Unknown && bound is not Parameter ? KnownOrText(bound) : bound;
        foreach (var item in row.Items)
            if (item.Type.Oid == Oids.Unknown || item is RowConstructor) return row with { Items = [.. row.Items.Select(Settle)] };
        return bound;
    }

    /// <param name="context">As the error message names it: CASE, UNION, VALUES…</param>
    private uint CommonTypeOf(ReadOnlySpan<Expr> values, string context)
    {
        Span<uint> types = values.Length <= 64 ? stackalloc uint[values.Length] : new uint[values.Length];
        for (var i = 0; i < values.Length; i++) types[i] = values[i].Type.Oid;
        var common = CommonType.Select(types, out var conflict, out var soFar);
        if (common == 0)
            throw Failure.Mismatch(
                $"{context} types {TypeSystem.Format(soFar)} and {TypeSystem.Format(types[conflict])} cannot be matched",
                values[conflict].Position);
        return common;
    }

    private static TypeRef WithTypmod(uint type, ReadOnlySpan<Expr> values)
    {
        Span<TypeRef> types = values.Length <= 64 ? stackalloc TypeRef[values.Length] : new TypeRef[values.Length];
        for (var i = 0; i < values.Length; i++) types[i] = values[i].Type;
        return new TypeRef(type, CommonType.Typmod(type, types));
    }

    private ImmutableArray<Expr> CoerceAll(ImmutableArray<Expr> values, uint type, string context)
    {
        var coerced = ImmutableArray.CreateBuilder<Expr>(values.Length);
        foreach (var value in values) coerced.Add(CoerceToCommon(value, type, context));
        return coerced.MoveToImmutable();
    }

    private Expr CoerceToCommon(Expr value, uint type, string context) =>
        TryCoerce(value, new TypeRef(type), CastKind.Implicit)
        ?? throw Failure.New(
            SqlStates.CannotCoerce,
            $"{context} could not convert type {TypeSystem.Format(value.Type)} to {TypeSystem.Format(type)}",
            value.Position);
}
