using System.Text.Json;
using ContainerSandbox.Docker.Tests.Hardening;

namespace ContainerSandbox.Docker.Tests.Openers;

/// <summary>Each opener seen from inside: what it opens answers otherwise than by default, and nothing else does.</summary>
[Collection(HardeningGroup.Name)]
public sealed class OpenerTests(HardeningFixture hardening) : IDisposable
{
    private const string NoCapability = "0000000000000000";
    private const string Kill = "0000000000000020";

    private readonly string _profile = Path.GetTempFileName();

    public void Dispose() => File.Delete(_profile);

    [Fact]
    public async Task A_writable_root_can_be_written_where_its_modes_allow_it() => await ShowAsync(
        new SandboxOpeners { WritableRoot = true }, "WritableRoot",
        ("create /x", "EACCES"), ("create /etc/x", "EACCES"), ("mount-flags /", "rw"));

    [Fact]
    public async Task A_user_of_ones_own_is_the_agents_and_has_no_power() => await ShowAsync(
        new SandboxOpeners { User = 1234 }, "User=1234", "1234 1234 1234");

    [Fact]
    public async Task Root_has_a_name_and_no_power() => await ShowAsync(new SandboxOpeners { User = 0 }, "User=0", "0 0 0");

    [Fact]
    public async Task Root_on_a_writable_root_writes_the_images_files() => await ShowAsync(
        new SandboxOpeners { User = 0, WritableRoot = true }, "WritableRoot, User=0", "0 0 0",
        ("create /x", "OK"), ("create /etc/x", "OK"), ("mount-flags /", "rw"));

    [Fact]
    public async Task A_capability_is_one_that_a_process_may_get_and_has_not() => await ShowAsync(
        new SandboxOpeners { AddCapability = "NET_BIND_SERVICE" }, "AddCapability=NET_BIND_SERVICE", ("status CapBnd", "0000000000000400"));

    [Fact]
    public async Task New_privileges_let_a_setuid_program_run_as_its_owner_who_has_no_capability() => await ShowAsync(
        new SandboxOpeners { AllowNewPrivileges = true }, "AllowNewPrivileges",
        ("status NoNewPrivs", "0"), ("setuid-exec", "agent 0 0"));

    [Fact]
    public async Task Root_with_new_privileges_has_the_capability_that_was_added_and_reaches_the_lease_with_it() => await ShowAsync(
        new SandboxOpeners { User = 0, AddCapability = "cap_kill", AllowNewPrivileges = true },
        "User=0, AddCapability=KILL, LeaseBreakable, AllowNewPrivileges", "0 0 0",
        ("status CapEff", Kill), ("status CapPrm", Kill), ("status CapBnd", Kill), ("status NoNewPrivs", "0"),
        ("signal-0 lease", "OK"), ("signal-0 init", "OK"));

    [Fact]
    public async Task Programs_run_from_tmp_and_not_from_shared_memory() => await ShowAsync(
        new SandboxOpeners { AllowExecInTmp = true }, "AllowExecInTmp", ("run-from /tmp", "OK"));

    [Fact]
    public async Task Another_runtime_closes_as_much()
    {
        var runtimes = hardening.Sandbox.GetInfo().Engine.Runtimes.Split(", ");
        var runtime = runtimes.Contains("io.containerd.runc.v2") ? "io.containerd.runc.v2" : runtimes[0];
        var container = await ShowAsync(new SandboxOpeners { Runtime = runtime }, $"Runtime={runtime}");
        Assert.Equal(runtime, container.GetProperty("HostConfig").GetProperty("Runtime").GetString());
    }

    // Calls alone: whoever may make a call has no more power than before, so most are refused all the same.
    [Fact]
    public async Task Another_profile_lets_calls_through_and_gives_no_power()
    {
        await File.WriteAllTextAsync(_profile, """{ "defaultAction": "SCMP_ACT_ALLOW" }""");
        var sandbox = await hardening.InitializeOpenAsync(new SandboxOpeners { SeccompProfile = _profile });
        var environment = await sandbox.ClaimAsync();
        Assert.Equal($"SeccompProfile={_profile}", environment.Weakenings);
        var usual = await Posture.ReadAsync(hardening.Sandbox, hardening.Environment);
        var opened = await Posture.ReadAsync(sandbox, environment);
        var changed = opened.Where(answer => usual[answer.Key] != answer.Value).Select(answer => answer.Key).ToArray();
        await sandbox.RemoveAsync(TimeSpan.Zero, Quiet.Observer, CancellationToken.None);

        Assert.Contains("clone3", changed);
        Assert.Contains("fchmod-setuid", changed);
        Assert.Empty(changed.Except(
            ["mount", "chroot", "unshare-user", "setns", "clone3", "keyctl", "bpf", "sethostname", "socket-alg", "socket-vsock", "socket-raw", "socket-packet", "fchmod-setuid", "mknodat-device"]));
        Assert.Equal(("2", "1", NoCapability), (opened["status Seccomp"], opened["status NoNewPrivs"], opened["status CapBnd"]));
    }

    [Fact]
    public async Task By_default_nothing_is_open()
    {
        Assert.Equal("", hardening.Sandbox.GetInfo().Weakenings);
        Assert.Equal("", hardening.Environment.Weakenings);
        var usual = await Posture.ReadAsync(hardening.Sandbox, hardening.Environment);
        Assert.Equal(
            (NoCapability, "1", "2", "EROFS", "ro", "EACCES", Posture.AsTheAgent, "EPERM", "ENOENT"),
            (usual["status CapBnd"], usual["status NoNewPrivs"], usual["status Seccomp"], usual["create /x"], usual["mount-flags /"],
                usual["run-from /tmp"], usual["setuid-exec"], usual["signal-0 lease"], usual["exists /var/run/docker.sock"]));
    }

    private Task<JsonElement> ShowAsync(SandboxOpeners openers, string weakenings, params (string Check, string Answer)[] opens) =>
        ShowAsync(openers, weakenings, null, opens);

    private async Task<JsonElement> ShowAsync(
        SandboxOpeners openers, string weakenings, string? user, params (string Check, string Answer)[] opens)
    {
        var expected = await Posture.ReadAsync(hardening.Sandbox, hardening.Environment);
        foreach (var (check, answer) in opens)
        {
            Assert.NotEqual(answer, expected[check]);
            expected[check] = answer;
        }

        var sandbox = await hardening.InitializeOpenAsync(openers);
        var environment = await sandbox.ClaimAsync();
        Assert.Equal((StartupSource.Warm, weakenings), (environment.StartupSource, environment.Weakenings));
        Assert.Equal(weakenings, sandbox.GetInfo().Weakenings);
        var answers = await Posture.ReadAsync(sandbox, environment);
        Assert.Equal(Lines(expected), Lines(answers));
        if (user is not null)
            Assert.Equal(user, await sandbox.ProbeAsync(environment, "effective-user"));
        Assert.NotEqual(
            await sandbox.ProbeAsync(environment, "effective-user"), await sandbox.ProbeAsync(environment, "effective-user", isolated: true));
        var container = await hardening.Engine.GetAsync($"containers/{environment.ContainerId}/json");
        var receipts = await sandbox.RemoveAsync(TimeSpan.Zero, Quiet.Observer, CancellationToken.None);
        Assert.All(receipts, receipt => Assert.True(receipt.Verified, receipt.Detail));
        return container;
    }

    private static IEnumerable<string> Lines(Dictionary<string, string> answers) => answers.Select(answer => $"{answer.Key}: {answer.Value}");
}
