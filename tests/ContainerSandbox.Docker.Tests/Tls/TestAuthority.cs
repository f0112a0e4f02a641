using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ContainerSandbox.Docker.Tests.Tls;

/// <summary>Makes certificates as whoever runs an engine over TLS makes them, into folders as the docker command line takes them.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly string _folder = Directory.CreateTempSubdirectory("cs-tls-").FullName;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public TestAuthority(string name)
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        _certificate = request.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(10));
    }

    /// <summary>Makes a folder with the authority, a certificate and its key; an authority of another may be put there instead.</summary>
    /// <param name="name">Whom the certificate is for: an address, or a user.</param>
    /// <param name="believes">Whose certificates are believed; null for this one's.</param>
    /// <param name="isUsers">True for a certificate that a user can show, and no server.</param>
    /// <param name="validFor">How long the certificate is valid from now on; negative where it ran out.</param>
    public string Make(string name, TestAuthority? believes = null, TimeSpan? validFor = null, bool isUsers = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            isUsers ? [new Oid(ClientAuthentication)] : [new Oid(ClientAuthentication), new Oid(ServerAuthentication)], false));
        using var made = request.Create(_certificate, Now.AddDays(-9), Now + (validFor ?? TimeSpan.FromDays(1)), RandomNumberGenerator.GetBytes(8));
        var folder = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
        File.WriteAllText(Path.Combine(folder, "ca.pem"), (believes ?? this)._certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "cert.pem"), made.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        return folder;
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
