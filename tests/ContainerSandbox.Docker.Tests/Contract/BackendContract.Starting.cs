using System.Diagnostics;
using System.Globalization;
using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Contract;

public abstract partial class BackendContract
{
    [Fact]
    public async Task Probe_tells_what_answers_and_what_it_can_do()
    {
        var capabilities = await Backend.ProbeAsync(None);

        Assert.NotEmpty(capabilities.Engine.Product);
        Assert.NotEmpty(capabilities.Engine.Version);
        Assert.NotEmpty(capabilities.Engine.ApiVersion);
        Assert.NotEmpty(capabilities.Engine.OperatingSystem);
        Assert.Contains(capabilities.Engine.CgroupVersion, new[] { "1", "2" });
        Assert.True(capabilities.Engine.ProcessorCount > 0);
        Assert.True(capabilities.Engine.TotalMemory > 64 * Megabyte);
        Assert.True(capabilities.FirstUserId > 0);
        Assert.True(capabilities.LastUserId >= 65533);
    }

    [Fact]
    public async Task A_started_container_is_found_by_its_labels()
    {
        var spec = await SpecAsync();
        await using var lease = await Backend.StartContainerAsync(spec, None);

        foreach (var label in new[] { "containersandbox-test.test", TestLabel })
        {
            var container = Assert.Single(await Backend.ListContainersAsync(label, None), found => found.Id == lease.ContainerId);
            Assert.Equal(spec.Name, container.Name);
            Assert.Equal(BackendContainerState.Running, container.State);
            Assert.Equal(_test, container.Labels["containersandbox-test.test"]);
        }

        Assert.Empty(await Backend.ListContainersAsync("containersandbox-test.test=other", None));
    }

    [Fact]
    public async Task A_container_ends_soon_after_its_lease_is_released()
    {
        var lease = await StartAsync();

        var clock = Stopwatch.StartNew();
        lease.Release();
        var release = clock.Elapsed;

        Assert.True(release < TimeSpan.FromMilliseconds(50), $"Releasing took {release.TotalMilliseconds} ms, as if the engine had been asked.");
        await GoneAsync(TimeSpan.FromSeconds(2));
        lease.Release();
        await lease.DisposeAsync();
        await lease.DisposeAsync();
    }

    [Fact]
    public async Task Disposing_a_lease_releases_it()
    {
        await (await StartAsync()).DisposeAsync();

        await GoneAsync(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_lease_lasts_until_it_is_released()
    {
        await using var lease = await StartAsync();
        await ScriptAsync(lease, "echo at work; echo at work >&2");
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, None);
        Assert.False(lease.Ended.IsCompleted);

        lease.Release();

        await lease.Ended.WaitAsync(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task The_agent_cannot_end_the_container_or_outlive_it()
    {
        var lease = await StartAsync();
        await ScriptAsync(lease, "setsid sleep 1000 >/dev/null 2>&1 </dev/null & kill -9 -1");
        await ScriptAsync(lease, "setsid sh -c 'trap \"\" TERM HUP; sleep 1000' >/dev/null 2>&1 </dev/null & exit 0");

        Assert.Equal(BackendContainerState.Running, Assert.Single(await Backend.ListContainersAsync(TestLabel, None)).State);
        lease.Release();

        await GoneAsync(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Nothing_is_granted_that_was_not_asked_for()
    {
        await using var lease = await StartAsync();

        var status = await OutputAsync(lease, "cat /proc/self/status");
        var interfaces = await OutputAsync(lease, "ls /sys/class/net");
        var firstProcess = await OutputAsync(lease, "cat /proc/1/cmdline");
        var write = await ScriptAsync(lease, "echo x >/etc/passwd; echo x >/root/x; echo x >/x");
        var hostname = await ScriptAsync(lease, "hostname other");

        Assert.Matches(@"(?m)^CapEff:\s+0+$", status);
        Assert.Matches(@"(?m)^CapBnd:\s+0+$", status);
        Assert.Matches(@"(?m)^NoNewPrivs:\s+1$", status);
        Assert.Matches(@"(?m)^Seccomp:\s+2$", status);
        Assert.Equal("lo", interfaces);
        Assert.DoesNotContain("/bin/sh\0-c", firstProcess[..Math.Min(12, firstProcess.Length)], StringComparison.Ordinal);
        Assert.NotEqual(0, write.ExitCode);
        Assert.NotEqual(0, hostname.ExitCode);
    }

    [Fact]
    public async Task Limits_are_in_force()
    {
        await using var lease = await StartAsync();

        Assert.Equal((64 * Megabyte).ToString(CultureInfo.InvariantCulture), await MemoryLimitAsync(lease));
        Assert.Equal("32", await OutputAsync(lease, "cat /sys/fs/cgroup/pids/pids.max 2>/dev/null || cat /sys/fs/cgroup/pids.max"));
        Assert.Equal("50000", await CpuQuotaAsync(lease));
        Assert.Equal("512 512 4096 0", await OutputAsync(lease, "echo $(ulimit -Sn) $(ulimit -Hn) $(awk '/^Max processes/ { print $4 }' /proc/self/limits) $(ulimit -c)"));
        Assert.Equal("256", await OutputAsync(lease, "cat /proc/sys/kernel/shmall"));
    }

    [Fact]
    public async Task Places_to_write_are_as_they_were_asked_for()
    {
        await using var lease = await StartAsync();

        var mounts = await OutputAsync(lease, "grep ' tmpfs ' /proc/mounts");

        foreach (var path in new[] { "/workspace", "/tmp", "/dev/shm" })
        {
            var mount = Assert.Single(mounts.Split('\n'), line => line.Contains($" {path} ", StringComparison.Ordinal));
            Assert.Contains("nosuid", mount, StringComparison.Ordinal);
            Assert.Contains("nodev", mount, StringComparison.Ordinal);
            Assert.Equal(path != "/workspace", mount.Contains("noexec", StringComparison.Ordinal));
            await OutputAsync(lease, $"echo x >{path}/mine");
        }

        Assert.Contains("size=4096k", mounts, StringComparison.Ordinal);
        Assert.Contains("size=1024k", mounts, StringComparison.Ordinal);
        await OutputAsync(lease, "head -c 3000000 /dev/zero >/tmp/big 2>/dev/null; [ $(stat -c %s /tmp/big) -le 2097152 ]");
        Assert.Equal("1000001 1000001 755", await OutputAsync(lease, "stat -c '%u %g %a' /workspace"));
        var limits = (await Backend.ProbeAsync(None)).Engine.UnenforcedLimits.Split(", ");
        Assert.Equal(fixture.IsPodman, limits.Contains("TmpfsInodes"));
        if (fixture.IsPodman)
            return;
        Assert.Contains("size=4096k,nr_inodes=1024", mounts, StringComparison.Ordinal);
        Assert.Contains("size=1024k,nr_inodes=128", mounts, StringComparison.Ordinal);
        await OutputAsync(lease, "i=0; while [ $i -lt 200 ] && touch /dev/shm/$i 2>/dev/null; do i=$((i + 1)); done; [ $i -gt 100 ] && [ $i -lt 129 ]");
    }

    [Fact]
    public async Task The_image_decides_nothing_but_files_and_variables()
    {
        await using var lease = await StartAsync(fixture.Hostile);
        var view = await fixture.InspectAsync(lease.ContainerId);

        Assert.Equal("65534:65534", view.User);
        Assert.Equal("/bin/sh", view.Arguments[0]);
        Assert.DoesNotContain("from-the-image", view.Arguments);
        Assert.Equal(0, view.VolumeMounts);
        Assert.False(view.HasHealthCheck);
        Assert.False(view.KeepsLog);
        Assert.Contains("KILL", view.StopSignal, StringComparison.Ordinal);
        Assert.Equal("of-the-image hello world /workspace", await OutputAsync(lease, "echo $IMAGE_VARIABLE $GREETING $PWD"));
        foreach (var volume in TestImages.HostileVolumes)
            Assert.StartsWith("tmpfs ", await OutputAsync(lease, $"grep ' {volume} ' /proc/mounts"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("bash")]
    public async Task Any_posix_shell_will_do(string shell)
    {
        await using var lease = await StartAsync(shell == "dash" ? fixture.Dash : fixture.Bash);

        Assert.Equal("3", await OutputAsync(lease, "echo $((1 + 2))"));
        lease.Release();
        await GoneAsync(TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_image_without_a_shell_is_refused(bool dangling)
    {
        var spec = await SpecAsync(dangling ? fixture.DanglingShell : fixture.WithoutShell);

        var failure = await Assert.ThrowsAsync<SandboxException>(() => Backend.StartContainerAsync(spec, None));

        Assert.Equal(SandboxErrorId.ImageHasNoShell, failure.ErrorId);
        await GoneAsync(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task An_image_that_is_gone_is_said_to_be()
    {
        var spec = await SpecAsync() with { ImageId = "sha256:" + new string('0', 64) };

        var failure = await Assert.ThrowsAsync<SandboxException>(() => Backend.StartContainerAsync(spec, None));

        Assert.Equal(SandboxErrorId.ImageNotFound, failure.ErrorId);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_an_error_and_its_owner_stays()
    {
        var spec = await SpecAsync();
        await using var first = await Backend.StartContainerAsync(spec, None);

        var failure = await Assert.ThrowsAsync<SandboxException>(() => Backend.StartContainerAsync(spec, None));

        Assert.Equal(SandboxErrorId.EngineError, failure.ErrorId);
        Assert.Contains("already in use", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("{", failure.Message, StringComparison.Ordinal);
        Assert.Equal(first.ContainerId, Assert.Single(await fixture.ContainersAsync(TestLabel)));
    }

    [Fact]
    public async Task A_start_that_is_cancelled_leaves_nothing()
    {
        var left = 0;
        foreach (var milliseconds in new[] { 0, 1, 2, 4, 6, 8, 10, 15, 20, 30, 40, 80, 120, 160, 200 })
        {
            var spec = await SpecAsync();
            using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(milliseconds));
            try
            {
                await using var lease = await Backend.StartContainerAsync(spec, cancel.Token);
            }
            catch (OperationCanceledException)
            {
                left++;
            }
        }

        Assert.True(left > 1, "No start was cancelled: the test shows nothing.");
        await GoneAsync(TimeSpan.FromSeconds(8));
    }

    private Task<string> MemoryLimitAsync(IContainerLease lease) => OutputAsync(
        lease, "cat /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null || cat /sys/fs/cgroup/memory.max");

    // The period is 100 ms unless asked for otherwise.
    private Task<string> CpuQuotaAsync(IContainerLease lease) => OutputAsync(
        lease, "cat /sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us 2>/dev/null || cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us 2>/dev/null || cut -d' ' -f1 /sys/fs/cgroup/cpu.max");
}
