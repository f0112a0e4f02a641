using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Contract;

/// <summary>
/// What every adapter must do, whatever engine is behind it. An adapter runs the suite by deriving from this class and giving a
/// fixture; it may add tests of its own, and may not leave any out.
/// </summary>
public abstract partial class BackendContract(IBackendFixture fixture)
{
    private const long LeaseUser = 65534;
    private const long AgentUser = 1000_001;
    private const long SharedGroup = 1000_000;
    private const long Megabyte = 1024 * 1024;
    private static readonly CancellationToken None = CancellationToken.None;

    // Each test looks only at what is its own.
    private readonly string _test = Guid.NewGuid().ToString("N")[..12];

    protected ISandboxBackend Backend => fixture.Backend;

    private string TestLabel => "containersandbox-test.test=" + _test;

    private async Task<ContainerSpec> SpecAsync(string? image = null, long memory = 64 * Megabyte)
    {
        var resolved = await Backend.ResolveImageAsync(image ?? fixture.Busybox, None);
        Assert.NotNull(resolved);
        var run = fixture.RunLabel.Split('=');
        var volumes = resolved.Volumes.Select(path => new TmpfsMount(path, Megabyte, 256, AgentUser, AgentUser, 0b111_000_000, false));
        return new ContainerSpec
        {
            Name = $"cs-contract-{_test}-{Guid.NewGuid().ToString("N")[..6]}",
            ImageId = resolved.Id,
            MainProcess = ["/bin/sh", "-c", "trap '' TERM INT HUP; while read -r _; do :; done"],
            UserId = LeaseUser,
            GroupId = LeaseUser,
            SharedGroupId = SharedGroup,
            EnvironmentVariables = new Dictionary<string, string> { ["GREETING"] = "hello world" },
            WorkingDirectory = "/workspace",
            Labels = new Dictionary<string, string> { [run[0]] = run[1], ["containersandbox-test.test"] = _test },
            Limits = new ResourceLimits(memory, 0.5, 32),
            TmpfsMounts =
            [
                new TmpfsMount("/workspace", 4 * Megabyte, 1024, AgentUser, AgentUser, 0b111_101_101, true),
                new TmpfsMount("/tmp", 2 * Megabyte, 512, AgentUser, AgentUser, 0b111_000_000, false),
                new TmpfsMount("/dev/shm", 1 * Megabyte, 128, AgentUser, AgentUser, 0b1_111_111_111, false),
                .. volumes,
            ],
            SharedMemoryPages = 256,
            OpenFilesLimit = 512,
            UserProcessesLimit = 4096,
            SecurityProfile = """
                {"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["sethostname"],"action":"SCMP_ACT_ERRNO"}]}
                """,
        };
    }

    private async Task<IContainerLease> StartAsync(string? image = null, long memory = 64 * Megabyte) =>
        await Backend.StartContainerAsync(await SpecAsync(image, memory), None);

    private Task<ISessionChannel> OpenAsync(IContainerLease lease, params string[] command) =>
        Backend.OpenSessionAsync(new SessionSpec(lease.ContainerId, AgentUser, AgentUser, command, "/workspace"), None);

    /// <summary>Runs a script of the shell as the agent.</summary>
    private async Task<Finished> ScriptAsync(IContainerLease lease, string script)
    {
        await using var session = await OpenAsync(lease, "/bin/sh", "-c", script);
        await session.CompleteInputAsync(None);
        return await Finished.WaitAsync(session);
    }

    private async Task<string> OutputAsync(IContainerLease lease, string script)
    {
        var finished = await ScriptAsync(lease, script);
        Assert.True(finished.ExitCode == 0, $"'{script}' ended with {finished.ExitCode}: {finished.ErrorText}");
        return finished.OutputText.TrimEnd('\n');
    }

    private async Task GoneAsync(TimeSpan within)
    {
        try
        {
            await Eventually.HoldsAsync("no container is left", within, async () => (await fixture.ContainersAsync(TestLabel)).Count == 0);
        }
        catch (TimeoutException e)
        {
            var left = await Backend.ListContainersAsync(TestLabel, None);
            throw new TimeoutException($"{e.Message} Left: {string.Join(", ", left.Select(container => $"{container.Name} {container.State}"))}", e);
        }
    }
}
