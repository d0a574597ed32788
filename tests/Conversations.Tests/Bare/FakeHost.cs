using System.Buffers;
using System.Text;
using Conversations.Tests.Format;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Session;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Conversations.Tests.Bare;

/// <summary>
/// What surrounds the state machine when it is alone: a backend that answers what the conversation says, with the real
/// rules for transactions.
/// </summary>
/// <param name="isDeferred">Nothing is done at once: the machine hears of it when <see cref="Finish"/> is called.</param>
internal sealed class FakeHost(bool isDeferred) : ISessionHost
{
    private static readonly string[] Writes = ["INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "TRUNCATE"];

    private readonly TransactionBlock _block = new();
    private readonly ByteWriter _unsent = new();
    private readonly Queue<Answer> _answers = new();
    private PgException? _failure;
    private bool _isPending;

    // COPY FROM STDIN waits for its client, and what stands behind it in the string waits with it.
    private Answer? _copying;
    private IEnumerator<string> _rest = Enumerable.Empty<string>().GetEnumerator();

    public Session Session { get; set; } = null!;

    /// <summary>What has been flushed: all that the client can see.</summary>
    public ByteWriter Output { get; } = new();

    public TransactionStatus Status => _block.Status;

    public void Expect(IEnumerable<string> answers)
    {
        foreach (var answer in answers) _answers.Enqueue(Answer.Read(answer));
    }

    /// <summary>A message has been handled: it must have asked for all that the conversation holds ready.</summary>
    public void RequireAllAsked()
    {
        if (_answers.Count > 0 && _copying is null) throw new FormatException($"{_answers.Count} answers of the backend were not asked for");
    }

    /// <summary>Reports the end of what was left running.</summary>
    public void Finish()
    {
        if (!_isPending) throw new InvalidOperationException("the machine waits for nothing");
        _isPending = false;
        if (_failure is not { } failure)
        {
            Session.Completed();
            return;
        }

        _failure = null;
        Session.Failed(failure);
    }

    public void Send<T>(T message) where T : struct, IBackendMessage, allows ref struct => _unsent.Write(message);

    public void Send(PgException error) => Send(new ErrorResponse(error));

    public void Flush()
    {
        Output.Bytes(_unsent.WrittenSpan);
        _unsent.Clear();
    }

    public PreparedStatement Prepare(ReadOnlySpan<byte> sql, OidList parameterTypes)
    {
        var statements = Statements.Split(Encoding.UTF8.GetString(sql));
        if (statements.Count > 1)
            throw PgException.Syntax("cannot insert multiple commands into a prepared statement");

        var answer = NextAnswer();
        ThrowIf(answer, "parse");
        var text = statements.SingleOrDefault() ?? "";
        RequireUsable(text);
        return new FakeStatement(text, answer?.Parameters ?? parameterTypes.ToArray(), answer);
    }

    public void Forget(PreparedStatement statement) { }

    public Portal Bind(PreparedStatement statement, in Bind bind)
    {
        var fake = (FakeStatement)statement;
        if (bind.Parameters.Count != fake.ParameterTypes.Count)
            throw new PgException(
                SqlStates.ProtocolViolation,
                $"bind message supplies {bind.Parameters.Count} parameters, but prepared statement "
                + $"\"{Encoding.UTF8.GetString(bind.Statement)}\" requires {fake.ParameterTypes.Count}");
        RequireUsable(fake.Sql);
        ThrowIf(NextAnswer(), "bind");

        var parameters = new List<byte[]?>();
        foreach (var value in bind.Parameters)
        {
            var type = fake.ParameterTypes[parameters.Count];
            var format = bind.ParameterFormats[parameters.Count];
            parameters.Add(value.IsNull ? null : Format.Types.Decode(value.Bytes.ToArray(), type, format));
        }

        if (fake.ReturnsRows) bind.RequireColumns(fake.Fields.Count);
        var fields = fake.Fields.ToArray();
        for (var i = 0; i < fields.Length; i++) fields[i] = fields[i] with { Format = bind.ResultFormats[i] };
        return new FakePortal(fake, fields, [.. parameters]);
    }

    public void Describe(Portal portal)
    {
        var fake = (FakePortal)portal;
        if (fake.Fields.Length == 0)
        {
            Send(new NoData());
            return;
        }

        _block.RequireUsable();
        Send(new RowDescription(fake.Fields));
    }

    public bool Execute(Portal portal, int maxRows, bool lastInBatch) => Start(() =>
    {
        var fake = (FakePortal)portal;
        var statement = (FakeStatement)fake.Statement;
        if (fake.HasRun && fake.Fields.Length == 0)
            throw new PgException(SqlStates.ObjectNotInPrerequisiteState, "portal \"\" cannot be run");
        fake.HasRun = true;
        if (statement.Sql.Length == 0)
        {
            Send(new EmptyQueryResponse());
            return;
        }

        RunStatement(statement.Sql, NextAnswer() ?? statement.Answer, fake, maxRows);
    });

    public bool Query(ReadOnlySpan<byte> sql)
    {
        var statements = Statements.Split(Encoding.UTF8.GetString(sql));
        return Start(() =>
        {
            // The whole string is parsed before anything of it runs.
            if (_answers.FirstOrDefault(answer => answer.Step == "parse") is { } unparsable)
            {
                _answers.Clear();
                throw unparsable.Error!;
            }

            if (statements.Count == 0) Send(new EmptyQueryResponse());
            _rest = statements.GetEnumerator();
            RunRest();
        });
    }

    public void CopyData(in ReadOnlySequence<byte> data)
    {
        if (_copying is not { Step: "copy" } refused) return;
        _copying = null;
        _isPending = false;
        Session.Failed(refused.Error!);
    }

    public void EndCopyIn(PgException? failure)
    {
        var answer = _copying!;
        _copying = null;
        Start(() =>
        {
            if ((failure ?? answer.Error) is { } error) throw error;
            Send(new CommandComplete(answer.Tag!));
            RunRest();
        }, atOnce: false);
    }

    private void RunRest()
    {
        while (_copying is null && _rest.MoveNext())
            RunStatement(_rest.Current, IsControl(_rest.Current) ? null : NextAnswer(), null, 0);
    }

    public bool EndBatch(bool failed) => Start(() =>
    {
        if (failed) _block.Fail();
    });

    public void BeforeReady() { }

    private bool Start(Action run, bool atOnce = true)
    {
        if (!isDeferred && atOnce)
        {
            run();
            _isPending = _copying is not null;
            return !_isPending;
        }

        _isPending = true;
        try
        {
            run();
        }
        catch (PgException error)
        {
            _failure = error;
        }

        return false;
    }

    private Answer? NextAnswer() => _answers.TryDequeue(out var answer) ? answer : null;

    private static void ThrowIf(Answer? answer, string step)
    {
        if (answer?.Step == step) throw answer.Error!;
    }

    private void RequireUsable(string sql)
    {
        if (sql.Length > 0 && FirstWord(sql) is not ("COMMIT" or "END" or "ROLLBACK" or "ABORT")) _block.RequireUsable();
    }

    private static string FirstWord(string sql) => sql.Split(' ', '\n', '\t', '(')[0].ToUpperInvariant();

    private static bool IsControl(string sql) =>
        FirstWord(sql) is "BEGIN" or "START" or "COMMIT" or "END" or "ROLLBACK" or "ABORT" or "SAVEPOINT" or "RELEASE"
            or "EXECUTE" or "DEALLOCATE" or "DISCARD"
        || sql.StartsWith("SET TRANSACTION", StringComparison.OrdinalIgnoreCase);

    private void RunStatement(string sql, Answer? answer, FakePortal? portal, int maxRows)
    {
        RequireUsable(sql);
        var words = sql.Split([' ', ',', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var upper = Array.ConvertAll(words, word => word.ToUpperInvariant());
        switch (upper[0])
        {
            case "BEGIN" or "START": Begin(upper); break;
            case "COMMIT" or "END": End(commit: true, upper); break;
            case "ROLLBACK" or "ABORT" when upper.Contains("TO"): RollBackTo(words[^1]); break;
            case "ROLLBACK" or "ABORT": End(commit: false, upper); break;
            case "SAVEPOINT":
                _block.RequireOpen("SAVEPOINT");
                _block.AddSavepoint(words[1]);
                Send(new CommandComplete("SAVEPOINT"));
                break;
            case "RELEASE":
                _block.RequireOpen("RELEASE SAVEPOINT");
                _block.Release(_block.FindSavepoint(words[^1]));
                Send(new CommandComplete("RELEASE"));
                break;
            case "SET" when upper is [_, "TRANSACTION", ..]:
                if (!_block.IsOpen) Warn(SqlStates.NoActiveSqlTransaction, "SET TRANSACTION can only be used in transaction blocks");
                else _block.SetModes(Isolation(upper), ReadOnly(upper));
                Send(new CommandComplete("SET"));
                break;
            case "PREPARE":
                var name = words[1].Split('(')[0];
                Session.AddStatement(
                    Encoding.UTF8.GetBytes(name), new FakeStatement(sql[(sql.IndexOf(" AS ", StringComparison.Ordinal) + 4)..], answer?.Parameters ?? [], answer));
                Send(new CommandComplete("PREPARE"));
                break;
            case "EXECUTE": ExecutePrepared(words[1].Split('(')[0]); break;
            case "DEALLOCATE": Deallocate(words[^1]); break;
            case "DISCARD":
                if (_block.IsOpen) throw new PgException(SqlStates.ActiveSqlTransaction, "DISCARD ALL cannot run inside a transaction block");
                Session.RemoveAllStatements();
                Session.ClosePortals(holdableToo: true);
                Send(new CommandComplete("DISCARD ALL"));
                break;
            default:
                _block.HasRun = true;
                if (answer is null) throw new FormatException($"what does the backend answer to {sql}?");
                if (_block.ReadOnly && _block.IsOpen && Writes.Contains(upper[0]))
                {
                    var command = upper[0] is "CREATE" or "DROP" or "ALTER" ? answer.Tag : upper[0];
                    throw new PgException(SqlStates.ReadOnlySqlTransaction, $"cannot execute {command} in a read-only transaction");
                }

                if (upper[0] == "COPY" && upper.Contains("STDIN")) CopyIn(answer);
                else Run(answer, portal, maxRows);
                break;
        }
    }

    private void CopyIn(Answer answer)
    {
        if (answer is { Step: "run", Error: { } error }) throw error;
        Send(new CopyInResponse(Gateway.Types.Format.Text, answer.Fields.Length));
        Flush();
        Session.BeginCopyIn();
        _copying = answer;
    }

    private void Run(Answer answer, FakePortal? portal, int maxRows)
    {
        var fields = portal?.Fields ?? answer.Fields;
        if (portal is null && fields.Length > 0) Send(new RowDescription(fields));

        var position = portal?.Position ?? 0;
        var sent = 0;
        for (; position < answer.Rows.Count && (maxRows == 0 || sent < maxRows); position++, sent++)
            SendRow(answer.Rows[position], fields, portal?.Parameters ?? []);
        if (portal is not null) portal.Position = position;
        if (maxRows > 0 && sent == maxRows)
        {
            Send(new PortalSuspended());
            return;
        }

        if (answer.Error is { } error) throw error;
        // The last tag of a portal that was fetched in pieces counts its own rows only.
        var tag = answer.Tag ?? "SELECT 0";
        var counts = fields.Length > 0 && tag.Contains(' ');
        Send(counts ? new CommandComplete(tag[..tag.LastIndexOf(' ')], sent) : new CommandComplete(tag));
    }

    private void SendRow(string[] row, FieldDescription[] fields, byte[]?[] parameters)
    {
        var values = new byte[]?[row.Length];
        for (var i = 0; i < row.Length; i++)
        {
            var text = row[i].StartsWith('$') ? parameters[int.Parse(row[i][1..]) - 1] : Words.Value(row[i]);
            values[i] = Format.Types.Encode(text, fields[i].TypeOid, fields[i].Format);
        }

        Send(new DataRow(WireValues.Of(values)));
    }

    private void Begin(string[] words)
    {
        if (_block.IsOpen)
        {
            Warn(SqlStates.ActiveSqlTransaction, "there is already a transaction in progress");
            _block.SetModes(Isolation(words), ReadOnly(words));
        }
        else
        {
            _block.Open(Isolation(words), ReadOnly(words) ?? false);
        }

        Send(new CommandComplete(words[0] == "START" ? "START TRANSACTION" : "BEGIN"));
    }

    private void End(bool commit, string[] words)
    {
        var chain = words is [.., "AND", "CHAIN"];
        if (!_block.IsOpen)
        {
            if (chain) _block.RequireOpen(commit ? "COMMIT AND CHAIN" : "ROLLBACK AND CHAIN");
            Warn(SqlStates.NoActiveSqlTransaction, "there is no transaction in progress");
        }

        var commits = commit && !_block.IsFailed;
        var (isolation, readOnly) = (_block.Isolation, _block.ReadOnly);
        _block.Close();
        Session.ClosePortals();
        if (chain) _block.Open(isolation, readOnly);
        Send(new CommandComplete(commits ? "COMMIT" : "ROLLBACK"));
    }

    private void RollBackTo(string name)
    {
        _block.RequireOpen("ROLLBACK TO SAVEPOINT");
        _block.RollBackTo(_block.FindSavepoint(name));
        Send(new CommandComplete("ROLLBACK"));
    }

    private void ExecutePrepared(string name)
    {
        if (Session.FindStatement(Encoding.UTF8.GetBytes(name)) is not FakeStatement statement)
            throw new PgException(SqlStates.InvalidSqlStatementName, $"prepared statement \"{name}\" does not exist");
        RunStatement(statement.Sql, NextAnswer() ?? statement.Answer, null, 0);
    }

    private void Deallocate(string name)
    {
        if (string.Equals(name, "ALL", StringComparison.OrdinalIgnoreCase))
        {
            Session.RemoveAllStatements();
            Send(new CommandComplete("DEALLOCATE ALL"));
            return;
        }

        if (!Session.RemoveStatement(Encoding.UTF8.GetBytes(name)))
            throw new PgException(SqlStates.InvalidSqlStatementName, $"prepared statement \"{name}\" does not exist");
        Send(new CommandComplete("DEALLOCATE"));
    }

    private void Warn(string state, string message) => Send(new NoticeResponse(ErrorFields.Notice("WARNING", state, message)));

    private static string? Isolation(string[] words) => Array.IndexOf(words, "LEVEL") is >= 0 and var at
        ? words[at + 1] is "READ" or "REPEATABLE" ? $"{words[at + 1]} {words[at + 2]}" : words[at + 1]
        : null;

    private static bool? ReadOnly(string[] words) => Array.IndexOf(words, "READ") switch
    {
        _ when words.Contains("ONLY") => true,
        _ when words.Contains("WRITE") => false,
        _ => null,
    };
}
