using Akka.Actor;
using Gateway.Actors.Routing;
using Gateway.Backends;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>CREATE DATABASE and DROP DATABASE.</summary>
internal sealed class DatabaseStatements(SessionState state, Lease lease, SessionServices services)
{
    // In rounds of 100 ms: a session that was just closed needs a moment to be gone, as PostgreSQL's CountOtherDBBackends knows.
    private const int Patience = 20;

    public void Create(CreateDatabase create)
    {
        lease.RequireOutsideBlock("CREATE DATABASE");
        services.Databases.Create(create.Name);
    }

    public async ValueTask Drop(DropDatabase drop)
    {
        lease.RequireOutsideBlock("DROP DATABASE");
        if (drop.Name == state.Database)
            throw new PgException(SqlStates.ObjectInUse, "cannot drop the currently open database");
        if (services.Databases.Find(drop.Name) is null)
        {
            var text = $"database \"{drop.Name}\" does not exist";
            if (!drop.IfExists) throw new PgException(SqlStates.InvalidCatalogName, text);
            state.Notify(new Notice("NOTICE", "00000", text + ", skipping"));
            return;
        }

        for (var rounds = Patience; ; rounds--)
        {
            try
            {
                var answer = await services.Router.Ask<object>(new Retire(drop.Name), TimeSpan.FromSeconds(10)).ConfigureAwait(false);
                if (answer is NotRouted refused) throw refused.Error;
                services.Databases.Drop(drop.Name);
                return;
            }
            catch (PgException error) when (error.SqlState == SqlStates.ObjectInUse && rounds > 0 && !state.IsCancelled)
            {
                await Task.Delay(100).ConfigureAwait(false);
            }

            if (state.Cancelled is { } why) throw why;
        }
    }
}
