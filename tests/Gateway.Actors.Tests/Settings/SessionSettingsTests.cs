using Gateway.Actors.Settings;
using Gateway.Types;

namespace Gateway.Actors.Tests.Settings;

public class SessionSettingsTests
{
    private readonly SessionSettings _settings = new();

    [Fact]
    public void A_setting_starts_with_the_value_PostgreSQL_starts_with()
    {
        Assert.Equal("ISO, MDY", _settings.Get("datestyle"));
        Assert.Equal("\"$user\", public", _settings.Get("search_path"));
        Assert.Equal("4MB", _settings.Get("work_mem"));
    }

    [Theory]
    [InlineData("statement_timeout", "5000", "5s")]
    [InlineData("statement_timeout", "1500ms", "1500ms")]
    [InlineData("statement_timeout", "2min", "2min")]
    [InlineData("work_mem", "65536", "64MB")]
    [InlineData("DateStyle", "dmy", "ISO, DMY")]
    [InlineData("DateStyle", "iso, european", "ISO, DMY")]
    [InlineData("client_encoding", "unicode", "UTF8")]
    [InlineData("client_encoding", "utf-8", "UTF8")]
    [InlineData("client_encoding", "UNICODE", "UNICODE")]
    [InlineData("client_encoding", "ISO-8859-1", "LATIN1")]
    [InlineData("client_encoding", "windows-1252", "WIN1252")]
    [InlineData("jit", "TRUE", "on")]
    [InlineData("bytea_output", "ESCAPE", "escape")]
    [InlineData("TimeZone", "europe/berlin", "Europe/Berlin")]
    [InlineData("TimeZone", "UTC", "UTC")]
    [InlineData("TimeZone", "+02:00", "+02:00")]
    [InlineData("TimeZone", "2", "<+02>-02")]
    [InlineData("IntervalStyle", "ISO_8601", "iso_8601")]
    [InlineData("app.tenant", "Acme", "Acme")]
    public void What_is_set_is_shown_as_PostgreSQL_shows_it(string name, string value, string shown)
    {
        _settings.Set(name, value, local: false);
        Assert.Equal(shown, _settings.Get(name));
    }

    [Theory]
    [InlineData("nonsense", "1", "42704")]
    [InlineData("statement_timeout", "abc", "22023")]
    [InlineData("statement_timeout", "-1", "22023")]
    [InlineData("extra_float_digits", "4", "22023")]
    [InlineData("bytea_output", "base64", "22023")]
    [InlineData("TimeZone", "Mars/Olympus", "22023")]
    [InlineData("TimeZone", "../../etc/passwd", "22023")]
    [InlineData("client_encoding", "klingon", "22023")]
    [InlineData("client_encoding", "mule_internal", "0A000")]
    [InlineData("standard_conforming_strings", "off", "0A000")]
    [InlineData("server_version", "16", "55P02")]
    [InlineData("jit", "perhaps", "22023")]
    public void A_bad_value_is_refused_and_changes_nothing(string name, string value, string sqlState)
    {
        var before = _settings.TryGet(name);
        var error = Assert.Throws<PgException>(() => _settings.Set(name, value, local: false));
        Assert.Equal(sqlState, error.SqlState);
        Assert.Equal(before, _settings.TryGet(name));
    }

    [Fact]
    public void A_rollback_undoes_what_the_transaction_set()
    {
        _settings.BeginTransaction();
        _settings.Set("application_name", "inside", local: false);
        _settings.Rollback();
        Assert.Equal("", _settings.Get("application_name"));
    }

    [Fact]
    public void SET_LOCAL_ends_with_the_transaction_and_SET_stays()
    {
        _settings.BeginTransaction();
        _settings.Set("application_name", "session", local: false);
        _settings.Set("application_name", "local", local: true);
        Assert.Equal("local", _settings.Get("application_name"));
        _settings.Commit();
        Assert.Equal("session", _settings.Get("application_name"));
    }

    [Fact]
    public void Rolling_back_to_a_savepoint_undoes_what_came_after_it()
    {
        _settings.BeginTransaction();
        _settings.Set("application_name", "before", local: false);
        _settings.Savepoint();
        _settings.Set("application_name", "after", local: false);
        _settings.RollbackTo(0);
        Assert.Equal("before", _settings.Get("application_name"));
        _settings.Commit();
        Assert.Equal("before", _settings.Get("application_name"));
    }

    [Fact]
    public void Only_what_changed_is_reported()
    {
        _ = _settings.TakeReports().ToList();
        _settings.Set("application_name", "x", local: false);
        _settings.Set("work_mem", "8MB", local: false);
        Assert.Equal([("application_name", "x")], _settings.TakeReports());
    }

    [Fact]
    public void RESET_returns_to_what_the_client_started_with()
    {
        _settings.SetFromClient("application_name", "psql");
        _settings.Set("application_name", "other", local: false);
        _settings.Set("application_name", null, local: false);
        Assert.Equal("psql", _settings.Get("application_name"));
    }

    [Fact]
    public void The_search_path_is_read_with_its_quotes()
    {
        _settings.SetDefault("session_authorization", "ana");
        _settings.Set("search_path", "\"$user\", \"Odd, \"\"Name\"\"\", public", local: false);
        Assert.Equal(["ana", "Odd, \"Name\"", "public"], _settings.SearchPath);
    }

    [Theory]
    [InlineData("statement_timeout")]
    [InlineData("lock_timeout")]
    [InlineData("idle_in_transaction_session_timeout")]
    [InlineData("idle_session_timeout")]
    [InlineData("transaction_timeout")]
    public void Time_outs_are_milliseconds_with_units_and_follow_the_transaction(string name)
    {
        var settings = new SessionSettings();
        Assert.Equal("0", settings.Get(name));
        Assert.Equal(TimeSpan.Zero, Value());
        settings.SetDefault(name, "2min");
        Assert.Equal("2min", settings.Get(name));
        settings.Set(name, "90s", local: false);
        Assert.Equal(TimeSpan.FromSeconds(90), Value());
        settings.BeginTransaction();
        settings.Set(name, "1500", local: true);
        Assert.Equal("1500ms", settings.Get(name));
        Assert.Equal(TimeSpan.FromMilliseconds(1500), Value());
        settings.Commit();
        Assert.Equal(TimeSpan.FromSeconds(90), Value());
        settings.Set(name, null, local: false);
        Assert.Equal(TimeSpan.FromMinutes(2), Value());
        Assert.Equal("22023", Assert.Throws<PgException>(() => settings.Set(name, "-1", local: false)).SqlState);
        Assert.Equal("22023", Assert.Throws<PgException>(() => settings.Set(name, "5 parsecs", local: false)).SqlState);

        TimeSpan Value() => name switch
        {
            "statement_timeout" => settings.StatementTimeout,
            "lock_timeout" => settings.LockTimeout,
            "idle_in_transaction_session_timeout" => settings.IdleInTransactionTimeout,
            "idle_session_timeout" => settings.IdleSessionTimeout,
            _ => settings.TransactionTimeout,
        };
    }
}
