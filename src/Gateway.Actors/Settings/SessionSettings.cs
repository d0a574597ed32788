using System.Collections.Immutable;
using System.Globalization;
using Gateway.Types;

namespace Gateway.Actors.Settings;

/// <summary>The run-time parameters of one session, with PostgreSQL's rules for SET, SET LOCAL and transactions.</summary>
/// <remarks>
/// Values are immutable maps, so that a transaction or savepoint remembers them by keeping a reference: a rollback undoes
/// SET, the end of the transaction undoes SET LOCAL.
/// </remarks>
public sealed class SessionSettings
{
    private static readonly ImmutableDictionary<string, string> None =
        ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    private readonly List<State> _savepoints = [];
    private State _state = new(None, None);
    private State? _atBegin;
    private ImmutableDictionary<string, string> _defaults = None;

    // What the client was told last, in the order of SettingRules.Reported.
    private readonly string?[] _reported = new string?[SettingRules.Reported.Count];

    /// <summary>Current: what is in force. Session: what will be after the transaction.</summary>
    private readonly record struct State(ImmutableDictionary<string, string> Current, ImmutableDictionary<string, string> Session);

    private IOidNames? _names;

    /// <summary>Derived values, replaced when a setting they depend on changes.</summary>
    public FormatSettings Format { get; private set; } = FormatSettings.Default;

    /// <summary>What the aliases of oid stand for, once the session has a database to ask.</summary>
    public void UseNames(IOidNames names)
    {
        _names = names;
        Format = Format with { Names = names };
    }

    public IReadOnlyList<string> SearchPath { get; private set; } = ["public"];

    public TimeSpan StatementTimeout { get; private set; }

    public TimeSpan LockTimeout { get; private set; }

    /// <summary>gateway.target: auto, primary, replica or reporting.</summary>
    public string Target { get; private set; } = "auto";

    public TimeSpan IdleInTransactionTimeout { get; private set; }

    public TimeSpan IdleSessionTimeout { get; private set; }

    public TimeSpan TransactionTimeout { get; private set; }

    /// <summary>Values that RESET returns to: from the configuration, then from the startup packet.</summary>
    public void SetDefault(string name, string value)
    {
        var rule = SettingRules.Find(name);
        if (rule is null && !name.Contains('.')) throw Unknown(name);
        if (rule is not null && !rule.Fixed) value = SettingValues.Normalize(rule, value);
        _defaults = _defaults.SetItem(rule?.Name ?? name, value);
        Derive();
    }

    /// <summary>A setting of the startup packet: what RESET returns to, but fixed ones are refused.</summary>
    public void SetFromClient(string name, string value)
    {
        if (SettingRules.Find(name) is { Fixed: true } rule)
            throw new PgException("55P02", $"parameter \"{rule.Name}\" cannot be changed");
        SetDefault(name, value);
    }

    /// <exception cref="PgException">42704 for an unknown name.</exception>
    public string Get(string name) => TryGet(name) ?? throw Unknown(name);

    /// <summary>As SHOW prints it, or null when there is no such parameter.</summary>
    public string? TryGet(string name)
    {
        var rule = SettingRules.Find(name);
        var value = Raw(name);
        return rule is null || value is null ? value : SettingValues.Display(rule, value);
    }

    /// <summary>SET; a null value means DEFAULT.</summary>
    /// <exception cref="PgException">42704, 22023 or 55P02.</exception>
    public void Set(string name, string? value, bool local)
    {
        var rule = SettingRules.Find(name);
        if (rule is null && !name.Contains('.')) throw Unknown(name);
        if (rule is { Fixed: true })
            throw new PgException("55P02", $"parameter \"{rule.Name}\" cannot be changed");
        if (rule is not null && value is not null) value = SettingValues.Normalize(rule, value);

        var key = rule?.Name ?? name;
        var current = value is null ? _state.Current.Remove(key) : _state.Current.SetItem(key, value);
        var session = local ? _state.Session : value is null ? _state.Session.Remove(key) : _state.Session.SetItem(key, value);
        _state = new State(current, session);
        Derive();
    }

    /// <summary>RESET ALL.</summary>
    public void ResetAll()
    {
        var keep = _state.Session.GetValueOrDefault("session_authorization");
        _state = new State(None, None);
        if (keep is not null) _state = new State(None.Add("session_authorization", keep), None.Add("session_authorization", keep));
        Derive();
    }

    public void BeginTransaction()
    {
        _atBegin ??= _state;
    }

    public void Commit()
    {
        if (_atBegin is null) return;
        _atBegin = null;
        _savepoints.Clear();
        if (ReferenceEquals(_state.Current, _state.Session)) return;
        _state = new State(_state.Session, _state.Session);
        Derive();
    }

    public void Rollback()
    {
        if (_atBegin is not { } state) return;
        _atBegin = null;
        _savepoints.Clear();
        if (state == _state) return;
        _state = state;
        Derive();
    }

    /// <summary>The transaction has failed: settings are those of its last savepoint, or of its begin, already before ROLLBACK.</summary>
    public void Fail()
    {
        if ((_savepoints.Count > 0 ? _savepoints[^1] : _atBegin) is not { } state || state == _state) return;
        _state = state;
        Derive();
    }

    /// <summary>Savepoints are numbered as in the transaction's own list.</summary>
    public void Savepoint() => _savepoints.Add(_state);

    public void Release(int index) => _savepoints.RemoveRange(index, _savepoints.Count - index);

    public void RollbackTo(int index)
    {
        _state = _savepoints[index];
        _savepoints.RemoveRange(index + 1, _savepoints.Count - index - 1);
        Derive();
    }

    /// <summary>The reported parameters whose value has changed since the last call; at first, all of them.</summary>
    public IEnumerable<(string Name, string Value)> TakeReports()
    {
        for (var i = 0; i < _reported.Length; i++)
        {
            var name = SettingRules.Reported[i].Name;
            var value = TryGet(name) ?? "";
            if (_reported[i] == value) continue;
            _reported[i] = value;
            yield return (name, value);
        }
    }

    /// <summary>Something may have to be reported. Cheap: asked before every ReadyForQuery.</summary>
    public bool HasChanged { get; private set; } = true;

    public void ReportsTaken() => HasChanged = false;

    private string? Raw(string name)
    {
        if (_state.Current.TryGetValue(name, out var value)) return value;
        if (_defaults.TryGetValue(name, out value)) return value;

        // Outside of a transaction its modes are those that the next one will have.
        if (name.StartsWith("transaction_", StringComparison.OrdinalIgnoreCase) && SettingRules.Find("default_" + name) is { } future)
            return Raw(future.Name);
        return SettingRules.Find(name)?.Default;
    }

    private void Derive()
    {
        HasChanged = true;
        var zone = TimeZones.Find(Raw("TimeZone")!) ?? (TimeZoneInfo.Utc, "UTC");
        var format = new FormatSettings(
            zone.Zone,
            zone.Name,
            int.Parse(Raw("extra_float_digits")!, CultureInfo.InvariantCulture),
            Raw("bytea_output") == "hex",
            Raw("DateStyle")!,
            Raw("IntervalStyle")!)
        {
            Names = _names,
            Encoding = TextEncoding.Find(Raw("client_encoding")!)!.Conversion,
        };
        if (format != Format) Format = format;
        StatementTimeout = Milliseconds("statement_timeout");
        LockTimeout = Milliseconds("lock_timeout");
        IdleInTransactionTimeout = Milliseconds("idle_in_transaction_session_timeout");
        IdleSessionTimeout = Milliseconds("idle_session_timeout");
        TransactionTimeout = Milliseconds("transaction_timeout");
        Target = Raw("gateway.target")!;
        SearchPath = ParsePath(Raw("search_path")!, Raw("session_authorization") ?? "", SearchPath);
    }

    private TimeSpan Milliseconds(string name) => TimeSpan.FromMilliseconds(long.Parse(Raw(name)!, CultureInfo.InvariantCulture));

    private static IReadOnlyList<string> ParsePath(string text, string user, IReadOnlyList<string> previous)
    {
        var path = new List<string>();
        foreach (var part in SplitNames(text))
        {
            var name = part == "$user" ? user : part;
            if (name.Length > 0) path.Add(name);
        }

        return path.SequenceEqual(previous) ? previous : path;
    }

    private static IEnumerable<string> SplitNames(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            while (at < text.Length && (text[at] is ',' || char.IsWhiteSpace(text[at]))) at++;
            if (at == text.Length) yield break;
            if (text[at] == '"')
            {
                var name = new System.Text.StringBuilder();
                for (at++; at < text.Length; at++)
                {
                    if (text[at] == '"')
                    {
                        if (at + 1 < text.Length && text[at + 1] == '"') at++;
                        else break;
                    }

                    name.Append(text[at]);
                }

                at++;
                yield return name.ToString();
            }
            else
            {
                var start = at;
                while (at < text.Length && text[at] != ',') at++;
                yield return text[start..at].Trim().ToLowerInvariant();
            }
        }
    }

    private static PgException Unknown(string name) =>
        new(SqlStates.UndefinedObject, $"unrecognized configuration parameter \"{name}\"");
}
