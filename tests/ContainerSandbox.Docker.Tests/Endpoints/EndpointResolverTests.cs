using System.Security.Cryptography;
using System.Text;
using ContainerSandbox.Docker.Connecting;

namespace ContainerSandbox.Docker.Tests.Endpoints;

/// <summary>Where an engine is looked for.</summary>
public sealed class EndpointResolverTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("cs-home-").FullName;
    private readonly Dictionary<string, string> _variables = [];

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void What_was_given_comes_first()
    {
        _variables["DOCKER_HOST"] = "unix:///host.sock";
        Context("mine", "unix:///context.sock", current: true);

        Assert.Equal(["unix:///given.sock"], Resolve("unix:///given.sock"));
    }

    [Fact]
    public void The_variable_comes_before_the_context()
    {
        _variables["DOCKER_HOST"] = "unix:///host.sock";
        _variables["DOCKER_CONTEXT"] = "mine";
        Context("mine", "unix:///context.sock", current: true);

        Assert.Equal(["unix:///host.sock"], Resolve());
    }

    [Fact]
    public void The_context_of_the_configuration_is_used()
    {
        Context("mine", "unix:///context.sock", current: true);

        Assert.Equal(["unix:///context.sock"], Resolve());
    }

    [Fact]
    public void The_context_of_the_environment_comes_before_that_of_the_configuration()
    {
        Context("mine", "unix:///context.sock", current: true);
        Context("other", "unix:///other.sock", current: false);
        _variables["DOCKER_CONTEXT"] = "other";

        Assert.Equal(["unix:///other.sock"], Resolve());
    }

    [Fact]
    public void The_configuration_may_be_elsewhere()
    {
        var folder = Path.Combine(_home, "elsewhere");
        Context("mine", "unix:///elsewhere.sock", current: true, folder);
        _variables["DOCKER_CONFIG"] = folder;

        Assert.Equal(["unix:///elsewhere.sock"], Resolve());
    }

    [Theory]
    [InlineData("{ \"currentContext\": \"default\" }")]
    [InlineData("{ not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void Without_a_context_the_usual_sockets_are_tried_in_turn(string configuration)
    {
        Directory.CreateDirectory(Path.Combine(_home, ".docker"));
        File.WriteAllText(Path.Combine(_home, ".docker", "config.json"), configuration);
        _variables["XDG_RUNTIME_DIR"] = "/run/user/7";

        Assert.Equal(
            ["unix:///var/run/docker.sock", "unix:///run/user/7/docker.sock", "unix:///run/user/7/podman/podman.sock", "unix:///run/podman/podman.sock"],
            Resolve());
    }

    [Fact]
    public void On_windows_the_pipe_is_tried() =>
        Assert.Equal(["npipe://./pipe/docker_engine"], Resolve(isWindows: true));

    [Fact]
    public void A_context_that_is_not_there_is_said_to_be()
    {
        _variables["DOCKER_CONTEXT"] = "ghost";

        var failure = Assert.Throws<SandboxException>(() => Resolve());

        Assert.Equal(SandboxErrorId.EngineNotFound, failure.ErrorId);
        Assert.Contains("'ghost'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tcp://example.com", "tcp://example.com:2375")]
    [InlineData("example.com:99", "tcp://example.com:99")]
    [InlineData("http://example.com:99/", "tcp://example.com:99")]
    [InlineData("ssh://me@host:22/run/user/7/docker.sock", "ssh://me@host:22/run/user/7/docker.sock")]
    [InlineData("ssh://alias/", "ssh://alias")]
    [InlineData("/tmp/x.sock", "unix:///tmp/x.sock")]
    [InlineData("UNIX:///tmp/a b#c?d%20e.sock", "unix:///tmp/a b#c?d%20e.sock")]
    public void Addresses_are_read_as_the_command_line_reads_them(string address, string expected) =>
        Assert.Equal([expected], Resolve(address));

    [Theory]
    [InlineData("ssh://", "names a host")]
    [InlineData("ssh://-oProxyCommand=x", "names a host")]
    [InlineData("ssh://-l@host", "names a host")]
    [InlineData("ssh://user:secret@host", "names a host")]
    [InlineData("ssh://host/a:b", "names a host")]
    [InlineData("ssh://host/a%27b", "names a host")]
    [InlineData("ssh://host/%25h", "names a host")]
    [InlineData("unix://relative.sock", "absolute")]
    [InlineData("ftp://host", "unix://")]
    [InlineData("tcp://", "host and a port")]
    [InlineData("tcp://user:secret@host:1", "host and a port")]
    [InlineData("npipe://./pipe/docker_engine", "Windows")]
    public void What_cannot_be_used_is_refused_with_the_reason(string address, string reason)
    {
        var failure = Assert.Throws<SandboxException>(() => Resolve(address));

        Assert.Equal(SandboxErrorId.EndpointNotSupported, failure.ErrorId);
        Assert.Equal(address, failure.Target);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_that_skips_the_verification_is_refused()
    {
        Context("blind", "tcp://host:2376", current: true, skipsVerification: true);

        var failure = Assert.Throws<SandboxException>(() => Resolve());

        Assert.Equal(SandboxErrorId.EndpointNotSupported, failure.ErrorId);
        Assert.Contains("skips the verification", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://host", "tcp://host:2376")]
    [InlineData("tcp://host", "tcp://host:2376")]
    [InlineData("tcp://host:1", "tcp://host:1")]
    [InlineData("unix:///x.sock", "unix:///x.sock")]
    public void With_tls_the_port_is_another(string address, string expected)
    {
        _variables["DOCKER_TLS_VERIFY"] = "1";
        Assert.Equal([expected], Resolve(address));
    }

    private static string Key(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    private IEnumerable<string> Resolve(string? endpoint = null, bool isWindows = false) =>
        new EndpointResolver(new EngineEnvironment(_variables.GetValueOrDefault, _home, isWindows), TimeProvider.System).Resolve(endpoint).Endpoints.Select(e => e.ToString());

    private void Context(string name, string host, bool current, string? folder = null, bool skipsVerification = false)
    {
        folder ??= Path.Combine(_home, ".docker");
        var meta = Directory.CreateDirectory(Path.Combine(folder, "contexts", "meta", Key(name))).FullName;
        File.WriteAllText(Path.Combine(meta, "meta.json"), $$$$"""{"Name":"{{{{name}}}}","Endpoints":{"docker":{"Host":"{{{{host}}}}","SkipTLSVerify":{{{{(skipsVerification ? "true" : "false")}}}}}}}""");
        if (current)
            File.WriteAllText(Path.Combine(folder, "config.json"), $$"""{"auths":{},"currentContext":"{{name}}"}""");
    }
}
