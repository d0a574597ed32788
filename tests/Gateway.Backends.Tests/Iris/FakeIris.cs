using System.Collections.Immutable;
using System.Text;
using Gateway.Backends.Iris;
using Gateway.Backends.Tests.Embedded;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Tests.Iris;

/// <summary>A backend over a fake server, one connection and the words to write plans by hand.</summary>
internal sealed class FakeIris : IDisposable
{
    public static readonly TypeRef Int4 = new(Oids.Int4);
    public static readonly TypeRef Int8 = new(Oids.Int8);
    public static readonly TypeRef Text = new(Oids.Text);
    public static readonly TypeRef Bool = new(Oids.Bool);

    public FakeIris(Func<IrisBackendOptions, IrisBackendOptions>? configure = null, FakeServer? server = null)
    {
        Server = server ?? new FakeServer();
        var options = new IrisBackendOptions { Name = "db", Instances = [new InstanceOptions { Name = "fake", ConnectionString = "Server=fake" }] };
        Backend = new IrisBackend(configure?.Invoke(options) ?? options, new FakeFactory(Server));
        Connection = Backend.Open();
        Connection.Session = Session;
        Server.Log.Clear();
    }

    public FakeServer Server { get; }

    public IrisBackend Backend { get; }

    public IrisConnection Connection { get; }

    public TestSession Session { get; } = new();

    public List<string> Log => Server.Log;

    public static Input Parameter(int number, TypeRef type) => new(InputKind.Parameter, number, type);

    public static Input Row(int number, TypeRef type) => new(InputKind.Row, number, type);

    public static Input Identity => new(InputKind.Identity, 0, Int8);

    public static RemoteQuery Asked(string sql, ImmutableArray<TypeRef> types, params ImmutableArray<Input> inputs) => new(sql, inputs, types);

    public static LocalQuery Local(string sql, ImmutableArray<TypeRef> types, ImmutableArray<RowSource> sources = default, params ImmutableArray<Input> inputs) =>
        new(sql, inputs, sources.IsDefault ? [] : sources, types);

    public List<string> Run(Plan plan, params object?[] parameters) => Run(plan, out _, parameters);

    public List<string> Run(Plan plan, out long affected, params object?[] parameters)
    {
        using var values = Engine.Values(parameters);
        using var execution = Connection.Execute(plan, values);
        var rows = new List<string>();
        while (execution.Read()) rows.Add(Show(execution, TypesOf(plan.Steps.Last())));
        affected = execution.RowsAffected;
        return rows;
    }

    public static string Show(IExecution row, ImmutableArray<TypeRef> types) => string.Join("|", types.Select((type, i) =>
    {
        if (row.IsNull(i)) return "NULL";
        using var text = new ByteWriter();
        switch (Codecs.Get(type.Oid))
        {
            case Int64Codec codec: codec.EncodeText(row.GetInt64(i), FormatSettings.Default, text); break;
            case Float64Codec codec: codec.EncodeText(row.GetFloat64(i), FormatSettings.Default, text); break;
            case SpanCodec codec: codec.EncodeText(row.GetSpan(i), FormatSettings.Default, text); break;
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }));

    public void Dispose()
    {
        Connection.Dispose();
        Backend.Dispose();
    }

    private static ImmutableArray<TypeRef> TypesOf(PlanStep step) => step switch
    {
        QueryStep query => query.Rows.Types,
        ForEachStep each => TypesOf(each.Action),
        _ => [],
    };

    private static ImmutableArray<TypeRef> TypesOf(RowAction action) => action switch
    {
        ChangeAction change => change.Returning?.Types ?? [],
        UpsertAction upsert => upsert.Returning?.Types ?? [],
        _ => [],
    };
}
