using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>What turned out not to be readable in one SELECT, when all its columns were asked for.</summary>
internal sealed class Refused
{
    private readonly HashSet<FromItem> _items = new(ReferenceEqualityComparer.Instance);

    /// <summary>Items of FROM are not to be joined there.</summary>
    public bool Joins { get; private set; }

    public bool Contains(FromItem item) => _items.Contains(item);

    /// <returns>False when there is nothing left to try: it is a table.</returns>
    public bool Add(Part part)
    {
        if (part.From is [var item]) return item is not TableRef && _items.Add(item);
        var before = Joins;
        Joins = true;
        return !before;
    }
}

internal sealed class PartRefused(Part part) : Exception
{
    public Part Part => part;
}
