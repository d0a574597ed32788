using System.Diagnostics;
using System.Text;
using Gateway.Actors.Statements;
using Gateway.Backends;
using Gateway.Protocol.Session;
using Gateway.Sql.Dialects;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Sessions.Explaining;

/// <summary>EXPLAIN: the backend's plan in PostgreSQL's words, or with TRANSLATE, and where a backend shows no plan, what it gets.</summary>
internal sealed class Explainer(SessionState state, Lease lease, Session machine, SessionHost host)
{
    /// <param name="bound">The EXPLAIN itself when it came through the extended protocol: it has the parameters.</param>
    /// <returns>The rows of QUERY PLAN.</returns>
    public async ValueTask<IEnumerable<string>> Run(ExplainStatement explain, BackendPortal? bound)
    {
        var options = ExplainOptions.Of(explain);
        if (options.Translate) return Translated(explain, options);
        var started = Stopwatch.GetTimestamp();
        using var parameters = new ValueList();
        if (bound is not null) parameters.CopyFrom(bound.Parameters);
        if (await Prepared(explain.Statement, bound, parameters).ConfigureAwait(false) is not { Translation: { } translation } prepared)
            return Translated(explain, options);

        var reads = translation.OnlyReads || !options.Analyze;
        lease.Admit();
        var connection = await lease.Acquire(lease.NeedOf(reads)).ConfigureAwait(false);
        if (state.Cancelled is { } why) throw why;
        await lease.BeforeBlocking().ConfigureAwait(false);
        if (connection.Explained(translation.Plan, ExplainOptions.Written(explain)) is { } asked)
            return await Ask(connection, asked, translation, prepared, parameters, options).ConfigureAwait(false);
        if (connection.Outline(translation.Bound, translation.Plan, options.Verbose) is not { } plan) return Translated(explain, options);

        var measured = new Measurement { Planning = Stopwatch.GetElapsedTime(started) };
        if (options.Analyze) measured = await Measure(prepared, parameters, measured).ConfigureAwait(false);
        var lines = options.Verbose ? Lines(translation) : [];
        return options.Format == "text"
            ? new PlanText(options).Of(plan, measured, lines)
            : [new PlanDocument(options).Of(plan, measured, lines)];
    }

    /// <summary>The statement as the session would run it; null for one that it answers itself.</summary>
    private async ValueTask<Prepared?> Prepared(Statement statement, BackendPortal? bound, ValueList parameters)
    {
        switch (statement)
        {
            case ExecuteStatement execute:
                if (machine.FindStatement(Encoding.UTF8.GetBytes(execute.Name)) is not Prepared known)
                    throw new PgException(SqlStates.InvalidSqlStatementName, $"prepared statement \"{execute.Name}\" does not exist");
                if (known.Translation is null) return null;
                host.Revalidate(known);
                ExecuteArguments.RequireCount(execute, known);
                await ExecuteArguments.Evaluate(execute, known, host, lease, parameters).ConfigureAwait(false);
                return known;
            default:
                return QueryOf(statement) is { } query ? host.Prepare(query, bound is null ? [] : [.. bound.Prepared.ParameterTypes]) : null;
        }
    }

    /// <summary>What has a plan: of CREATE TABLE AS and DECLARE it is the query's.</summary>
    public static ParsedStatement? QueryOf(Statement statement) => statement switch
    {
        CreateTableAs create => QueryOf(create.Source),
        DeclareCursor declare => Cursors.QueryOf(declare),
        _ when LocalStatements.Answers(statement) => null,
        _ => new ParsedStatement(statement),
    };

    /// <summary>What the server says of the statement.</summary>
    private async ValueTask<IEnumerable<string>> Ask(
        IBackendConnection connection, Plan plan, Translation translation, Prepared prepared, ValueList parameters, ExplainOptions options)
    {
        if (prepared.ParameterTypes.Count > parameters.Count) throw new PgException(SqlStates.UndefinedParameter, "there is no parameter $1");
        var runs = options.Analyze && !translation.OnlyReads;
        if (runs && translation.Writes && state.IsReadOnly)
            throw new PgException(SqlStates.ReadOnlySqlTransaction, $"cannot execute {translation.Tag.Name} in a read-only transaction");
        lease.Enter(connection, alone: false);
        state.Block.HasRun = true;
        if (runs) lease.Writing();
        await lease.BeforeBlocking().ConfigureAwait(false);
        using var rows = connection.Execute(runs ? plan : plan with { Writes = false, Pins = null }, parameters);
        var lines = new List<string>();
        while (rows.Read()) lines.Add(Encoding.UTF8.GetString(rows.GetSpan(0)));
        return lines;
    }

    private async ValueTask<Measurement> Measure(Prepared prepared, ValueList parameters, Measurement measured)
    {
        if (prepared.ParameterTypes.Count > parameters.Count) throw new PgException(SqlStates.UndefinedParameter, "there is no parameter $1");
        using var portal = host.NewPortal(prepared);
        portal.Parameters.CopyFrom(parameters);
        var returnsRows = prepared.Translation!.ReturnsRows;
        if (returnsRows) portal.Encoder = prepared.Translation.Result.TextEncoder;
        var started = Stopwatch.GetTimestamp();
        await host.Run.Open(portal, alone: false).ConfigureAwait(false);
        var rows = await host.Run.Deliver(portal, 1, send: false).ConfigureAwait(false);
        var first = Stopwatch.GetElapsedTime(started);
        if (!portal.IsFinished) rows += await host.Run.Deliver(portal, 0, send: false).ConfigureAwait(false);
        var last = Stopwatch.GetElapsedTime(started);
        return measured with { FirstRow = first, LastRow = last, Execution = Stopwatch.GetElapsedTime(started), Rows = returnsRows ? rows : 0 };
    }

    private IEnumerable<string> Translated(ExplainStatement explain, ExplainOptions options)
    {
        if (options.Analyze) throw PgException.Unsupported("EXPLAIN (ANALYZE) of this statement is not supported");
        var lines = QueryOf(explain.Statement) is { } query
            ? Lines(host.Translate(query, []))
            : [$"{CommandTag.Of(explain.Statement).Name} is answered by the gateway"];
        return TranslationDocument.Rows(options.Format, lines);
    }

    private string[] Lines(Translation translation)
    {
        using var scope = TypeScope.Enter(lease.Schema.Types, state.SearchPath);
        return [.. TranslationReport.Lines(translation.Bound, translation.Plan, lease.Backend.Dialect.Name)];
    }
}
