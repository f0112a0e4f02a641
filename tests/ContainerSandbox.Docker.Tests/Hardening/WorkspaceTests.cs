using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>What of this machine an agent with a bound workspace has: its own folder, and nothing more.</summary>
[Collection(HardeningGroup.Name)]
public sealed class WorkspaceTests(HardeningFixture hardening) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("containersandbox-test-");
    private Sandbox? _sandbox;

    private Sandbox Sandbox => _sandbox!;

    public async Task InitializeAsync()
    {
        Write("planner/prepared/file", "prepared");
        _sandbox = await hardening.InitializeInAsync(_folder.FullName);
    }

    public async Task DisposeAsync()
    {
        await Sandbox.RemoveAsync(TimeSpan.Zero, Quiet.Observer, CancellationToken.None);
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_prepared_folder_is_warm_and_both_sides_write_in_it()
    {
        var planner = await ClaimAsync("planner");

        Assert.Equal((StartupSource.Warm, Place("planner")), (planner.StartupSource, planner.WorkspacePath));
        Assert.Equal("prepared", await Sandbox.LineAsync(planner, "cat prepared/file"));
        Assert.Equal("", await SilentAsync(planner, "echo mine >prepared/file; echo new >result"));
        Assert.Equal("mine\n", Read("planner/prepared/file"));
        Write("planner/from here", "hello");
        Assert.Equal("hello", await Sandbox.LineAsync(planner, "cat '/workspace/from here'"));
    }

    [Fact]
    public async Task What_is_kept_stays_the_agents_in_its_next_container()
    {
        var first = await ClaimAsync("planner");
        await SilentAsync(first, "mkdir -m 700 own && echo 1 >own/file && chmod 600 own/file");
        await Sandbox.RemoveAsync(first);

        var second = await ClaimAsync("planner");

        Assert.NotEqual(first.ContainerId, second.ContainerId);
        Assert.Equal("1", await Sandbox.LineAsync(second, "echo 2 >>own/file && head -n 1 own/file"));
        Assert.Equal("1\n2\n", Read("planner/own/file"));
    }

    [Fact]
    public async Task An_agent_sees_neither_the_slots_nor_another_agent()
    {
        var planner = await ClaimAsync("planner");
        var coder = await ClaimAsync("coder");
        await SilentAsync(planner, "echo secret >secret");

        Assert.Equal("", await SilentAsync(coder, "ls -A /workspace; ls -A / | grep -x -e .slots -e planner"));
        Assert.Equal("ENOENT", await Sandbox.ProbeAsync(coder, "exists /workspace/../.slots"));
        Assert.Equal("ENOENT", await Sandbox.ProbeAsync(coder, "exists /workspace/../planner"));
        var mounts = (await Sandbox.ProbeAsync(coder, "mounts")).Split(' ').Select(mount => mount.Split('=')[0]);
        Assert.Single(mounts, mount => mount.StartsWith("/workspace", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_an_agent_works_in_leads_nowhere_once_it_was_moved_out()
    {
        var planner = await ClaimAsync("planner");
        Assert.Equal("", await SilentAsync(planner, "mkdir inner; (cd inner && while [ ! -e go ]; do sleep 0.05; done; ls .. >/tmp/up 2>&1; echo $? >/tmp/status) >/dev/null 2>&1 &"));
        await Testing.Eventually.HoldsAsync("the agent works in it", TimeSpan.FromSeconds(5), () => Task.FromResult(Directory.Exists(Place("planner/inner"))));
        Directory.Move(Place("planner/inner"), Place("moved"));
        Write("moved/go", "");

        await Testing.Eventually.HoldsAsync(
            "the agent has looked up", TimeSpan.FromSeconds(5), async () => (await Sandbox.RunAsync(planner, "test -s /tmp/status")).ExitCode == 0);

        Assert.NotEqual("0", await Sandbox.LineAsync(planner, "cat /tmp/status"));
    }

    [Fact]
    public async Task Links_of_an_agent_are_never_followed_and_go_with_its_folder()
    {
        Write("outside/precious", "precious");
        var planner = await ClaimAsync("planner");
        await SilentAsync(planner, $"ln -s {Place("outside")} folder; ln -s {Place("outside/precious")} file; ln -s .. up");
        await Sandbox.RemoveAsync(planner);
        var again = await ClaimAsync("planner");
        Assert.Equal(StartupSource.Warm, again.StartupSource);

        var receipts = await Sandbox.RemoveEnvironmentAsync(
            "planner", again.EnvironmentId, TimeSpan.Zero, true, Quiet.Observer, CancellationToken.None);

        Assert.Equal([CleanupKind.Environment, CleanupKind.Workspace], receipts.Select(receipt => receipt.Kind));
        Assert.All(receipts, receipt => Assert.True(receipt.Verified, receipt.Detail));
        Assert.False(Directory.Exists(Place("planner")));
        Assert.Equal("precious", Read("outside/precious"));
    }

    [Fact]
    public async Task Isolated_commands_are_another_user_who_shares_files_by_their_group()
    {
        var coder = await ClaimAsync("coder");
        await SilentAsync(coder, "echo shared >file; echo closed >closed; chmod 600 closed");
        var (agent, isolated) = (await SlotNumbers.ReadAsync(Sandbox, coder), await SlotNumbers.ReadAsync(Sandbox, coder, isolated: true));

        Assert.NotEqual(agent.User, isolated.User);
        Assert.Equal(agent.Shared, isolated.Shared);
        Assert.Equal("shared", await Sandbox.LineAsync(coder, "cat /workspace/file", isolated: true));
        Assert.NotEqual(0, (await Sandbox.RunAsync(coder, "cat /workspace/closed", isolated: true)).ExitCode);
    }

    [Fact]
    public async Task Neither_a_setuid_program_nor_a_device_can_be_left_for_the_machine()
    {
        var coder = await ClaimAsync("coder");

        Assert.NotEqual(0, (await Sandbox.RunAsync(coder, "cp /bin/busybox b && chmod u+s b")).ExitCode);
        Assert.NotEqual(0, (await Sandbox.RunAsync(coder, "mknod disk b 8 0")).ExitCode);
        Assert.NotEqual(0, (await Sandbox.RunAsync(coder, "ln /bin/busybox hard")).ExitCode);
        Assert.False(File.Exists(Place("coder/disk")));
    }

    private Task<AgentEnvironment> ClaimAsync(string agentId) => Sandbox.ClaimAsync(new ClaimRequest { AgentId = agentId });

    private async Task<string> SilentAsync(AgentEnvironment environment, string command) =>
        (await Sandbox.RunAsync(environment, command)) is var result ? result.StandardOutput + result.StandardError : "";

    private string Place(string path) => Path.Combine(_folder.FullName, path);

    private string Read(string path) => File.ReadAllText(Place(path));

    private void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Place(path))!);
        File.WriteAllText(Place(path), content);
    }
}
