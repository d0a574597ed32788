using System.Collections.Immutable;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Split;

/// <summary>Asks what IRIS can say.</summary>
internal sealed class Speech(IrisOptions options, HoistedValues hoisted)
{
    /// <summary>The query in IRIS SQL, or null when that is not exactly possible.</summary>
    public RemoteQuery? Say(Query query)
    {
        throw new NotImplementedException();
    }

    public bool Can(Query query) => false;

    public PgException Refusal(Part part) => PgException.Unsupported($"reading {part.Alias}");
}
