namespace ContainerSandbox.Docker.Tests.Ssh;

/// <summary>Whom to believe over ssh, and who is let in: nothing is ever asked, and whatever is wrong is said in time.</summary>
[Collection(SshGroup.Name)]
public sealed class SshTrustTests(SshFixture fixture)
{
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_host_whose_key_is_not_known_is_not_connected_to()
    {
        var failure = await FailAsync(await fixture.Server.ClientAsync(null, SshServer.Keys.User));
        Assert.Equal((SandboxErrorId.EngineNotTrusted, SandboxErrorCategory.PermissionDenied), (failure.ErrorId, failure.Category));
        Assert.Contains("shows a host key that is not known", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"`ssh -p {fixture.Server.Port} {Environment.UserName}@127.0.0.1 true`", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_shows_another_key_than_before_is_not_either()
    {
        var failure = await FailAsync(await fixture.Server.ClientAsync(SshServer.Keys.User, SshServer.Keys.User));
        Assert.Equal(SandboxErrorId.EngineNotTrusted, failure.ErrorId);
        Assert.Contains("shows another host key than the one that is known for it", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_let_in_is_told_so_and_asked_nothing()
    {
        var failure = await FailAsync(await fixture.Server.ClientAsync(SshServer.Keys.Host, SshServer.Keys.Host));
        Assert.Equal((SandboxErrorId.EngineAccessDenied, SandboxErrorCategory.PermissionDenied), (failure.ErrorId, failure.Category));
        Assert.Contains("does not let you in over ssh: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Permission denied (publickey)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_ssh_client_there_is_a_remedy()
    {
        var failure = await FailAsync("/nowhere");
        Assert.Equal(SandboxErrorId.EngineNotFound, failure.ErrorId);
        Assert.Contains("apt-get install openssh-client", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_without_the_socket_is_told_from_one_that_is_not_there()
    {
        var friend = await fixture.FriendAsync();
        var failure = await FailAsync(friend, $"ssh://127.0.0.1:{fixture.Server.Port}/nowhere.sock");
        Assert.Equal(SandboxErrorId.EngineNotFound, failure.ErrorId);
        Assert.Contains("there is no socket '/nowhere.sock' on 127.0.0.1", failure.Message, StringComparison.Ordinal);

        failure = await FailAsync(friend, $"ssh://127.0.0.1:{LocalRegistry.FreePort()}");
        Assert.Equal(SandboxErrorId.EngineNotFound, failure.ErrorId);
        Assert.Contains("Connection refused", failure.Message, StringComparison.Ordinal);
    }

    private Task<SandboxException> FailAsync(string client, string? address = null) => Assert.ThrowsAsync<SandboxException>(
        () => SshFixture.ConnectAsync(address ?? fixture.Address(fixture.Server.Port), client).WaitAsync(InTime));
}
