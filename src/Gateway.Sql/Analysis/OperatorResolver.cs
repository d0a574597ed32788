using System.Collections.Concurrent;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>Operators by name and operand types (manual, section 10.2).</summary>
internal static class OperatorResolver
{
    private static readonly ConcurrentDictionary<(string Name, uint Left, uint Right), Resolution> Known = new();

    /// <param name="Left">The type the left operand is to have; 0 for a prefix operator.</param>
    public sealed record Resolution(OperatorInfo? Operator, bool Ambiguous, uint Left = 0, uint Right = 0, uint Result = 0);

    /// <param name="left">0 for a prefix operator.</param>
    public static Resolution Resolve(string name, uint left, uint right) =>
        Known.TryGetValue((name, left, right), out var known) ? known : Remember(name, left, right);

    private static Resolution Remember(string name, uint left, uint right)
    {
        var resolution = Search(name, left, right);
        // Names come from clients: remember only those that exist. An OID of a user's type is another type elsewhere.
        if (left < UserTypes.FirstOid && right < UserTypes.FirstOid && !Catalog.Operators(name).IsEmpty) Known.TryAdd((name, left, right), resolution);
        return resolution;
    }

    private static Resolution Search(string name, uint left, uint right)
    {
        var unary = left == 0;
        var overloads = Catalog.Operators(name);

        var (exactLeft, exactRight) = (left, right);
        if (!unary && left == Oids.Unknown && right != Oids.Unknown) exactLeft = right;
        if (!unary && right == Oids.Unknown && left != Oids.Unknown) exactRight = left;
        foreach (var candidate in overloads)
            if (candidate.Left == exactLeft && candidate.Right == exactRight) return Bind(candidate, left, right);

        var rows = new List<OperatorInfo>();
        var types = new List<uint[]>();
        foreach (var candidate in overloads)
        {
            if (candidate.Left == 0 != unary) continue;
            rows.Add(candidate);
            types.Add(unary ? [candidate.Right] : [candidate.Left, candidate.Right]);
        }

        var best = CandidateSelection.Select(unary ? [right] : [left, right], types);
        return best >= 0 ? Bind(rows[best], left, right) : new Resolution(null, best == CandidateSelection.Ambiguous);
    }

    private static Resolution Bind(OperatorInfo op, uint left, uint right)
    {
        if (!Polymorphism.IsPolymorphic(op.Left) && !Polymorphism.IsPolymorphic(op.Right))
            return new Resolution(op, false, op.Left, op.Right, op.Result);
        if (!Polymorphism.TryBind([op.Left, op.Right], [left, right], out var binding)) return new Resolution(null, false);
        return new Resolution(op, false, binding.Resolve(op.Left), binding.Resolve(op.Right), binding.Resolve(op.Result));
    }
}
