using Conversations.Tests.Format;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Session;

namespace Conversations.Tests.Bare;

/// <summary>A statement and what the conversation says the backend knows about it.</summary>
internal sealed class FakeStatement(string sql, uint[] parameterTypes, Answer? answer) : PreparedStatement
{
    public string Sql => sql;

    public Answer? Answer => answer;

    public override IReadOnlyList<uint> ParameterTypes => parameterTypes;

    public override bool ReturnsRows => Fields.Count > 0;

    public override IReadOnlyList<FieldDescription> Fields => answer?.Fields ?? [];
}

internal sealed class FakePortal(FakeStatement statement, FieldDescription[] fields, byte[]?[] parameters) : Portal
{
    public override PreparedStatement Statement => statement;

    /// <summary>The columns in the formats that Bind asked for.</summary>
    public FieldDescription[] Fields => fields;

    /// <summary>In text form.</summary>
    public byte[]?[] Parameters => parameters;

    /// <summary>The next row.</summary>
    public int Position { get; set; }

    public bool HasRun { get; set; }

    public bool IsDisposed { get; private set; }

    public override void Dispose() => IsDisposed = true;
}
