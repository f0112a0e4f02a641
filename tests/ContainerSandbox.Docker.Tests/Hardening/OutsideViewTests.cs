using System.Text.Json;

namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>What whoever may ask the engine learns about an environment, and what the image had no say in.</summary>
[Collection(HardeningGroup.Name)]
public sealed class OutsideViewTests(HardeningFixture hardening)
{
    [Fact]
    public async Task Variables_of_the_agent_are_not_to_be_seen()
    {
        var secret = Guid.NewGuid().ToString("n");
        var environment = await hardening.Sandbox.ClaimAsync(
            new ClaimRequest { AgentId = "keeper-of-" + secret[..8], EnvironmentVariables = new Dictionary<string, string> { ["TOKEN"] = secret } });
        var command = new CommandRequest
        {
            Command = "echo $TOKEN $OTHER",
            EnvironmentVariables = new Dictionary<string, string> { ["OTHER"] = "other-" + secret },
        };
        foreach (var isolated in (bool[])[false, true])
        {
            var result = await hardening.Sandbox.RunAsync(environment, command with { Isolated = isolated });
            Assert.Equal($"{secret} other-{secret}\n", result.StandardOutput);
        }

        var container = await hardening.Engine.GetAsync($"containers/{environment.ContainerId}/json");
        var sessions = container.GetProperty("ExecIDs").EnumerateArray().Select(id => id.GetString()!).ToArray();
        Assert.NotEmpty(sessions);
        Assert.DoesNotContain(secret, container.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("TOKEN", container.GetRawText(), StringComparison.Ordinal);
        foreach (var session in sessions)
        {
            var exec = (await hardening.Engine.GetAsync($"exec/{session}/json")).GetRawText();
            Assert.Contains("ProcessConfig", exec, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, exec, StringComparison.Ordinal);
            Assert.DoesNotContain("TOKEN", exec, StringComparison.Ordinal);
        }

        await hardening.Sandbox.RemoveAsync(environment);
    }

    [Fact]
    public async Task The_container_is_what_was_asked_for()
    {
        var container = await hardening.Engine.GetAsync($"containers/{hardening.Environment.ContainerId}/json");
        var host = container.GetProperty("HostConfig");
        Assert.False(host.GetProperty("Privileged").GetBoolean());
        Assert.Equal("none", host.GetProperty("NetworkMode").GetString());
        Assert.Equal("private", host.GetProperty("IpcMode").GetString());
        Assert.Equal("private", host.GetProperty("CgroupnsMode").GetString());
        Assert.Equal("", host.GetProperty("PidMode").GetString());
        Assert.Equal("", host.GetProperty("UTSMode").GetString());
        Assert.Equal("", host.GetProperty("UsernsMode").GetString());
        Assert.Equal("none", host.GetProperty("LogConfig").GetProperty("Type").GetString());
        Assert.Equal("no", host.GetProperty("RestartPolicy").GetProperty("Name").GetString());
        Assert.True(host.GetProperty("AutoRemove").GetBoolean());
        Assert.True(IsEmpty(host, "Binds") && IsEmpty(host, "Devices") && IsEmpty(host, "CapAdd") && IsEmpty(host, "PortBindings"));
        Assert.Equal("SIGKILL", container.GetProperty("Config").GetProperty("StopSignal").GetString());
    }

    [Fact]
    public async Task Of_an_image_only_its_files_and_variables_apply()
    {
        var image = await hardening.MakeImageAsync(
            "wilful", "ENTRYPOINT [\"/bin/false\"]", "CMD [\"nothing\"]", "USER root", "VOLUME /data", "WORKDIR /root", "EXPOSE 80",
            "HEALTHCHECK --interval=1s CMD touch /workspace/checked", "ENV OF_THE_IMAGE=kept HOME=/root", "LABEL containersandbox.sandbox=other");
        var sandbox = await hardening.InitializeOnAsync(image);
        var environment = await sandbox.ClaimAsync();
        var (user, _, shared) = await SlotNumbers.ReadAsync(sandbox, environment);

        Assert.True(user > 65535);
        Assert.Equal("kept /home/agent /workspace", await sandbox.LineAsync(environment, "echo $OF_THE_IMAGE $HOME $PWD"));
        Assert.Equal($"33554432 8192 {user}:{shared} 2770", await sandbox.ProbeAsync(environment, "tmpfs /data"));
        Assert.Equal("rw nosuid nodev noexec", await sandbox.ProbeAsync(environment, "mount-flags /data"));
        Assert.Equal($"134217728 32768 {user}:{shared} 2770", await sandbox.ProbeAsync(environment, "tmpfs /workspace"));

        var container = await hardening.Engine.GetAsync($"containers/{environment.ContainerId}/json");
        Assert.DoesNotContain(container.GetProperty("Mounts").EnumerateArray(), mount => mount.GetProperty("Type").GetString() != "tmpfs");
        Assert.Equal("NONE", container.GetProperty("Config").GetProperty("Healthcheck").GetProperty("Test")[0].GetString());
        Assert.Equal("65534:65534", container.GetProperty("Config").GetProperty("User").GetString());
        Assert.Equal(sandbox.Id, container.GetProperty("Config").GetProperty("Labels").GetProperty("containersandbox.sandbox").GetString());
        Assert.Equal("ENOENT", await sandbox.ProbeAsync(environment, "exists /workspace/checked"));
        await sandbox.RemoveAsync(TimeSpan.Zero, Quiet.Observer, CancellationToken.None);
    }

    private static bool IsEmpty(JsonElement parent, string name) => !parent.TryGetProperty(name, out var value) || value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };
}
