using IrisSimulator.Engine.Translation;
using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Execution;

/// <summary>What concerns the server more than the data (section 6).</summary>
internal sealed class ServerRunner(Session session, IReadOnlyList<Argument> arguments)
{
    public Outcome Run(Statement statement)
    {
        switch (statement)
        {
            case SetOption set: return Set(set);
            case CancelQuery cancel: return Cancel(cancel);
            case Explain explain: return Run(explain);
            case Call call: throw Fail.With(-428, $"Stored procedure '{call.Procedure}' not found");
            case CheckPrivilege: return Outcome.Done;
            case CreateDatabase create:
                if (session.Instance.HasNamespace(create.Database.Text)) throw Fail.With(-341, $"Database '{create.Database}' exists");
                session.Instance.Namespace(create.Database.Text);
                return Outcome.Done;
            case Grant grant: return Privileges(grant.Objects);
            case Revoke revoke: return Privileges(revoke.Objects);
            case CreateRole create:
                return session.Instance.Roles.TryAdd(create.Role.Key, 0) ? Outcome.Done : throw Fail.With(-118, $"Role '{create.Role}' already exists");
            case DropRole drop:
                if (session.Instance.Roles.TryRemove(drop.Role.Key, out _)) return Outcome.Done;
                return drop.IfExists ? Outcome.Nothing : throw Fail.With(-118, $"Role '{drop.Role}' does not exist");
            case TuneTable tune: session.Database.Catalog.Table(tune.Table); return Outcome.Done;
            case CollectStatistics collect: session.Database.Catalog.Table(collect.Table); return Outcome.Done;
            case Maintenance: return Outcome.Done;
            case CreateUser create:
                if (session.Instance.HasUser(create.User.Text)) throw Fail.With(-118, $"User '{create.User}' already exists");
                session.Instance.SetUser(create.User.Text, create.Password);
                return Outcome.Done;
            case AlterUser alter:
                if (!session.Instance.HasUser(alter.User.Text)) throw Fail.With(-118, $"User '{alter.User}' does not exist");
                session.Instance.SetUser(alter.User.Text, alter.Password);
                return Outcome.Done;
            case DropUser drop:
                if (session.Instance.RemoveUser(drop.User.Text)) return Outcome.Done;
                return drop.IfExists ? Outcome.Nothing : throw Fail.With(-118, $"User '{drop.User}' does not exist");
            default: throw Fail.NotSimulated(statement.GetType().Name);
        }
    }

    /// <summary>Privileges are not kept: every user may do everything.</summary>
    private Outcome Privileges(IReadOnlyList<QualifiedName> objects)
    {
        foreach (var name in objects)
            if (name.Object.Text != "*" && session.Database.Catalog.Find(name) is null) throw Storage.Catalog.Missing(name);
        return Outcome.Done;
    }

    private Outcome Set(SetOption set)
    {
        switch (set.Key)
        {
            case "LOCK_TIMEOUT":
                if (Numbers.Whole(set.Value) is not { } seconds || seconds < 0) throw Fail.With(-129, $"Illegal value '{set.Value}' for LOCK_TIMEOUT");
                session.LockTimeout = (int)seconds;
                return Outcome.Done;
            default:
                session.Database.Options[set.Key] = set.Value;
                return Outcome.Done;
        }
    }

    private Outcome Cancel(CancelQuery cancel)
    {
        var term = new Translator(session, arguments).Translate(cancel.Process, new Scope(null));
        var job = term.Value is null ? 0 : Numbers.Whole64(Conversions.Number(term.Value, term.Type));
        if (!session.Instance.Processes.TryGetValue(job, out var process)) throw Fail.With(-400, $"Process {job} does not exist");
        process.Interrupt();
        return Outcome.Done;
    }

    private Outcome Run(Explain explain)
    {
        if (explain.Statement is Insert) throw Fail.With(-481, "EXPLAIN is not supported for INSERT");
        if (explain.Statement is QueryStatement query) new QueryRunner(session, arguments).Describe(query.Query);
        return new Outcome([new ResultColumn("Plan", IrisType.Text)], [["<plans><plan><cost value=\"1\"/></plan></plans>"]], -1);
    }
}
