using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace Gateway.Node.Tests.FrontDoor;

public class DoorTests
{
    [Fact]
    public async Task On_loopback_no_login_is_needed()
    {
        await using var node = await TestNode.Start();
        Assert.Equal(1, await One(node.ConnectionString()));
    }

    [Fact]
    public async Task With_scram_the_right_password_opens()
    {
        var users = Users("\"ana\" \"s3cret\"");
        await using var node = await TestNode.Start(Scram(users));
        Assert.Equal(1, await One(node.ConnectionString("Password=s3cret")));
    }

    [Theory]
    [InlineData("ana", "wrong")]
    [InlineData("nobody", "s3cret")]
    public async Task A_wrong_password_and_an_unknown_user_sound_the_same(string user, string password)
    {
        var users = Users("\"ana\" \"s3cret\"");
        await using var node = await TestNode.Start(Scram(users));
        var error = await Assert.ThrowsAsync<PostgresException>(() => One(node.ConnectionString($"Username={user};Password={password}")));
        Assert.Equal("28P01", error.SqlState);
        Assert.Equal($"password authentication failed for user \"{user}\"", error.MessageText);
    }

    [Fact]
    public async Task With_a_certificate_the_connection_is_encrypted()
    {
        var pfx = Certificate();
        await using var node = await TestNode.Start($"gateway.tls.certificate = \"{pfx}\"");
        Assert.Equal(1, await One(node.ConnectionString("SSL Mode=Require;Trust Server Certificate=true")));
        Assert.Equal(1, await One(node.ConnectionString("SSL Mode=Disable")));
    }

    [Fact]
    public async Task Scram_over_TLS_binds_the_channel()
    {
        var pfx = Certificate();
        var users = Users("\"ana\" \"s3cret\"");
        await using var node = await TestNode.Start($"gateway.tls.certificate = \"{pfx}\"\n{Scram(users)}");
        Assert.Equal(1, await One(node.ConnectionString("Password=s3cret;SSL Mode=Require;Trust Server Certificate=true;Channel Binding=Require")));
    }

    [Fact]
    public async Task Bytes_behind_an_SSLRequest_are_refused()
    {
        var pfx = Certificate();
        await using var node = await TestNode.Start($"gateway.tls.certificate = \"{pfx}\"");
        using var client = new TcpClient("127.0.0.1", node.Port);
        byte[] request = [0, 0, 0, 8, 4, 210, 22, 47];
        await client.GetStream().WriteAsync((byte[])[.. request, .. request]);
        using var answer = new MemoryStream();
        await client.GetStream().CopyToAsync(answer).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Contains("received unencrypted data after SSL request", System.Text.Encoding.UTF8.GetString(answer.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_rejected_by_the_configuration_hears_so()
    {
        await using var node = await TestNode.Start("gateway.authentication.loopback = reject");
        var error = await Assert.ThrowsAsync<PostgresException>(() => One(node.ConnectionString()));
        Assert.Equal("28000", error.SqlState);
    }

    [Fact]
    public async Task A_client_that_says_nothing_is_dropped_and_holds_up_nobody()
    {
        await using var node = await TestNode.Start("gateway.authentication.timeout = 1s");
        using var silent = new TcpClient("127.0.0.1", node.Port);
        Assert.Equal(1, await One(node.ConnectionString()));
        var read = await silent.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, read);
    }

    [Fact]
    public async Task One_connection_too_many_is_refused_and_a_place_that_is_left_can_be_taken()
    {
        await using var node = await TestNode.Start("gateway.max-connections = 1");
        await using (var first = new NpgsqlConnection(node.ConnectionString()))
        {
            await first.OpenAsync();
            var error = await Assert.ThrowsAsync<PostgresException>(() => One(node.ConnectionString()));
            Assert.Equal("53300", error.SqlState);
        }

        for (var attempt = 0; ; attempt++)
        {
            try
            {
                Assert.Equal(1, await One(node.ConnectionString()));
                return;
            }
            catch (PostgresException) when (attempt < 50)
            {
                await Task.Delay(100);
            }
        }
    }

    [Fact]
    public async Task An_open_session_is_told_when_the_node_goes_down()
    {
        var node = await TestNode.Start();
        await using var connection = new NpgsqlConnection(node.ConnectionString());
        await connection.OpenAsync();
        await node.DisposeAsync();
        var error = await Assert.ThrowsAnyAsync<NpgsqlException>(() => new NpgsqlCommand("SELECT 1", connection).ExecuteScalarAsync());
        Assert.Equal("57P01", (error as PostgresException)?.SqlState);
    }

    private static async Task<int> One(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return (int)(await new NpgsqlCommand("SELECT 1", connection).ExecuteScalarAsync())!;
    }

    private static string Scram(string users) =>
        $"gateway.authentication.loopback = scram-sha-256\ngateway.authentication.users-file = \"{users}\"";

    private static string Users(params string[] lines)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllLines(path, lines);
        return path;
    }

    private static string Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12));
        return path;
    }
}
