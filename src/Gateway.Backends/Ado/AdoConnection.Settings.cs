using System.Text;
using Gateway.Sql.Parsing;
using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <remarks>The session's settings at the server: sent when they differ from what the connection has.</remarks>
public sealed partial class AdoConnection
{
    /// <summary>Settings that statements depend on, and the value that need not be sent to a fresh connection (null: always sent).</summary>
    private static readonly (string Name, string? Default)[] Shared =
    [
        ("TimeZone", null),
        ("DateStyle", null),
        ("IntervalStyle", null),
        ("bytea_output", null),
        ("extra_float_digits", null),
        ("application_name", null),
        ("lock_timeout", "0"),
        ("transform_null_equals", "off"),
        ("xmlbinary", "base64"),
        ("xmloption", "content"),
        ("check_function_bodies", "on"),
        ("row_security", "on"),
        ("enable_seqscan", "on"),
        ("work_mem", "4MB"),
        ("maintenance_work_mem", "64MB"),
        ("synchronous_commit", "on"),
        ("session_replication_role", "origin"),
        ("default_tablespace", ""),
        ("default_table_access_method", "heap"),
    ];

    /// <summary>Those that decide what a literal means: the server reads it when a statement is prepared, not when it runs.</summary>
    private static readonly int[] Reading = [.. new[] { "TimeZone", "DateStyle", "IntervalStyle", "transform_null_equals", "xmloption" }
        .Select(name => Array.FindIndex(Shared, setting => setting.Name == name))];

    /// <summary>Behind every statement, so that what was prepared under other settings is another statement.</summary>
    private string _mark = "";

    private readonly string?[] _sent = [.. Shared.Select(setting => setting.Default)];
    private IReadOnlyList<string>? _sentPath;
    private bool _settingsUnknown;

    private void Synchronize()
    {
        if (Session is not { } session) return;
        StringBuilder? sql = null;
        for (var i = 0; i < Shared.Length; i++)
        {
            var value = session.GetSetting(Shared[i].Name, missingOk: true);
            if (value is null || (value == _sent[i] && !_settingsUnknown)) continue;
            _sent[i] = value;
            Append(ref sql, Shared[i].Name, value);
        }

        if (_settingsUnknown || _sentPath is null || (!ReferenceEquals(_sentPath, session.SearchPath) && !_sentPath.SequenceEqual(session.SearchPath)))
        {
            _sentPath = session.SearchPath;
            Append(ref sql, "search_path", session.SearchPath.Count == 0 ? "\"\"" : string.Join(", ", session.SearchPath.Select(Quote)));
        }

        _settingsUnknown = false;
        if (sql is null) return;
        _mark = _backend.MarkOf(string.Join('\n', Reading.Select(i => _sent[i])));
        try
        {
            Control(sql.ToString());
        }
        catch
        {
            _settingsUnknown = true;
            throw;
        }
    }

    private static string Quote(string schema) => Identifiers.Quote(schema);

    private static void Append(ref StringBuilder? sql, string name, string value)
    {
        if (sql is null) sql = new StringBuilder("SELECT ");
        else sql.Append(", ");
        sql.Append("pg_catalog.set_config('").Append(name).Append("', ");

        // E'' means the same whatever standard_conforming_strings says.
        sql.Append("E'").Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)).Append("', false)");
    }

    /// <summary>A rollback may have taken away what was sent.</summary>
    private void ForgetSettings() => _settingsUnknown = true;

    private void Pin(string? why)
    {
        if (why is not null) PinnedBy ??= why;
    }

    /// <summary>What a statement with currval() or lastval() is marked with.</summary>
    internal const string LastValue = "currval() and lastval()";

    /// <summary>And one with nextval() or setval().</summary>
    internal const string NextValue = "sequences whose last value it may ask for";

    // A sequence may have been used in this lease; in one before it, and the server still knows its value.
    private bool _mayHaveDrawn;
    private bool _knowsOthersValues;

    /// <summary>The last value of a sequence is kept by the server's session, which sessions here share one after the other.</summary>
    private void RequireOwnLastValue()
    {
        _backend.AsksLastValues = true;
        ForgetOthersValues();
        if (!_knowsOthersValues) return;
        throw new PgException(SqlStates.ObjectNotInPrerequisiteState, "no sequence has been used by this session on its present connection")
        {
            Hint = "Use RETURNING, ask in the transaction that has used the sequence, or let the route pool by session.",
        };
    }

    /// <summary>As long as this session has used none, the server may forget what others have used; its own error then says so.</summary>
    private void ForgetOthersValues()
    {
        if (!_knowsOthersValues || _mayHaveDrawn) return;
        Control("DISCARD SEQUENCES");
        _knowsOthersValues = false;
    }

    /// <summary>Before another session: what this one has left at the server goes.</summary>
    private void ForgetSessionState()
    {
        if (PinnedBy is null)
        {
            _knowsOthersValues |= _mayHaveDrawn;
            _mayHaveDrawn = false;
            if (!_knowsOthersValues || !_backend.AsksLastValues) return;
            Control("DISCARD SEQUENCES");
            _knowsOthersValues = false;
            return;
        }

        // DISCARD ALL, but for what is prepared: the provider counts on it.
        Control("CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; UNLISTEN *; SELECT pg_catalog.pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES");
        _dirty = _mayHaveDrawn = _knowsOthersValues = false;
        PinnedBy = null;
        _ownSchema = HasTemporary = false;
        _schema = null;
        _commandsAreOld = true;
        ForgetSettings();
    }
}
