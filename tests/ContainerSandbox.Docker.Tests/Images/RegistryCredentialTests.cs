using System.Text;

namespace ContainerSandbox.Docker.Tests.Images;

/// <summary>A registry that wants credentials, and where they are looked for.</summary>
[Collection(DockerEngineGroup.Name)]
public sealed class RegistryCredentialTests(DockerFixture engine, RegistryFixture registry) : IClassFixture<RegistryFixture>, IDisposable
{
    private const string Secret = LocalRegistry.Password;
    private readonly DockerFolder _folder = new();

    private string Host => registry.Registry.Address;

    private static string Both => Base64($"{LocalRegistry.User}:{Secret}");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task A_login_that_the_command_line_wrote_down_counts() => PullsWithAsync(Configured("""{"auths":{"HOST":{"auth":"BOTH"}}}"""));

    [Fact]
    public Task So_does_one_under_the_address_of_the_registry() => PullsWithAsync(Configured("""{"auths":{"http://HOST/v2/":{"auth":"BOTH"}}}"""));

    [Fact]
    public async Task A_helper_of_the_registry_is_asked_for_it()
    {
        _folder.AddHelper(
            "one", $$"""/bin/cat > {{_folder.PathOf("asked")}}; echo '{"ServerURL":"x","Username":"{{LocalRegistry.User}}","Secret":"{{Secret}}"}'""");
        await PullsWithAsync(Configured("""{"credsStore":"absent","credHelpers":{"HOST":"one","elsewhere.example.com":"other"}}"""));
        Assert.Equal(Host, _folder.Read("asked").Trim());
    }

    [Fact]
    public async Task A_helper_for_all_is_asked_and_where_it_knows_none_the_written_login_counts()
    {
        _folder.AddHelper("all", "echo 'credentials not found in native keychain'; exit 1");
        await PullsWithAsync(Configured("""{"credsStore":"all","auths":{"HOST":{"auth":"BOTH"}}}"""));
    }

    [Theory]
    [InlineData("{}", "there are none for it. Run `docker login ")]
    [InlineData("""{"auths":{"other.example.com":{"auth":"eDp5"}}}""", "there are none for it. Run `docker login ")]
    [InlineData("{ half", "config.json', which may hold some, could not be read. Put that right, or run `docker login ")]
    [InlineData("[]", "config.json', which may hold some, could not be read")]
    [InlineData("""{"auths":{"HOST":{"auth":"no base64!"}}}""", "are not written as `docker login` writes them")]
    [InlineData("""{"auths":{"HOST":{"auth":"c29tZWJvZHk6d3JvbmctaG9yc2U="}}}""", "it did not accept the credentials that `docker login ")]
    [InlineData("""{"credsStore":"absent"}""", "the helper `docker-credential-absent` that should know them is not on the PATH")]
    [InlineData("""{"credsStore":"../../bin/sh"}""", "that should know them is not on the PATH")]
    [InlineData("""{"credsStore":"mumbling"}""", "the answer of the helper `docker-credential-mumbling` could not be understood")]
    [InlineData("""{"credsStore":"broken"}""", "the helper `docker-credential-broken` could not be run")]
    public async Task Without_the_right_ones_the_error_says_what_to_do_and_shows_no_secret(string configuration, string expected)
    {
        _folder.Configure(Configured(configuration));
        _folder.AddHelper("mumbling", $"echo {Secret}");
        File.WriteAllText(_folder.PathOf("docker-credential-broken"), Secret);
        await using var backend = await _folder.ConnectAsync(engine.Engine.Host);

        var failure = await Assert.ThrowsAsync<SandboxException>(() => backend.PullImageAsync(registry.Image, null, CancellationToken.None));

        Assert.Equal((SandboxErrorId.RegistryAccessDenied, SandboxErrorCategory.PermissionDenied), (failure.ErrorId, failure.Category));
        Assert.Equal(registry.Image, failure.Target);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-horse", failure.ToString(), StringComparison.Ordinal);
        Assert.Null(await backend.ResolveImageAsync(registry.Image, CancellationToken.None));
        var asked = await Assert.ThrowsAsync<SandboxException>(() => backend.AskRegistryAsync(registry.Image, CancellationToken.None));
        Assert.Equal(SandboxErrorId.RegistryAccessDenied, asked.ErrorId);
    }

    private async Task PullsWithAsync(string configuration)
    {
        _folder.Configure(configuration);
        await using var backend = await _folder.ConnectAsync(engine.Engine.Host);
        await backend.AskRegistryAsync(registry.Image, CancellationToken.None);
        try
        {
            var image = await backend.PullImageAsync(registry.Image, null, CancellationToken.None);
            Assert.Contains(registry.Image, image.References);
        }
        finally
        {
            await engine.Images.RemoveAsync(registry.Image);
        }
    }

    private string Configured(string configuration) =>
        configuration.Replace("HOST", Host, StringComparison.Ordinal).Replace("BOTH", Both, StringComparison.Ordinal);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
