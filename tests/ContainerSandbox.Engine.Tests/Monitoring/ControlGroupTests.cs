using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Monitoring.ControlGroups;

namespace ContainerSandbox.Engine.Tests.Monitoring;

/// <summary>What the kernel's files say, in each of the ways that they are laid out.</summary>
public sealed class ControlGroupTests
{
    private const int ProcessId = RecordedMachine.ProcessId;
    private const string ContainerId = RecordedMachine.ContainerId;

    private static readonly ResourceReading Expected = new()
    {
        MemoryUsage = 45268992 - 1048576,
        MemoryFileSystemUsage = 2097152,
        CpuTime = TimeSpan.FromSeconds(1.5),
        ThrottledTime = TimeSpan.FromMilliseconds(250),
        Periods = 40,
        ThrottledPeriods = 10,
        ProcessCount = 7,
        DiskReadBytes = 4097,
        DiskWriteBytes = 8194,
        NetworkReceivedBytes = 1000010,
        NetworkSentBytes = 200005,
        OomKills = 2,
    };

    [Fact]
    public void Version_1_with_a_mount_for_each_controller()
    {
        using var machine = RecordedMachine.Version1();
        Assert.Equal(Expected, Read(machine));
    }

    [Fact]
    public void Version_1_with_joint_mounts_and_systemd()
    {
        using var machine = RecordedMachine.Version1WithSystemd();
        Assert.Equal(Expected, Read(machine));
    }

    [Fact]
    public void Version_2_tells_of_pressure_too()
    {
        using var machine = RecordedMachine.Version2();
        Assert.Equal(Expected with { MemoryPressurePercent = 1.53 }, Read(machine));
    }

    [Theory]
    [InlineData($"/machine.slice/libpod-{ContainerId}.scope/container", "/")]
    [InlineData($"/outer/inner/docker/{ContainerId}", "/outer/inner")]
    public void Version_2_elsewhere(string group, string mountRoot)
    {
        using var machine = RecordedMachine.Version2(group, mountRoot);
        Assert.Equal(Expected with { MemoryPressurePercent = 1.53 }, Read(machine));
    }

    [Fact]
    public void Without_a_network_nothing_is_counted_of_one()
    {
        using var machine = RecordedMachine.Version2();
        using var group = ControlGroup.Open(new ControlGroupPaths(machine.Root), ProcessId, ContainerId, hasNetwork: false)!;
        var reading = group.Read();
        Assert.Null(reading.NetworkReceivedBytes);
        Assert.Null(reading.NetworkSentBytes);
    }

    [Fact]
    public void A_file_is_read_anew_each_time()
    {
        using var machine = RecordedMachine.Version2();
        using var group = ControlGroup.Open(new ControlGroupPaths(machine.Root), ProcessId, ContainerId, hasNetwork: true)!;
        Assert.Equal(7, group.Read().ProcessCount);
        machine.Write($"sys/fs/cgroup/system.slice/docker-{ContainerId}.scope/pids.current", "12\n");
        Assert.Equal(12, group.Read().ProcessCount);
    }

    [Fact]
    public void A_process_of_another_container_is_not_believed()
    {
        using var machine = RecordedMachine.Version2();
        Assert.Null(ControlGroup.Open(new ControlGroupPaths(machine.Root), ProcessId, new string('0', 64), hasNetwork: true));
    }

    [Fact]
    public void A_process_that_is_not_here_is_elsewhere()
    {
        using var machine = RecordedMachine.Version2();
        Assert.Null(ControlGroup.Open(new ControlGroupPaths(machine.Root), ProcessId + 1, ContainerId, hasNetwork: true));
    }

    [Fact]
    public void What_a_kernel_does_not_count_is_null()
    {
        using var machine = RecordedMachine.Version2();
        var folder = Path.Combine(machine.Root, $"sys/fs/cgroup/system.slice/docker-{ContainerId}.scope");
        Array.ForEach(["memory.stat", "memory.events", "memory.pressure", "cpu.stat", "io.stat", "pids.current"], name => File.Delete(Path.Combine(folder, name)));
        Assert.Equal(new ResourceReading { NetworkReceivedBytes = 1000010, NetworkSentBytes = 200005 }, Read(machine));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("usage_usec\nusage_usec x\nnr_periods -\n")]
    [InlineData("usage_usecs 5\nnr_throttled99 5\n")]
    public void Nonsense_is_null(string text)
    {
        using var machine = RecordedMachine.Version2();
        machine.Write($"sys/fs/cgroup/system.slice/docker-{ContainerId}.scope/cpu.stat", text);
        var reading = Read(machine);
        Assert.Equal((null, null, null, null), (reading.CpuTime, reading.Periods, reading.ThrottledPeriods, reading.ThrottledTime));
    }

    private static ResourceReading Read(RecordedMachine machine)
    {
        using var group = ControlGroup.Open(new ControlGroupPaths(machine.Root), ProcessId, ContainerId, hasNetwork: true)!;
        return group.Read();
    }
}
