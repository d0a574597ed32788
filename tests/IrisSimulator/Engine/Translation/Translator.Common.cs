using IrisSimulator.Engine.Types;

namespace IrisSimulator.Engine.Translation;

internal sealed partial class Translator
{
    /// <summary>Section 8.2, highest first.</summary>
    private static readonly IrisKind[] Precedence =
    [
        IrisKind.LongVarBinary, IrisKind.LongVarChar, IrisKind.VarBinary, IrisKind.Vector, IrisKind.List, IrisKind.VarChar, IrisKind.Guid,
        IrisKind.PosixTime, IrisKind.Timestamp, IrisKind.Double, IrisKind.Numeric, IrisKind.BigInt, IrisKind.Integer,
        IrisKind.Date, IrisKind.Time, IrisKind.SmallInt, IrisKind.TinyInt, IrisKind.Bit, IrisKind.Null,
    ];

    private static int Rank(IrisType type) => Array.IndexOf(Precedence, type.Kind);

    /// <summary>The type of COALESCE, GREATEST and the like: the highest of its arguments.</summary>
    private static IrisType Highest(IEnumerable<IrisType> types)
    {
        var result = IrisType.Null;
        foreach (var type in types)
            result = Rank(type) < Rank(result) ? Widened(type, result) : Widened(result, type);
        return result.Kind == IrisKind.Null ? IrisType.Text : result;
    }

    private static IrisType Widened(IrisType high, IrisType low) => high.Kind switch
    {
        IrisKind.Numeric => IrisType.Numeric(Math.Max(high.Precision, low.NumericPrecision ?? 0), Math.Max(high.Scale, low.NumericScale ?? 0)),
        // Without a limit on one side there is none.
        IrisKind.VarChar when low.Kind == IrisKind.VarChar => IrisType.VarChar(high.Length is { } a && low.Length is { } b ? Math.Max(a, b) : null),
        _ => high,
    };

    /// <summary>The type of a CASE. Text beside numbers or dates needs a CAST.</summary>
    private IrisType CaseType(IReadOnlyList<Term> branches)
    {
        var typed = branches.Where(b => b.Type.Kind != IrisKind.Null).ToList();
        var texts = typed.Where(b => b.Type.Kind is IrisKind.VarChar).ToList();
        var others = typed.Where(b => b.Type.IsNumber || b.Type.IsDateTime).ToList();
        if (texts.Count > 0 && others.Count > 0)
            throw Fail.With(-378, "Datatype mismatch, explicit CAST is required");
        if (session.Version <= IrisVersion.V2023_1 && branches.Any(b => b.Parameter) && others.Any(b => !b.Parameter))
            throw Fail.With(-378, "Datatype mismatch, explicit CAST is required");
        return Highest(branches.Select(b => b.Type));
    }

    /// <summary>The type of a column of a UNION. Dates and times have no rank: they meet their own kind only.</summary>
    private static IrisType SetType(IrisType a, IrisType b)
    {
        if (a.Kind == IrisKind.Null) return b;
        if (b.Kind == IrisKind.Null) return a;
        if (a.IsStream || b.IsStream) throw Fail.With(-37, "Set operations do not support stream fields");
        var dates = (a.IsDateTime || a.Kind == IrisKind.VarBinary) || (b.IsDateTime || b.Kind == IrisKind.VarBinary);
        if (dates && a.Kind != b.Kind && !(a.IsTimestamp && b.IsTimestamp))
            throw Fail.With(-9, $"Set operation columns of incompatible types {a.OdbcName} and {b.OdbcName}");
        return Highest([a, b]);
    }
}
