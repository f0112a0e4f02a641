using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ContainerSandbox.Docker.Connecting;

namespace ContainerSandbox.Docker.Tests.Tls;

/// <summary>Whom to believe over TLS, and who is believed.</summary>
[Collection(TlsGroup.Name)]
public sealed class TlsTrustTests(TlsFixture fixture) : IDisposable
{
    private readonly TestAuthority _stranger = new("stranger");

    public void Dispose() => _stranger.Dispose();

    [Fact]
    public async Task An_engine_whose_authority_is_known_is_believed_and_says_that_nobody_else_listens()
    {
        await using var backend = await TlsFixture.ConnectAsync(fixture.Host, fixture.Authority.Make("somebody"));
        Assert.False((await backend.DescribeAsync(CancellationToken.None)).IsOpenToNetwork);
        Assert.Equal(fixture.Host, (await backend.ProbeAsync(CancellationToken.None)).Engine.Endpoint);
    }

    [Fact]
    public async Task One_of_an_unknown_authority_is_not()
    {
        var failure = await FailAsync(fixture.Host, fixture.Authority.Make("somebody", believes: _stranger));
        Assert.Equal((SandboxErrorId.EngineNotTrusted, SandboxErrorCategory.PermissionDenied), (failure.ErrorId, failure.Category));
        Assert.Contains("its certificate is not to be believed: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("DOCKER_CERT_PATH", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_with_a_certificate_for_another_name_is_not()
    {
        var failure = await FailAsync(fixture.Host.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), fixture.Authority.Make("somebody"));
        Assert.Equal(SandboxErrorId.EngineNotTrusted, failure.ErrorId);
        Assert.Contains("its certificate is for another name (CN=127.0.0.1)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_authority_of_ones_own_those_of_the_machine_count()
    {
        var folder = fixture.Authority.Make("somebody");
        File.Delete(Path.Combine(folder, "ca.pem"));
        var failure = await FailAsync(fixture.Host, folder);
        Assert.Equal(SandboxErrorId.EngineNotTrusted, failure.ErrorId);
        Assert.Contains("there is no ca.pem that says otherwise", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_ran_out_is_not_even_shown()
    {
        var failure = await FailAsync(fixture.Host, fixture.Authority.Make("somebody", validFor: TimeSpan.FromDays(-1)));
        Assert.Equal(SandboxErrorId.EngineNotTrusted, failure.ErrorId);
        Assert.Contains("cert.pem' ran out on ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_believed_by_the_engine_is_told_which_certificate_that_is()
    {
        var folder = _stranger.Make("somebody", believes: fixture.Authority);
        var failure = await FailAsync(fixture.Host, folder);
        Assert.Equal(SandboxErrorId.EngineNotFound, failure.ErrorId);
        Assert.Contains($"it may not accept the certificate in '{folder}'", failure.Message, StringComparison.Ordinal);

        File.Delete(Path.Combine(folder, "cert.pem"));
        File.Delete(Path.Combine(folder, "key.pem"));
        failure = await FailAsync(fixture.Host, folder);
        Assert.Contains($"it may want a certificate, and there is none in '{folder}'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key.pem", "")]
    [InlineData("key.pem", "no key")]
    [InlineData("cert.pem", "no certificate")]
    [InlineData("ca.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public async Task Files_that_cannot_be_used_are_named_before_anything_is_asked(string file, string content)
    {
        var folder = fixture.Authority.Make("somebody");
        File.WriteAllText(Path.Combine(folder, file), content);
        var failure = await FailAsync("tcp://127.0.0.1:1", folder);
        Assert.Equal(SandboxErrorId.EngineNotTrusted, failure.ErrorId);
        Assert.Contains($"the certificates in '{folder}' cannot be used", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_another_certificate_is_named_too()
    {
        var folder = fixture.Authority.Make("somebody");
        File.Copy(Path.Combine(fixture.Authority.Make("somebody"), "key.pem"), Path.Combine(folder, "key.pem"), overwrite: true);
        var failure = await FailAsync("tcp://127.0.0.1:1", folder);
        Assert.Equal(SandboxErrorId.EngineNotTrusted, failure.ErrorId);
        Assert.Contains($"the certificates in '{folder}' cannot be used", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_user_does_not_pass_for_the_engine(bool isUsers)
    {
        var folder = fixture.Authority.Make("127.0.0.1", isUsers: isUsers);
        using var shown = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "cert.pem"));
        var certificates = EngineCertificates.Load(folder, TimeProvider.System);
        bool Accepts() => certificates.Accept(shown, null, SslPolicyErrors.RemoteCertificateChainErrors);
        if (isUsers)
            Assert.Throws<EngineNotBelievedException>(() => Accepts());
        else
            Assert.True(Accepts());
    }

    private static Task<SandboxException> FailAsync(string host, string certificates) =>
        Assert.ThrowsAsync<SandboxException>(() => TlsFixture.ConnectAsync(host, certificates).WaitAsync(TimeSpan.FromSeconds(15)));
}
