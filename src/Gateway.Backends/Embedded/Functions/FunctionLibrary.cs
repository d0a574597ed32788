using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Gateway.Catalog;
using Gateway.Types;
using SQLitePCL;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>PostgreSQL's functions, operators, casts and aggregates on a SQLite connection, as <c>pg_</c> + prosrc.</summary>
public static unsafe class FunctionLibrary
{
    private static readonly FunctionEntry[] Entries = Collect();

    /// <summary>What is implemented: <c>int4pl/2</c> (name without the prefix, arity), <c>text_concat/*</c> for any arity.</summary>
    public static IReadOnlySet<string> Names { get; } =
        Entries.Select(entry => entry.Key).Concat(Series.Names).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Registers everything, and the collation pg_numeric. Errors raised by functions go to <paramref name="errors"/>.</summary>
    internal static FunctionHost Register(sqlite3 db, Func<ISessionContext?> session, ErrorSlot errors, OidNames? names = null)
    {
        var handle = db.DangerousGetHandle();
        var host = new FunctionHost(session, errors, names ?? OidNames.BuiltIn);
        foreach (var entry in Entries)
        {
            // Freed by Destroy when the connection closes, and by SQLite itself when registration fails.
            var binding = GCHandle.ToIntPtr(GCHandle.Alloc(new Binding(entry, host)));
            var flags = Native.Utf8 | Native.Innocuous | (entry.Immutable ? Native.Deterministic : 0);
            var rc = entry.Body is not null
                ? Native.sqlite3_create_function_v2(
                    handle, "pg_" + entry.Name, entry.Arity, flags, binding, &Invoke, 0, 0, &Destroy)
                : Native.sqlite3_create_window_function(
                    handle, "pg_" + entry.Name, entry.Arity, flags, binding, &Step, &Final, &Value, &Inverse, &Destroy);
            if (rc != 0)
                throw new PgException(SqlStates.InternalError, $"SQLite refused function pg_{entry.Name} (code {rc})");
        }

        SeriesTable.Register(handle, host);
        Native.sqlite3_create_collation_v2(handle, "pg_numeric", Native.Utf8, 0, &CompareNumeric, 0);
        return host;
    }

    private static FunctionEntry[] Collect()
    {
        var table = new FunctionTable();
        Integers.AddTo(table);
        Floats.AddTo(table);
        Numerics.AddTo(table);
        Casts.AddTo(table);
        Strings.AddTo(table);
        Patterns.AddTo(table);
        Dates.AddTo(table);
        DateFields.AddTo(table);
        DateTemplates.AddTo(table);
        NumberTemplates.AddTo(table);
        Arrays.AddTo(table);
        Vectors.AddTo(table);
        HalfVectors.AddTo(table);
        SparseVectors.AddTo(table);
        Xmls.AddTo(table);
        Jsons.AddTo(table);
        JsonChanges.AddTo(table);
        JsonWriting.AddTo(table);
        Aggregates.AddTo(table);
        Rows.AddTo(table);
        PgRecord.AddTo(table);
        JsonRecords.AddTo(table);
        Degrees.AddTo(table);
        OrderedSets.AddTo(table);
        BitStrings.AddTo(table);
        Network.AddTo(table);
        Tids.AddTo(table);
        Ranges.AddTo(table);
        Texts.AddTo(table);
        JsonPaths.JsonPathFunctions.AddTo(table);
        Session.AddTo(table);
        CatalogFunctions.AddTo(table);
        SystemFunctions.AddTo(table);
        StatisticsFunctions.AddTo(table);
        OidAliases.AddTo(table);
        UserTypeFunctions.AddTo(table);
        Raise.AddTo(table);
        return [.. table.Entries];
    }

    private sealed record Binding(FunctionEntry Entry, FunctionHost Host);

    private static Binding BindingOf(nint context) =>
        Unsafe.As<Binding>(GCHandle.FromIntPtr(Native.sqlite3_user_data(context)).Target!);

    private static bool AnyNull(int count, nint* values)
    {
        for (var i = 0; i < count; i++)
            if (Native.sqlite3_value_type(values[i]) == Native.Null) return true;
        return false;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Invoke(nint context, int count, nint* values)
    {
        var binding = BindingOf(context);
        try
        {
            if (binding.Entry.Strict && AnyNull(count, values)) return;
            binding.Entry.Body!(new Call(context, values, count, binding.Host));
        }
        catch (Exception error)
        {
            Fail(context, binding.Host, error);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Step(nint context, int count, nint* values)
    {
        var binding = BindingOf(context);
        try
        {
            var state = StateOf(context, binding, create: true)!;
            if (binding.Entry.Strict && AnyNull(count, values)) return;
            state.Step(new Call(context, values, count, binding.Host));
        }
        catch (Exception error)
        {
            Fail(context, binding.Host, error);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Inverse(nint context, int count, nint* values)
    {
        var binding = BindingOf(context);
        try
        {
            if (binding.Entry.Strict && AnyNull(count, values)) return;
            StateOf(context, binding, create: true)!.Inverse(new Call(context, values, count, binding.Host));
        }
        catch (Exception error)
        {
            Fail(context, binding.Host, error);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Value(nint context)
    {
        var binding = BindingOf(context);
        try
        {
            StateOf(context, binding, create: true)!.Result(new Call(context, null, 0, binding.Host));
        }
        catch (Exception error)
        {
            Fail(context, binding.Host, error);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Final(nint context)
    {
        var binding = BindingOf(context);
        var slot = Native.sqlite3_aggregate_context(context, 0);
        var state = slot is null || *slot == 0 ? null : (Accumulator)GCHandle.FromIntPtr(*slot).Target!;
        try
        {
            (state ?? binding.Entry.Aggregate!()).Result(new Call(context, null, 0, binding.Host));
        }
        catch (Exception error)
        {
            Fail(context, binding.Host, error);
        }
        finally
        {
            if (state is not null)
            {
                state.Release();
                GCHandle.FromIntPtr(*slot).Free();
                *slot = 0;
            }
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(nint userData) => GCHandle.FromIntPtr(userData).Free();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CompareNumeric(nint userData, int leftLength, byte* left, int rightLength, byte* right)
    {
        try
        {
            return NumericOrder.Compare(new(left, leftLength), new(right, rightLength));
        }
        catch (Exception)
        {
            // A collation cannot fail; text that is no numeric sorts by its bytes.
            return new ReadOnlySpan<byte>(left, leftLength).SequenceCompareTo(new(right, rightLength));
        }
    }

    private static Accumulator? StateOf(nint context, Binding binding, bool create)
    {
        var slot = Native.sqlite3_aggregate_context(context, create ? sizeof(nint) : 0);
        if (slot is null) return null;
        if (*slot != 0) return (Accumulator)GCHandle.FromIntPtr(*slot).Target!;
        var state = binding.Entry.Aggregate!();
        *slot = GCHandle.ToIntPtr(GCHandle.Alloc(state));
        return state;
    }

    private static void Fail(nint context, FunctionHost host, Exception error)
    {
        var known = Known(error);
        host.Errors.Set(known);
        var message = Encoding.UTF8.GetBytes(known.Message);
        fixed (byte* text = message) Native.sqlite3_result_error(context, text, message.Length);
    }

    /// <summary>What a client is told of an error inside a function.</summary>
    internal static PgException Known(Exception error) => error as PgException ?? error switch
    {
        OverflowException => new PgException(SqlStates.NumericValueOutOfRange, "value out of range", error),
        OutOfMemoryException => new PgException("53200", "out of memory", error),
        _ => new PgException(SqlStates.InternalError, error.Message, error),
    };
}
