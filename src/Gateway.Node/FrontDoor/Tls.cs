using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Catalog;
using Gateway.Node.Configuration;

namespace Gateway.Node.FrontDoor;

/// <summary>The node's certificate, and the step from plain text to TLS after SSLRequest.</summary>
internal sealed class Tls
{
    private readonly SslServerAuthenticationOptions _options;

    private Tls(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        _options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [new SslApplicationProtocol("postgresql")],
        };
        EndPointHash = Hash(certificate);
    }

    /// <summary>The certificate's hash as RFC 5929 section 4 wants it.</summary>
    public byte[] EndPointHash { get; }

    /// <summary>Null when no certificate is configured.</summary>
    public static Tls? Load(TlsOptions options)
    {
        if (options.Certificate.Length == 0) return null;
        var password = options.Password.Length > 0 ? options.Password : null;
        var chain = new X509Certificate2Collection();
        if (Path.GetExtension(options.Certificate).ToLowerInvariant() is ".pfx" or ".p12")
            return new Tls(X509CertificateLoader.LoadPkcs12FromFile(options.Certificate, password), chain);

        chain.ImportFromPemFile(options.Certificate);
        var key = options.Key.Length > 0 ? options.Key : options.Certificate;
        var certificate = password is null
            ? X509Certificate2.CreateFromPemFile(options.Certificate, key)
            : X509Certificate2.CreateFromEncryptedPemFile(options.Certificate, password, key);
        return new Tls(certificate, chain);
    }

    public async ValueTask<(IDuplexPipe Transport, Encryption Encryption)> Secure(IDuplexPipe transport, CancellationToken deadline)
    {
        var stream = new SslStream(new DuplexPipeStream(transport), leaveInnerStreamOpen: true);
        await stream.AuthenticateAsServerAsync(_options, deadline).ConfigureAwait(false);
        return (new StreamPipes(stream), Describe(stream));
    }

    /// <summary>In OpenSSL's words; the cipher under its name of TLS.</summary>
    private static Encryption Describe(SslStream stream)
    {
        var cipher = stream.NegotiatedCipherSuite.ToString();
        return new Encryption(
            stream.SslProtocol == SslProtocols.Tls13 ? "TLSv1.3" : "TLSv1.2", cipher,
            cipher.Contains("_256_", StringComparison.Ordinal) || cipher.Contains("CHACHA20", StringComparison.Ordinal) ? 256 : 128);
    }

    private static byte[] Hash(X509Certificate2 certificate) => certificate.SignatureAlgorithm.Value switch
    {
        "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => SHA384.HashData(certificate.RawData),
        "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => SHA512.HashData(certificate.RawData),
        _ => SHA256.HashData(certificate.RawData),
    };

    private sealed class StreamPipes(SslStream stream) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(useZeroByteReads: true, leaveOpen: true));

        public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }
}
