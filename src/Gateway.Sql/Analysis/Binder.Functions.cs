using System.Collections.Immutable;
using System.Text;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>Calls of functions, aggregates and window functions.</summary>
internal sealed partial class Binder
{
    private Expr BindCall(FunctionCall call)
    {
        if (call is { Name: { Last: "grouping", Schema: null or "pg_catalog" }, Star: false }) return BindGrouping(call);

        var aggregateScope = _scope;
        var outerDeepest = _deepest;
        _deepest = -1;
        var arguments = BindArguments(call, out var names, out var spread);
        var direct = arguments.Length;
        var within = BindSort(call.WithinGroup, resolveUnknowns: false);
        if (!within.IsEmpty) arguments = arguments.AddRange(within.Select(item => new Argument(item.Value)));
        var types = ImmutableArray.CreateBuilder<uint>(arguments.Length);
        foreach (var argument in arguments) types.Add(argument.Value.Type.Oid);
        var deepest = _deepest;
        _deepest = Math.Max(outerDeepest, deepest);

        var inCatalog = call.Name.Schema is null or "pg_catalog" or "public" or "information_schema" && (call.Name.Parts.Length < 3);
        var found = inCatalog
            ? FunctionResolver.Resolve(call.Name.Last, types.MoveToImmutable(), names, spread)
            : new FunctionResolver.Resolution(null, false);
        if (call.Name.Schema is "public" or "information_schema" && found.Function is { } elsewhere && elsewhere.Schema != call.Name.Schema
            || call.Name.Schema is not "information_schema" && found.Function is { Schema: "information_schema" }) found = new FunctionResolver.Resolution(null, false);
        if (found.Function is not { } function)
            return BindAsCast(call, arguments) ?? throw NoFunction(call, arguments, found.Ambiguous);
        if (found.Indeterminate)
            throw Failure.Mismatch("could not determine polymorphic type because input has type unknown", -1);

        var order = BindSort(call.OrderBy);
        CheckUse(call, function);
        if (function.ReturnsSet) CheckSet(call);
        if (call.Distinct)
        {
            CheckDistinctOrder(order, arguments);
            foreach (var argument in arguments)
                if (!HasEquality(argument.Value.Type.Oid))
                    throw Failure.New(SqlStates.UndefinedFunction, $"could not identify an equality operator for type {TypeSystem.Format(argument.Value.Type)}", argument.Value.Position);
        }

        if (function.Kind == 'a' && call.Over is null) EnterAggregate(call, arguments, aggregateScope, deepest);
        var filter = BindCondition(Clause.Filter, "FILTER", call.Filter);
        var over = call.Over is null ? null : BindOver(call.Over, arguments, call.ErrorPosition);
        Writes |= function.Volatility == 'v' && IsWriter(function.Name);

        var bound = Arrange(function, found, arguments);
        if (!within.IsEmpty)
        {
            within = [.. within.Select((item, i) => item with { Value = bound[direct + i].Value })];
            bound = bound[..direct];
        }

        return call with
        {
            Arguments = bound,
            WithinGroup = within,
            OrderBy = order,
            Filter = filter,
            Over = over,
            Resolved = function,
            Type = new TypeRef(found.Result),
        };
    }

    private ImmutableArray<Argument> BindArguments(FunctionCall call, out string?[]? names, out bool spread)
    {
        names = null;
        spread = false;
        var bound = ImmutableArray.CreateBuilder<Argument>(call.Arguments.Length);
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            var argument = call.Arguments[i];
            if (argument.Name is not null) (names ??= new string?[call.Arguments.Length])[i] = argument.Name;
            else if (names is not null) throw Failure.Syntax("positional argument cannot follow named argument", argument.Value.Position);
            spread |= argument.Variadic;
            bound.Add(argument with { Value = Bind(argument.Value) });
        }

        return bound.MoveToImmutable();
    }

    /// <summary>The arguments in the function's order, converted, with the defaults of those left out.</summary>
    private ImmutableArray<Argument> Arrange(FunctionInfo function, FunctionResolver.Resolution found, ImmutableArray<Argument> arguments)
    {
        var declared = found.Declared!;
        if (found.Order is not { } order)
        {
            var converted = ImmutableArray.CreateBuilder<Argument>(arguments.Length);
            for (var i = 0; i < arguments.Length; i++)
            {
                // What pg_typeof is asked about stays as it is; everywhere else an unknown literal is a text in the end.
                var value = function.Source == "pg_typeof" ? arguments[i].Value : Coerce(arguments[i].Value, declared[i]);
                converted.Add(ReferenceEquals(value, arguments[i].Value) ? arguments[i] : arguments[i] with { Value = value });
            }

            return converted.MoveToImmutable();
        }

        var arranged = ImmutableArray.CreateBuilder<Argument>(order.Length);
        var given = 0;
        for (var i = 0; i < order.Length; i++)
        {
            if (order[i] >= 0)
            {
                arranged.Add(arguments[order[i]] with { Name = null, WrittenName = arguments[order[i]].Name, Value = Coerce(arguments[order[i]].Value, declared[given++]) });
                continue;
            }

            var text = function.Defaults[i - (order.Length - function.DefaultCount)];
            arranged.Add(new Argument(Coerce(Bind(Parser.ParseExpression(text)), function.Arguments[i])) { IsDefault = true });
        }

        return arranged.MoveToImmutable();
    }

    private static void CheckUse(FunctionCall call, FunctionInfo function)
    {
        var (name, position) = (call.Name.ToString(), call.ErrorPosition);
        if (function.Kind == 'p')
            throw Failure.New(SqlStates.WrongObjectType, $"{name} is a procedure", position, "To call a procedure, use CALL.");
        if (function.Kind != 'a')
        {
            if (call.Star) throw Wrong($"{name}(*) specified, but {name} is not an aggregate function");
            if (call.Distinct) throw Wrong($"DISTINCT specified, but {name} is not an aggregate function");
            if (!call.WithinGroup.IsEmpty) throw Wrong($"WITHIN GROUP specified, but {name} is not an aggregate function");
            if (!call.OrderBy.IsEmpty) throw Wrong($"ORDER BY specified, but {name} is not an aggregate function");
            if (call.Filter is not null) throw Wrong($"FILTER specified, but {name} is not an aggregate function");
            if (function.Kind == 'w' && call.Over is null) throw Wrong($"window function {name} requires an OVER clause");
            if (function.Kind == 'f' && call.Over is not null) throw Wrong($"OVER specified, but {name} is not a window function nor an aggregate function");
            return;
        }

        if (call.Arguments.IsEmpty && !call.Star && call.WithinGroup.IsEmpty && function.Arguments.IsEmpty)
            throw Wrong($"{name}(*) must be used to call a parameterless aggregate function");
        if (function.AggregateKind == 'n' && !call.WithinGroup.IsEmpty)
            throw Wrong($"{name} is not an ordered-set aggregate, so it cannot have WITHIN GROUP");
        if (function.AggregateKind is 'o' or 'h' && call.WithinGroup.IsEmpty)
            throw Wrong($"WITHIN GROUP is required for ordered-set aggregate {name}");
        if (call.Over is null) return;
        if (function.AggregateKind is 'o' or 'h')
            throw Failure.Unsupported($"OVER is not supported for ordered-set aggregate {name}", position);
        if (call.Distinct) throw Failure.Unsupported("DISTINCT is not implemented for window functions", position);
        if (!call.OrderBy.IsEmpty) throw Failure.Unsupported("aggregate ORDER BY is not implemented for window functions", position);

        PgException Wrong(string message) => Failure.New(SqlStates.WrongObjectType, message, position);
    }

    /// <summary>An aggregate belongs to the innermost query whose columns it reads, and must be allowed where it stands there.</summary>
    private static void EnterAggregate(FunctionCall call, ImmutableArray<Argument> arguments, Scope scope, int deepest)
    {
        var owner = scope;
        if (deepest >= 0)
            while (owner.Depth > deepest && owner.Parent is not null) owner = owner.Parent;
        owner.HasAggregates = true;
        var forbidden = owner.Clause switch
        {
            Clause.Where => "WHERE",
            Clause.On => "JOIN conditions",
            Clause.GroupBy => "GROUP BY",
            Clause.Filter => "FILTER",
            Clause.Limit => "LIMIT",
            Clause.Offset => "OFFSET",
            Clause.Values => "VALUES",
            Clause.Set => "UPDATE",
            Clause.Returning => "RETURNING",
            Clause.FunctionInFrom => "functions in FROM",
            Clause.Default => "DEFAULT expressions",
            Clause.Check => "check constraints",
            Clause.Generated => "column generation expressions",
            Clause.Execute => "EXECUTE parameters",
            Clause.Merge => "MERGE WHEN conditions",
            Clause.CopyWhere => "COPY FROM WHERE conditions",
            _ => null,
        };
        if (forbidden is not null) throw Failure.Grouping($"aggregate functions are not allowed in {forbidden}", call.ErrorPosition);
        foreach (var argument in arguments) RefuseNested(argument.Value);
    }

    private static void RefuseNested(Expr argument)
    {
        var position = NestedCalls.FindAggregate(argument);
        if (position is not null) throw Failure.Grouping("aggregate function calls cannot be nested", position.Value);
        position = NestedCalls.FindSet(argument);
        if (position is not null)
            throw Failure.New(
                SqlStates.FeatureNotSupported, "aggregate function calls cannot contain set-returning function calls", position.Value, LateralHint);
        position = NestedCalls.FindWindow(argument);
        if (position is not null) throw Failure.Grouping("aggregate function calls cannot contain window function calls", position.Value);
    }

    private const string LateralHint = "You might be able to move the set-returning function into a LATERAL FROM item.";

    private void CheckSet(FunctionCall call)
    {
        var forbidden = _scope.Clause switch
        {
            Clause.Where => "WHERE",
            Clause.On => "JOIN conditions",
            Clause.Having => "HAVING",
            Clause.Filter => "FILTER",
            Clause.Window => "window definitions",
            Clause.Limit => "LIMIT",
            Clause.Offset => "OFFSET",
            Clause.Set => "UPDATE",
            Clause.Returning => "RETURNING",
            Clause.Default => "DEFAULT expressions",
            Clause.Check => "check constraints",
            Clause.Generated => "column generation expressions",
            Clause.Execute => "EXECUTE parameters",
            Clause.CopyWhere => "COPY FROM WHERE conditions",
            _ => null,
        };
        if (forbidden is not null) throw Failure.Unsupported($"set-returning functions are not allowed in {forbidden}", call.ErrorPosition);
    }

    private static void RefuseSets(ReadOnlySpan<Expr> values, string where)
    {
        foreach (var value in values)
            if (NestedCalls.FindSet(value) is { } position)
                throw Failure.New(
                    SqlStates.FeatureNotSupported, $"set-returning functions are not allowed in {where}", position, LateralHint);
    }

    private static void CheckDistinctOrder(ImmutableArray<SortItem> order, ImmutableArray<Argument> arguments)
    {
        foreach (var item in order)
            if (!arguments.Any(argument => ExprEquality.Same(argument.Value, item.Value)))
                throw Failure.New(
                    "42P10", "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list", item.Value.Position);
    }

    private WindowSpec BindOver(WindowSpec window, ImmutableArray<Argument> arguments, int position)
    {
        var forbidden = _scope.Clause switch
        {
            Clause.Where => "WHERE",
            Clause.On => "JOIN conditions",
            Clause.GroupBy => "GROUP BY",
            Clause.Having => "HAVING",
            Clause.Filter => "FILTER",
            Clause.Window => "window definitions",
            Clause.Limit => "LIMIT",
            Clause.Offset => "OFFSET",
            Clause.Values => "VALUES",
            Clause.Set => "UPDATE",
            Clause.Returning => "RETURNING",
            Clause.FunctionInFrom => "functions in FROM",
            Clause.Default => "DEFAULT expressions",
            Clause.Check => "check constraints",
            Clause.Generated => "column generation expressions",
            Clause.Execute => "EXECUTE parameters",
            Clause.CopyWhere => "COPY FROM WHERE conditions",
            _ => null,
        };
        if (forbidden is not null) throw Failure.New("42P20", $"window functions are not allowed in {forbidden}", position);
        foreach (var argument in arguments)
            if (NestedCalls.FindWindow(argument.Value) is { } nested)
                throw Failure.New("42P20", "window function calls cannot be nested", nested);
        _scope.HasWindows = true;
        foreach (var name in new[] { window.Name, window.Base })
        {
            if (name is null) continue;
            var known = false;
            foreach (var named in _scope.Windows) known |= named.Name == name;
            if (!known) throw Failure.New(SqlStates.UndefinedObject, $"window \"{name}\" does not exist", window.Position);
        }

        if (window.Base is { } reused)
        {
            if (!window.PartitionBy.IsEmpty)
                throw Failure.New("42P20", $"cannot override PARTITION BY clause of window \"{reused}\"", window.Position);
            if (!window.OrderBy.IsEmpty && _scope.Windows.Any(named => named.Name == reused && !named.Window.OrderBy.IsEmpty))
                throw Failure.New("42P20", $"cannot override ORDER BY clause of window \"{reused}\"", window.Position);
        }

        return BindWindow(window);
    }

    private WindowSpec BindWindow(WindowSpec window)
    {
        var outer = _scope.Clause;
        _scope.Clause = Clause.Window;
        var order = BindSort(window.OrderBy);
        var bound = window with
        {
            PartitionBy = [.. window.PartitionBy.Select(key => KnownOrText(Bind(key)))],
            OrderBy = order,
            Frame = window.Frame is null ? null : BindFrame(window.Frame, order),
        };
        _scope.Clause = outer;
        return bound;
    }

    private WindowFrame BindFrame(WindowFrame frame, ImmutableArray<SortItem> order)
    {
        return frame with { Start = Bound(frame.Start), End = frame.End is null ? null : Bound(frame.End) };

        FrameBound Bound(FrameBound bound)
        {
            if (bound.Offset is null) return bound;
            var offset = Bind(bound.Offset);
            if (frame.Unit != FrameUnit.Range)
            {
                offset = TryCoerce(offset, new TypeRef(Oids.Int8), CastKind.Assignment)
                    ?? throw Failure.Mismatch(
                        $"argument of {(frame.Unit == FrameUnit.Rows ? "ROWS" : "GROUPS")} must be type bigint, not type {TypeSystem.Format(offset.Type)}",
                        offset.Position);
                return bound with { Offset = offset };
            }

            if (order.Length != 1)
                throw Failure.New("42P20", "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column", frame.Position);
            var key = order[0].Value.Type.Oid;
            if (TypeSystem.Category(key) is not ('N' or 'D' or 'T'))
                throw Failure.Unsupported(
                    $"RANGE with offset PRECEDING/FOLLOWING is not supported for column type {TypeSystem.Format(key)}", offset.Position);
            var wanted = TypeSystem.Category(key) == 'D' ? Oids.Interval : key;
            return bound with { Offset = Coerce(offset, wanted) };
        }
    }

    private Expr BindGrouping(FunctionCall call)
    {
        _scope.HasAggregates = true;
        return call with
        {
            Arguments = [.. call.Arguments.Select(argument => argument with { Value = Bind(argument.Value) })],
            Type = new TypeRef(Oids.Int4),
        };
    }

    /// <summary><c>int4(x)</c> and the like: a type's name used as a function casts.</summary>
    private Expr? BindAsCast(FunctionCall call, ImmutableArray<Argument> arguments)
    {
        if (arguments.Length != 1 || call.Name.Schema is not (null or "pg_catalog" or "public")) return null;
        if (call is not { Star: false, Distinct: false, Over: null, Filter: null } || arguments[0] is { Name: not null } or { Variadic: true }) return null;
        if (PgTypes.Find(call.Name.Last) is not { } type || type.Kind == 'p') return null;
        if (call.Name.Schema == "public" && type.Oid is not (Oids.Vector or Oids.Halfvec or Oids.Sparsevec)) return null;
        var operand = arguments[0].Value;
        if (operand.Type.Oid != Oids.Unknown)
        {
            var pathway = Coercion.Find(operand.Type.Oid, type.Oid, CastKind.Explicit, out _);
            var isString = TypeSystem.Category(type.Oid) == 'S';
            if (pathway is not (Pathway.Relabel or Pathway.Function) && !(pathway == Pathway.Text && isString)) return null;
        }

        return TryCoerce(operand, new TypeRef(type.Oid), CastKind.Explicit) is { } coerced ? coerced with { Position = call.Position } : null;
    }

    private static PgException NoFunction(FunctionCall call, ImmutableArray<Argument> arguments, bool ambiguous)
    {
        var signature = new StringBuilder(call.Name.ToString()).Append('(');
        for (var i = 0; i < arguments.Length; i++)
        {
            if (i > 0) signature.Append(", ");
            if (arguments[i].Name is { } name) signature.Append(name).Append(" => ");
            signature.Append(TypeSystem.Format(arguments[i].Value.Type));
        }

        signature.Append(')');
        var position = call.ErrorPosition;
        if (ambiguous)
            return Failure.New(SqlStates.AmbiguousFunction, $"function {signature} is not unique", position,
                "Could not choose a best candidate function. You might need to add explicit type casts.");
        return Failure.New(SqlStates.UndefinedFunction, $"function {signature} does not exist", position,
            call.OrderBy.IsEmpty || call.Over is not null
                ? "No function matches the given name and argument types. You might need to add explicit type casts."
                : "No aggregate function matches the given name and argument types. Perhaps you misplaced ORDER BY; ORDER BY must appear after all regular arguments of the aggregate.");
    }

    private static bool IsWriter(string name) =>
        name is "nextval" or "setval" or "set_config" or "pg_notify" or "txid_current" or "pg_current_xact_id"
        || name.StartsWith("pg_advisory", StringComparison.Ordinal)
        || name.StartsWith("pg_try_advisory", StringComparison.Ordinal)
        || name.StartsWith("lo_", StringComparison.Ordinal);
}
