using System.Security.Cryptography;
using System.Text;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Sasl;
using Gateway.Types;

namespace Gateway.Protocol.Tests.Sasl;

public class ScramExchangeTests
{
    // RFC 7677 section 3.
    private const string ClientFirst = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    private const string ServerFirst =
        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    private const string ClientFinal =
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    private const string ServerFinal = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";
    private const string ServerNonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";

    private static readonly ScramVerifier Pencil =
        ScramVerifier.Create("pencil", 4096, Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="));

    private static readonly byte[] Certificate = SHA256.HashData("certificate"u8);

    [Fact]
    public void The_example_of_RFC_7677_runs_word_for_word()
    {
        var exchange = new ScramExchange("user", Pencil, nonce: () => ServerNonce);

        var first = Start(exchange, "SCRAM-SHA-256", ClientFirst);
        Assert.Equal(ServerFirst, Text(first));
        Assert.False(first.IsFinal);

        var final = Continue(exchange, ClientFinal);
        Assert.Equal(ServerFinal, Text(final));
        Assert.True(final.IsFinal);
    }

    [Fact]
    public void The_client_may_choose_first_and_speak_later()
    {
        var exchange = new ScramExchange("user", Pencil, nonce: () => ServerNonce);
        Assert.Equal("", Text(exchange.Receive(new SaslInitialResponse("SCRAM-SHA-256"u8, WireValue.Null))));
        Assert.Equal(ServerFirst, Text(Continue(exchange, ClientFirst)));
        Assert.Equal(ServerFinal, Text(Continue(exchange, ClientFinal)));
    }

    [Fact]
    public void The_wrong_password_fails_at_the_end()
    {
        var exchange = new ScramExchange("user", ScramVerifier.Create("pencils", 4096, Pencil.Salt), nonce: () => ServerNonce);
        Assert.Equal(ServerFirst, Text(Start(exchange, "SCRAM-SHA-256", ClientFirst)));
        AssertFatal("28P01", "password authentication failed for user \"user\"", () => Continue(exchange, ClientFinal));
    }

    [Fact]
    public void An_unknown_user_looks_like_one_with_another_password()
    {
        var mocks = new MockVerifiers("secret"u8);
        string Challenge(string user) => Text(Start(new ScramExchange(user, null, nonce: () => "N", mocks: mocks), "SCRAM-SHA-256", ClientFirst));

        Assert.Equal(Challenge("bob"), Challenge("bob"));
        Assert.NotEqual(Challenge("bob"), Challenge("eve"));
        Assert.Equal(Text(Start(new ScramExchange("user", Pencil), "SCRAM-SHA-256", ClientFirst)).Length,
            Text(Start(new ScramExchange("bob", null), "SCRAM-SHA-256", ClientFirst)).Length);

        var exchange = new ScramExchange("bob", null, nonce: () => ServerNonce, mocks: mocks);
        Start(exchange, "SCRAM-SHA-256", ClientFirst);
        AssertFatal("28P01", "password authentication failed for user \"bob\"", () => Continue(exchange, ClientFinal));
    }

    [Fact]
    public void Binding_is_offered_first_when_there_is_something_to_bind_to()
    {
        Assert.Equal(["SCRAM-SHA-256"], new ScramExchange("u", Pencil).Mechanisms);
        Assert.Equal(["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"], new ScramExchange("u", Pencil, Certificate).Mechanisms);
    }

    [Theory]
    [InlineData("SCRAM-SHA-256", "n,,", false)]
    [InlineData("SCRAM-SHA-256", "y,,", false)]
    [InlineData("SCRAM-SHA-256", "n,,", true)]
    [InlineData("SCRAM-SHA-256-PLUS", "p=tls-server-end-point,,", true)]
    public void The_right_password_is_accepted_with_and_without_binding(string mechanism, string header, bool tls)
    {
        var client = new Client("pencil", header, mechanism.EndsWith("PLUS") ? Certificate : []);
        var exchange = new ScramExchange("user", Pencil, tls ? Certificate : null);
        var final = Continue(exchange, client.Final(Text(Start(exchange, mechanism, client.First))));
        Assert.True(final.IsFinal);
        Assert.Equal(client.ExpectedServerFinal, Text(final));
    }

    [Fact]
    public void Another_certificate_is_a_man_in_the_middle()
    {
        var client = new Client("pencil", "p=tls-server-end-point,,", SHA256.HashData("another"u8));
        var exchange = new ScramExchange("user", Pencil, Certificate);
        var final = client.Final(Text(Start(exchange, "SCRAM-SHA-256-PLUS", client.First)));
        AssertFatal("28000", "SCRAM channel binding check failed", () => Continue(exchange, final));
    }

    [Fact]
    public void A_client_that_was_not_told_of_binding_was_lied_to() =>
        AssertFatal(
            "28000", "SCRAM channel binding negotiation error",
            () => Start(new ScramExchange("user", Pencil, Certificate), "SCRAM-SHA-256", "y,,n=,r=abc"));

    [Theory]
    [InlineData("SCRAM-SHA-1", false)]
    [InlineData("", false)]
    [InlineData("SCRAM-SHA-256-PLUS", false)]
    [InlineData("scram-sha-256", true)]
    public void A_mechanism_that_was_not_offered_is_refused(string mechanism, bool tls) =>
        AssertFatal(
            "08P01", "client selected an invalid SASL authentication mechanism",
            () => Start(new ScramExchange("user", Pencil, tls ? Certificate : null), mechanism, ClientFirst));

    [Theory]
    [InlineData("SCRAM-SHA-256", "")]
    [InlineData("SCRAM-SHA-256", "n")]
    [InlineData("SCRAM-SHA-256", "n,")]
    [InlineData("SCRAM-SHA-256", "n,,")]
    [InlineData("SCRAM-SHA-256", "n,,n=")]
    [InlineData("SCRAM-SHA-256", "n,,n=,r=")]
    [InlineData("SCRAM-SHA-256", "n,,n=,r=a b")]
    [InlineData("SCRAM-SHA-256", "n,,n=,r=é")]
    [InlineData("SCRAM-SHA-256", "n,,r=abc,n=")]
    [InlineData("SCRAM-SHA-256", "n,,n=,r=abc,1=x")]
    [InlineData("SCRAM-SHA-256", "n,x,n=,r=abc")]
    [InlineData("SCRAM-SHA-256", "z,,n=,r=abc")]
    [InlineData("SCRAM-SHA-256", "n,,n=,r=abc\0")]
    [InlineData("SCRAM-SHA-256", "p=tls-server-end-point,,n=,r=abc")]
    [InlineData("SCRAM-SHA-256-PLUS", "n,,n=,r=abc")]
    [InlineData("SCRAM-SHA-256-PLUS", "y,,n=,r=abc")]
    public void A_malformed_first_message_is_refused(string mechanism, string message) =>
        AssertFatal(
            "08P01", "malformed SCRAM message",
            () => Start(new ScramExchange("user", Pencil, Certificate), mechanism, message));

    [Theory]
    [InlineData("n,a=bob,n=,r=abc", "client uses authorization identity, but it is not supported")]
    [InlineData("n,,m=x,n=,r=abc", "client requires an unsupported SCRAM extension")]
    public void What_SCRAM_has_and_PostgreSQL_has_not_is_unsupported(string message, string error) =>
        AssertFatal("0A000", error, () => Start(new ScramExchange("user", Pencil), "SCRAM-SHA-256", message));

    [Fact]
    public void Another_kind_of_binding_is_refused() =>
        AssertFatal(
            "08P01", "unsupported SCRAM channel-binding type \"tls-unique\"",
            () => Start(new ScramExchange("user", Pencil, Certificate), "SCRAM-SHA-256-PLUS", "p=tls-unique,,n=,r=abc"));

    [Theory]
    [InlineData("", "malformed SCRAM message")]
    [InlineData("c=biws", "malformed SCRAM message")]
    [InlineData("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", "malformed SCRAM message")]
    [InlineData("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=AAAA", "malformed SCRAM message")]
    [InlineData("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=!!!!", "malformed SCRAM message")]
    [InlineData(ClientFinal + ",x=y", "malformed SCRAM message")]
    [InlineData(ClientFinal + ",", "malformed SCRAM message")]
    [InlineData("c=biws,r=someone-elses,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", "invalid SCRAM response")]
    [InlineData("c=eSws,r=x,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", "unexpected SCRAM channel-binding attribute in client-final-message")]
    public void A_malformed_final_message_is_refused(string message, string error)
    {
        var exchange = new ScramExchange("user", Pencil, nonce: () => ServerNonce);
        Start(exchange, "SCRAM-SHA-256", ClientFirst);
        AssertFatal("08P01", error, () => Continue(exchange, message));
    }

    [Fact]
    public void An_exchange_gives_one_try_only()
    {
        var exchange = new ScramExchange("user", Pencil, nonce: () => ServerNonce);
        Start(exchange, "SCRAM-SHA-256", ClientFirst);
        Assert.Throws<PgException>(() => Continue(exchange, ClientFinal.Replace("dHzb", "AAAA")));
        AssertFatal("08P01", "unexpected SASL message", () => Continue(exchange, ClientFinal));
        AssertFatal("08P01", "unexpected SASL message", () => Start(exchange, "SCRAM-SHA-256", ClientFirst));
    }

    [Fact]
    public void Nonces_are_never_the_same()
    {
        var nonces = Enumerable.Range(0, 100)
            .Select(_ => Text(Start(new ScramExchange("user", Pencil), "SCRAM-SHA-256", ClientFirst))).ToHashSet();
        Assert.Equal(100, nonces.Count);
    }

    [Fact]
    public void Random_bytes_never_throw_anything_but_PgException()
    {
        var random = new Random(5802);
        const string alphabet = "npyrscaemv=,,,biwsABC+/\0é ";
        for (var i = 0; i < 5_000; i++)
        {
            var exchange = new ScramExchange("user", Pencil, nonce: () => ServerNonce);
            if (random.Next(2) == 0) Start(exchange, "SCRAM-SHA-256", ClientFirst);
            else exchange.Receive(new SaslInitialResponse("SCRAM-SHA-256"u8, WireValue.Null));

            var message = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            var start = random.Next(3) switch { 0 => "n,,", 1 => "c=biws,r=", _ => "" };
            try
            {
                Continue(exchange, start + message);
            }
            catch (PgException e)
            {
                Assert.Equal(Reach.Connection, e.Reach);
            }
        }
    }

    private static ScramReply Start(ScramExchange exchange, string mechanism, string message) =>
        exchange.Receive(new SaslInitialResponse(Encoding.UTF8.GetBytes(mechanism), new WireValue(Encoding.UTF8.GetBytes(message))));

    private static ScramReply Continue(ScramExchange exchange, string message) =>
        exchange.Receive(Encoding.UTF8.GetBytes(message));

    private static string Text(ScramReply reply) => Encoding.UTF8.GetString(reply.Data.Span);

    private static void AssertFatal(string sqlState, string message, Action act)
    {
        var error = Assert.Throws<PgException>(act);
        Assert.Equal((sqlState, message, "FATAL"), (error.SqlState, error.Message, error.Severity));
    }

    /// <summary>The other side, straight from RFC 5802 section 3.</summary>
    private sealed class Client(string password, string header, byte[] binding)
    {
        public string First => header + Bare;

        public string ExpectedServerFinal { get; private set; } = "";

        private static string Bare => "n=,r=client";

        public string Final(string serverFirst)
        {
            var parts = serverFirst.Split(',');
            var salted = Rfc2898DeriveBytes.Pbkdf2(
                password, Convert.FromBase64String(parts[1][2..]), int.Parse(parts[2][2..]), HashAlgorithmName.SHA256, 32);
            var withoutProof = $"c={Convert.ToBase64String([.. Encoding.UTF8.GetBytes(header), .. binding])},{parts[0]}";
            var authMessage = Encoding.UTF8.GetBytes($"{Bare},{serverFirst},{withoutProof}");
            var clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
            var signature = HMACSHA256.HashData(SHA256.HashData(clientKey), authMessage);
            var proof = clientKey.Zip(signature, (k, s) => (byte)(k ^ s)).ToArray();
            var serverKey = HMACSHA256.HashData(salted, "Server Key"u8);
            ExpectedServerFinal = $"v={Convert.ToBase64String(HMACSHA256.HashData(serverKey, authMessage))}";
            return $"{withoutProof},p={Convert.ToBase64String(proof)}";
        }
    }
}
