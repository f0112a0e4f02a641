namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>What can be read, written and run where.</summary>
[Collection(HardeningGroup.Name)]
public sealed class PlaceTests(HardeningFixture hardening)
{
    private const string Covered = "ro nosuid nodev noexec";

    [Theory]
    [InlineData("create /x", "EROFS")]
    [InlineData("create /bin/x", "EROFS")]
    [InlineData("create /etc/x", "EROFS")]
    [InlineData("create /root/x", "EROFS")]
    [InlineData("create /dev/x", "EACCES")]
    [InlineData("create /sys/fs/cgroup/x", "EACCES")]
    [InlineData("create /tmp/x", "OK")]
    [InlineData("create /home/agent/x", "OK")]
    [InlineData("create /workspace/x", "OK")]
    [InlineData("create /dev/shm/x", "OK")]
    [InlineData("open-write /bin/busybox", "EACCES")]
    [InlineData("open-write /etc/hosts", "EACCES")]
    [InlineData("open-write /etc/resolv.conf", "EACCES")]
    [InlineData("open-write /proc/sys/kernel/core_pattern", "EACCES")]
    [InlineData("open-write /proc/sys/kernel/hostname", "EACCES")]
    [InlineData("open-write /proc/sys/kernel/shmall", "EACCES")]
    [InlineData("open-write /sys/fs/cgroup/memory/release_agent", "ENOENT")]
    [InlineData("open-write /sys/fs/cgroup/release_agent", "ENOENT")]
    public async Task Only_four_places_can_be_written(string check, string line) => Assert.Equal(line, await hardening.ProbeAsync(check));

    // The owner's permissions already refuse the writes above; these covers would refuse root's as well.
    [Theory]
    [InlineData("/", "ro")]
    [InlineData("/etc/hosts", "ro")]
    [InlineData("/etc/resolv.conf", "ro")]
    [InlineData("/etc/hostname", "ro")]
    [InlineData("/proc", "rw nosuid nodev noexec")]
    [InlineData("/proc/sys", Covered)]
    [InlineData("/proc/bus", Covered)]
    [InlineData("/proc/fs", Covered)]
    [InlineData("/proc/irq", Covered)]
    [InlineData("/sys", Covered)]
    [InlineData("/tmp", "rw nosuid nodev noexec")]
    [InlineData("/home/agent", "rw nosuid nodev")]
    [InlineData("/workspace", "rw nosuid nodev")]
    [InlineData("/dev/shm", "rw nosuid nodev noexec")]
    [InlineData("/dev/mqueue", "rw nosuid nodev noexec")]
    public async Task Mounts_carry_their_flags(string path, string flags) => Assert.Equal(flags, await hardening.ProbeAsync($"mount-flags {path}"));

    // Version 1 of control groups has a folder for each kind, version 2 one for all.
    [Fact]
    public async Task Control_groups_cannot_be_changed()
    {
        var path = File.Exists("/sys/fs/cgroup/cgroup.controllers") ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory";
        Assert.Equal(Covered, await hardening.ProbeAsync($"mount-flags {path}"));
        Assert.Equal("EACCES", await hardening.ProbeAsync($"open-write {path}/cgroup.procs"));
    }

    [Theory]
    [InlineData("/tmp", "EACCES")]
    [InlineData("/dev/shm", "EACCES")]
    [InlineData("/home/agent", "OK")]
    [InlineData("/workspace", "OK")]
    public async Task Programs_run_where_they_may(string place, string line) => Assert.Equal(line, await hardening.ProbeAsync($"run-from {place}"));

    // What this machine's kernel does not have cannot be covered, and is not there.
    [Theory]
    [InlineData("/proc/acpi")]
    [InlineData("/proc/asound")]
    [InlineData("/proc/kcore")]
    [InlineData("/proc/keys")]
    [InlineData("/proc/latency_stats")]
    [InlineData("/proc/sched_debug")]
    [InlineData("/proc/scsi")]
    [InlineData("/proc/timer_list")]
    [InlineData("/proc/timer_stats")]
    [InlineData("/sys/firmware")]
    public async Task What_tells_of_the_machine_is_covered(string path) =>
        Assert.Equal(Path.Exists(path) ? "EMPTY" : "ENOENT", await hardening.ProbeAsync($"read {path}"));

    [Theory]
    [InlineData("/proc/sysrq-trigger")]
    [InlineData("/proc/kmsg")]
    public async Task What_commands_the_machine_is_closed(string path) =>
        Assert.Equal(File.Exists(path) ? "EACCES" : "ENOENT", await hardening.ProbeAsync($"open-write {path}"));

    [Theory]
    [InlineData("/var/run/docker.sock")]
    [InlineData("/run/docker.sock")]
    [InlineData("/run/containerd/containerd.sock")]
    [InlineData("/run/podman/podman.sock")]
    [InlineData("/dev/mem")]
    [InlineData("/dev/kmsg")]
    [InlineData("/dev/fuse")]
    [InlineData("/dev/kvm")]
    [InlineData("/dev/net/tun")]
    [InlineData("/dev/sda")]
    [InlineData("/dev/vda")]
    [InlineData("/dev/console")]
    public async Task Neither_the_engines_socket_nor_a_device_is_there(string path) =>
        Assert.Equal("ENOENT", await hardening.ProbeAsync($"exists {path}"));

    [Fact]
    public async Task Nothing_else_is_mounted()
    {
        string[] expected =
        [
            "/", "/dev", "/dev/mqueue", "/dev/pts", "/dev/shm", "/etc/hostname", "/home/agent", "/proc", "/sbin/docker-init", "/sys", "/tmp",
            "/workspace",
        ];

        // The engine's own files of names, which some versions mount also where there is no network.
        string[] names = ["/etc/hosts", "/etc/resolv.conf"];
        var mounts = (await hardening.ProbeAsync("mounts")).Split(' ').Select(mount => mount.Split('=')).ToArray();

        Assert.Equal(expected, mounts.Select(mount => mount[0]).Except(names).Order(StringComparer.Ordinal));
        Assert.All(
            mounts.Where(mount => mount[0] is "/tmp" or "/home/agent" or "/workspace" or "/dev/shm"), mount => Assert.Equal("tmpfs", mount[1]));
    }

    [Fact]
    public async Task Each_file_system_in_memory_has_its_size_owner_and_mode()
    {
        var (user, _, shared) = await SlotNumbers.ReadAsync(hardening.Sandbox, hardening.Environment);
        Assert.Equal($"33554432 8192 {user}:{shared} 1777", await hardening.ProbeAsync("tmpfs /tmp"));
        Assert.Equal($"33554432 8192 {user}:{shared} 2770", await hardening.ProbeAsync("tmpfs /home/agent"));
        Assert.Equal($"167772160 40960 {user}:{shared} 2770", await hardening.ProbeAsync("tmpfs /workspace"));
        Assert.Equal("33554432 8192 0:0 1777", await hardening.ProbeAsync("tmpfs /dev/shm"));
    }
}
