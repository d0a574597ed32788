using System.Globalization;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>What a session asks about itself and its server.</summary>
internal static class Session
{
    public static void AddTo(FunctionTable f)
    {
        f.Stable("current_user", 0, c => c.Return(c.Session.User));
        f.Stable("session_user", 0, c => c.Return(c.Session.User));
        f.Stable("current_database", 0, c => c.Return(c.Session.Database));
        f.Stable("current_schema", 0, c => c.Return(c.Session.SearchPath.FirstOrDefault(schema => schema is not "pg_temp" && c.Host.Names.HasSchema(schema))));
        f.Stable("current_schemas", 1, c =>
        {
            var path = c.Session.SearchPath.Where(c.Host.Names.HasSchema).ToList();
            PgArray.Vector(Oids.Name, [.. (c.Bool(0) && !path.Contains("pg_catalog") ? path.Prepend("pg_catalog") : path).Select(System.Text.Encoding.UTF8.GetBytes)]).Return(c);
        });
        f.Loose("pg_notify", 2, c =>
        {
            c.Session.NotifyChannel(c.IsNull(0) ? "" : c.Text(0), c.IsNull(1) ? "" : c.Text(1));
            c.ReturnText(default);
        }, immutable: false);
        f.Stable("pg_listening_channels", 0, c => SetResult.Texts(c, c.Session.ListeningChannels));
        f.Stable("pg_backend_pid", 0, c => c.Return((long)c.Session.ProcessId));
        f.Stable("pgsql_version", 0, c => c.Return("PostgreSQL " + (c.Session.GetSetting("server_version", true) ?? "15.0") + " (IrisPgWire, embedded engine)"));
        f.Stable("show_config_by_name", 1, c => c.Return(c.Session.GetSetting(c.Text(0), false)));
        f.Stable("show_config_by_name_missing_ok", 2, c => c.Return(c.Session.GetSetting(c.Text(0), c.Bool(1))));
        f.Loose("set_config_by_name", 3, c =>
        {
            if (c.IsNull(0)) throw new PgException("22004", "SET requires parameter name");
            c.Return(c.Session.SetSetting(c.Text(0), c.IsNull(1) ? null : c.Text(1), !c.IsNull(2) && c.Bool(2)));
        }, immutable: false);

        f.Stable("inet_client_addr", 0, _ => { });
        f.Stable("inet_client_port", 0, _ => { });
        f.Stable("inet_server_addr", 0, _ => { });
        f.Stable("inet_server_port", 0, _ => { });
        f.Stable("pg_is_in_recovery", 0, c => c.Return(false));
        f.Stable("pg_postmaster_start_time", 0, c => c.Return(Started));
        f.Stable("pg_conf_load_time", 0, c => c.Return(Started));
        f.Stable("pg_my_temp_schema", 0, c => c.Return(0L));
        f.Stable("getdatabaseencoding", 0, c => c.ReturnText("UTF8"u8));
        f.Stable("pg_client_encoding", 0, c => c.Return(TextEncoding.Find(c.Session.GetSetting("client_encoding", missingOk: true) ?? "UTF8")!.Name));
        f.Add("PG_encoding_to_char", 1, c => c.Return(TextEncoding.At(c.Int(0))?.Name ?? ""));
        f.Add("PG_char_to_encoding", 1, c => c.Return(TextEncoding.Find(c.Text(0))?.Number ?? -1L));
        f.Add("pg_encoding_max_length_sql", 1, c =>
        {
            if (TextEncoding.At(c.Int(0)) is { } encoding) c.Return((long)encoding.MaxLength);
        });
        f.Stable("pg_current_xact_id", 0, c => c.Return(SystemFunctions.Current(c)));
        f.Stable("pg_sleep", 1, c =>
        {
            // In short steps: the engine's own interrupt is not heard in here.
            var until = DateTime.UtcNow.AddSeconds(Math.Clamp(c.Double(0), 0, 1e6));
            while (DateTime.UtcNow < until && c.Host.Session is { } session)
            {
                if (session.IsCancelled) throw EmbeddedConnection.Canceled();
                Thread.Sleep(TimeSpan.FromMilliseconds(Math.Clamp((until - DateTime.UtcNow).TotalMilliseconds, 0, 20)));
            }

            c.ReturnText(default);
        });

        f.Stable("gen_random_uuid", 0, c => c.ReturnBlob(Guid.NewGuid().ToByteArray(bigEndian: true)));
        f.Loose("format_type", 2, c =>
        {
            if (!c.IsNull(0)) c.Return(c.Int(0) == 0 ? "-" : PgTypes.Find(c.Oid(0)) is null ? "???" : TypeNames.Format(c.Oid(0), c.IsNull(1) ? null : (int)c.Int(1)));
        });
        f.Add("pg_size_pretty", 1, c => c.Return(SizePretty(c.Int(0))));
        f.Loose("pg_column_size", 2, c => { if (!c.IsNull(0)) c.Return((long)c.Bytes(0).Length); });
    }

    private static long Started { get; } =
        Dates.From(System.Diagnostics.Process.GetCurrentProcess().StartTime.ToUniversalTime());

    private static string SizePretty(long bytes)
    {
        if (Math.Abs(bytes) < 10 * 1024) return string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes");
        var units = (ReadOnlySpan<string>)["kB", "MB", "GB", "TB", "PB"];

        // One bit is kept for rounding.
        var value = bytes / 512;
        for (var i = 0; ; i++, value /= 1024)
            if (Math.Abs(value) < 20 * 1024 - 1 || i == units.Length - 1)
                return string.Create(CultureInfo.InvariantCulture, $"{(value + (value < 0 ? -1 : 1)) / 2} {units[i]}");
    }
}
