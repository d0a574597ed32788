using System.Text;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Startup;
using Gateway.Types;

namespace Gateway.Protocol.Tests.Messages;

/// <summary>What can be done with a message of any type, ref structs included.</summary>
public interface IVisitor
{
    void Visit<T>(T message) where T : struct, IMessage, IReadable<T>, allows ref struct;
}

/// <summary>Every message at least once, beside its bytes as the documentation lays them out (Latin-1, one char a byte).</summary>
public static class Samples
{
    public static readonly Dictionary<string, (string Wire, Action<IVisitor> Visit)> All = new()
    {
        // From the client.
        ["Query"] = ("Q\0\0\0\u000DSELECT 1\0", v => v.Visit(new Query("SELECT 1"u8))),
        ["Query, empty"] = ("Q\0\0\0\u0005\0", v => v.Visit(new Query(""u8))),
        ["Query, not ASCII"] = ("Q\0\0\0\u0007\u00C3\u00A9\0", v => v.Visit(new Query("é"u8))),
        ["Parse"] = (
            "P\0\0\0\u001Bs1\0SELECT $1\0\0\u0002\0\0\0\u0017\0\0\0\0",
            v => v.Visit(new Parse("s1"u8, "SELECT $1"u8, OidList.Of(23, 0)))),
        ["Parse, unnamed"] = ("P\0\0\0\u0010\0SELECT 1\0\0\0", v => v.Visit(new Parse(""u8, "SELECT 1"u8))),
        ["Bind"] = (
            "B\0\0\0\u0026p\0s\0\0\u0003\0\u0001\0\0\0\u0001\0\u0003\0\0\0\u0004\0\0\0\u0007\u00FF\u00FF\u00FF\u00FF\0\0\0\0\0\u0001\0\u0001",
            v => v.Visit(new Bind(
                "p"u8, "s"u8,
                FormatList.Of(Format.Binary, Format.Text, Format.Binary),
                WireValues.Of([0, 0, 0, 7], null, []),
                FormatList.Of(Format.Binary)))),
        ["Bind, nothing to bind"] = ("B\0\0\0\u000C\0\0\0\0\0\0\0\0", v => v.Visit(new Bind(""u8, ""u8))),
        ["Describe, statement"] = ("D\0\0\0\u0007Ss\0", v => v.Visit(new Describe(Target.Statement, "s"u8))),
        ["Describe, portal"] = ("D\0\0\0\u0006P\0", v => v.Visit(new Describe(Target.Portal, ""u8))),
        ["Execute"] = ("E\0\0\0\u000Ap\0\0\0\0d", v => v.Visit(new Execute("p"u8, 100))),
        ["Close"] = ("C\0\0\0\u0007Pp\0", v => v.Visit(new Close(Target.Portal, "p"u8))),
        ["Flush"] = ("H\0\0\0\u0004", v => v.Visit(new Flush())),
        ["Sync"] = ("S\0\0\0\u0004", v => v.Visit(new Sync())),
        ["Terminate"] = ("X\0\0\0\u0004", v => v.Visit(new Terminate())),
        ["FunctionCall"] = (
            "F\0\0\0\u0015\0\0\u0003\u00BB\0\u0001\0\u0001\0\u0001\0\0\0\u0001a\0\u0001",
            v => v.Visit(new FunctionCall(955, FormatList.Of(Format.Binary), WireValues.Of("a"u8.ToArray()), Format.Binary))),
        ["CopyData"] = ("d\0\0\0\u00081\t2\n", v => v.Visit(new CopyData("1\t2\n"u8))),
        ["CopyDone"] = ("c\0\0\0\u0004", v => v.Visit(new CopyDone())),
        ["CopyFail"] = ("f\0\0\0\u000Benough\0", v => v.Visit(new CopyFail("enough"u8))),
        ["PasswordMessage"] = ("p\0\0\0\u0008\u00FF\u00FEx\0", v => v.Visit(new PasswordMessage([0xFF, 0xFE, (byte)'x']))),
        ["SaslInitialResponse"] = (
            "p\0\0\0\u0015SCRAM-X\0\0\0\0\u0005n,,n=",
            v => v.Visit(new SaslInitialResponse("SCRAM-X"u8, new WireValue("n,,n="u8)))),
        ["SaslInitialResponse, none"] = (
            "p\0\0\0\u000AX\0\u00FF\u00FF\u00FF\u00FF", v => v.Visit(new SaslInitialResponse("X"u8, WireValue.Null))),
        ["SaslResponse"] = ("p\0\0\0\u0006c=", v => v.Visit(new SaslResponse("c="u8))),
        ["GssResponse"] = ("p\0\0\0\u0006\0\u0001", v => v.Visit(new GssResponse([0, 1]))),

        // From the server.
        ["AuthenticationOk"] = ("R\0\0\0\u0008\0\0\0\0", v => v.Visit(new AuthenticationOk())),
        ["AuthenticationKerberosV5"] = ("R\0\0\0\u0008\0\0\0\u0002", v => v.Visit(new AuthenticationKerberosV5())),
        ["AuthenticationCleartextPassword"] = ("R\0\0\0\u0008\0\0\0\u0003", v => v.Visit(new AuthenticationCleartextPassword())),
        ["AuthenticationMd5Password"] = (
            "R\0\0\0\u000C\0\0\0\u0005salt", v => v.Visit(new AuthenticationMd5Password("salt"u8.ToArray()))),
        ["AuthenticationGss"] = ("R\0\0\0\u0008\0\0\0\u0007", v => v.Visit(new AuthenticationGss())),
        ["AuthenticationGssContinue"] = (
            "R\0\0\0\u0009\0\0\0\u0008t", v => v.Visit(new AuthenticationGssContinue("t"u8.ToArray()))),
        ["AuthenticationSspi"] = ("R\0\0\0\u0008\0\0\0\u0009", v => v.Visit(new AuthenticationSspi())),
        ["AuthenticationSasl"] = ("R\0\0\0\u000D\0\0\0\u000AA\0B\0\0", v => v.Visit(new AuthenticationSasl(["A", "B"]))),
        ["AuthenticationSaslContinue"] = (
            "R\0\0\0\u000A\0\0\0\u000Br=", v => v.Visit(new AuthenticationSaslContinue("r="u8.ToArray()))),
        ["AuthenticationSaslFinal"] = (
            "R\0\0\0\u000A\0\0\0\u000Cv=", v => v.Visit(new AuthenticationSaslFinal("v="u8.ToArray()))),
        ["BackendKeyData, 3.0"] = (
            "K\0\0\0\u000C\0\0\0\u0001\u0001\u0002\u0003\u0004", v => v.Visit(new BackendKeyData(1, new byte[] { 1, 2, 3, 4 }))),
        ["BackendKeyData, 3.2"] = (
            "K\0\0\0\u0028\0\0\0\u0001" + new string('k', 32), v => v.Visit(new BackendKeyData(1, Latin1(new string('k', 32))))),
        ["BindComplete"] = ("2\0\0\0\u0004", v => v.Visit(new BindComplete())),
        ["CloseComplete"] = ("3\0\0\0\u0004", v => v.Visit(new CloseComplete())),
        ["CommandComplete"] = ("C\0\0\0\u000ABEGIN\0", v => v.Visit(new CommandComplete("BEGIN"))),
        ["CommandComplete, rows"] = ("C\0\0\0\u000FINSERT 0 0\0", v => v.Visit(new CommandComplete("INSERT 0", 0))),
        ["CommandComplete, many rows"] = (
            "C\0\0\0\u001FSELECT 9223372036854775807\0", v => v.Visit(new CommandComplete("SELECT", long.MaxValue))),
        ["CopyInResponse"] = ("G\0\0\0\u000B\0\0\u0002\0\0\0\0", v => v.Visit(new CopyInResponse(Format.Text, 2))),
        ["CopyOutResponse"] = ("H\0\0\0\u0009\u0001\0\u0001\0\u0001", v => v.Visit(new CopyOutResponse(Format.Binary, 1))),
        ["CopyBothResponse"] = ("W\0\0\0\u0007\0\0\0", v => v.Visit(new CopyBothResponse(Format.Text, 0))),
        ["DataRow"] = (
            "D\0\0\0\u0013\0\u0003\0\0\0\u00017\u00FF\u00FF\u00FF\u00FF\0\0\0\0",
            v => v.Visit(new DataRow(WireValues.Of("7"u8.ToArray(), null, [])))),
        ["DataRow, no columns"] = ("D\0\0\0\u0006\0\0", v => v.Visit(new DataRow())),
        ["EmptyQueryResponse"] = ("I\0\0\0\u0004", v => v.Visit(new EmptyQueryResponse())),
        ["ErrorResponse"] = (
            "E\0\0\0\u0032SERROR\0VERROR\0C42703\0Mno column \"x\"\0Hlook\0P8\0\0",
            v => v.Visit(new ErrorResponse(new PgException("42703", "no column \"x\"") { Hint = "look", Position = 8 }))),
        ["ErrorResponse, every field"] = (
            "E\0\0\0\u003CS1\0V2\0C3\0M4\0D5\0H6\0P7\0p8\0q9\0W10\0s1\0t2\0c3\0d4\0n5\0F6\0L7\0R8\0\0",
            v => v.Visit(new ErrorResponse(new ErrorFields
            {
                Severity = "1",
                InvariantSeverity = "2",
                Code = "3",
                Message = "4",
                Detail = "5",
                Hint = "6",
                Position = "7",
                InternalPosition = "8",
                InternalQuery = "9",
                Where = "10",
                SchemaName = "1",
                TableName = "2",
                ColumnName = "3",
                DataTypeName = "4",
                ConstraintName = "5",
                File = "6",
                Line = "7",
                Routine = "8",
            }))),
        ["FunctionCallResponse"] = (
            "V\0\0\0\u000A\0\0\0\u0002ab", v => v.Visit(new FunctionCallResponse(new WireValue("ab"u8)))),
        ["FunctionCallResponse, NULL"] = (
            "V\0\0\0\u0008\u00FF\u00FF\u00FF\u00FF", v => v.Visit(new FunctionCallResponse(WireValue.Null))),
        ["NegotiateProtocolVersion"] = (
            "v\0\0\0\u0013\0\u0003\0\u0002\0\0\0\u0001_pq_.x\0",
            v => v.Visit(new NegotiateProtocolVersion(ProtocolVersion.V3_2, ["_pq_.x"]))),
        ["NoData"] = ("n\0\0\0\u0004", v => v.Visit(new NoData())),
        ["NoticeResponse"] = (
            "N\0\0\0\u0026SNOTICE\0VNOTICE\0C00000\0Mskipping\0\0",
            v => v.Visit(new NoticeResponse(ErrorFields.Notice("NOTICE", "00000", "skipping")))),
        ["NotificationResponse"] = (
            "A\0\0\0\u0010\0\0\0\u0007news\0hi\0", v => v.Visit(new NotificationResponse(7, "news", "hi"))),
        ["ParameterDescription"] = (
            "t\0\0\0\u000E\0\u0002\0\0\0\u0017\0\0\u0004\u0013", v => v.Visit(new ParameterDescription([23, 1043]))),
        ["ParameterStatus"] = (
            "S\0\0\0\u0011TimeZone\0UTC\0", v => v.Visit(new ParameterStatus("TimeZone", "UTC"))),
        ["ParseComplete"] = ("1\0\0\0\u0004", v => v.Visit(new ParseComplete())),
        ["PortalSuspended"] = ("s\0\0\0\u0004", v => v.Visit(new PortalSuspended())),
        ["ReadyForQuery"] = ("Z\0\0\0\u0005T", v => v.Visit(new ReadyForQuery(TransactionStatus.InBlock))),
        ["RowDescription"] = (
            "T\0\0\0\u001D\0\u0001n\u00C3\u00A9e\0\0\0\u0040\0\0\u0003\0\0\u0006\u00A4\u00FF\u00FF\0\0\0\u0010\0\u0001",
            v => v.Visit(new RowDescription([new FieldDescription("née", 16384, 3, 1700, -1, 16, Format.Binary)]))),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static byte[] Latin1(string wire) => Encoding.Latin1.GetBytes(wire);
}
