using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ContainerSandbox.Docker.Connecting;

/// <summary>
/// Whom to believe that an engine reached over TLS is the right one, and how to show it who asks: the files that the docker command
/// line uses. There is no way to do without the first.
/// </summary>
internal sealed class EngineCertificates
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private readonly X509Certificate2Collection _authorities = [];

    private EngineCertificates(string folder) => Folder = folder;

    /// <summary>Where they are.</summary>
    public string Folder { get; }

    /// <summary>What is shown to the engine; empty where there is none.</summary>
    public X509Certificate2Collection Own { get; } = [];

    /// <summary>
    /// Reads <c>ca.pem</c>, and <c>cert.pem</c> with <c>key.pem</c>. Without the first the engine's certificate must come from an authority that
    /// this machine trusts, without the others nothing is shown to the engine.
    /// </summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.EngineNotTrusted"/>: a file cannot be used.</exception>
    public static EngineCertificates Load(string folder, TimeProvider timeProvider)
    {
        var certificates = new EngineCertificates(folder);
        var (authorities, own, key) = (Path.Combine(folder, "ca.pem"), Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));
        try
        {
            if (File.Exists(authorities))
                certificates._authorities.ImportFromPemFile(authorities);
            if (File.Exists(own) || File.Exists(key))
                certificates.Own.Add(ReadOwn(own, key));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw NotTrusted(folder, $"the certificates in '{folder}' cannot be used: {e.Message.TrimEnd('.')}", "Put ca.pem, cert.pem and key.pem there, as `docker --tlsverify` takes them.", e);
        }

        if (certificates.Own is [var mine, ..] && mine.NotAfter < timeProvider.GetLocalNow().LocalDateTime)
            throw NotTrusted(folder, $"your certificate '{own}' ran out on {mine.NotAfter:yyyy-MM-dd}", "Have a new one made by whoever runs the engine.", null);
        return certificates;
    }

    /// <summary>Judges the engine's certificate.</summary>
    /// <exception cref="EngineNotBelievedException">It is not to be believed; the message says why.</exception>
    public bool Accept(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
            throw new EngineNotBelievedException("it shows no certificate");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            throw new EngineNotBelievedException($"its certificate is for another name ({certificate.Subject})");
        if (_authorities.Count == 0)
            return errors == SslPolicyErrors.None ? true : throw new EngineNotBelievedException(Reason(chain) + ", and there is no ca.pem that says otherwise");

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;

        // The same authority vouches for users, none of whom may pass for the engine.
        own.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (chain is not null)
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainElements.Select(element => element.Certificate).ToArray());
        using var theirs = new X509Certificate2(certificate);
        return own.Build(theirs) ? true : throw new EngineNotBelievedException(Reason(own));
    }

    /// <summary>The engine is not believed, or one cannot show it who asks.</summary>
    public static SandboxException NotTrusted(string target, string reason, string remedy, Exception? cause) => new(
        SandboxErrorId.EngineNotTrusted, SandboxErrorCategory.PermissionDenied, $"The engine is not connected to: {reason}. {remedy}", target, cause);

    // Read anew from its exported form: some systems cannot use a key that exists in memory only.
    private static X509Certificate2 ReadOwn(string certificate, string key)
    {
        using var read = X509Certificate2.CreateFromPemFile(certificate, key);
        return OperatingSystem.IsWindows() ? new X509Certificate2(read.Export(X509ContentType.Pkcs12)) : X509Certificate2.CreateFromPemFile(certificate, key);
    }

    private static string Reason(X509Chain? chain)
    {
        var problems = (chain?.ChainStatus ?? []).Select(status => status.StatusInformation.Trim().TrimEnd('.')).Where(text => text.Length > 0).Distinct().ToArray();
        return problems.Length == 0 ? "nobody who is trusted vouches for its certificate" : $"its certificate is not to be believed: {string.Join("; ", problems)}";
    }
}
