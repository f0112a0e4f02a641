namespace ContainerSandbox.Engine.Tests.Monitoring;

/// <summary>A machine's files about a container as they were recorded, in a folder of the test's own.</summary>
internal sealed class RecordedMachine : IDisposable
{
    public const string ContainerId = "93d81aeb102e955f3130451a50f0ecece85f37574cefcde4282e71bb915f9c10";
    public const int ProcessId = 4242;

    public string Root { get; } = Directory.CreateTempSubdirectory("recorded-machine-").FullName;

    /// <summary>Docker 20.10 with the cgroupfs driver, version 1, each controller mounted at a place of its own, beside an empty version 2.</summary>
    public static RecordedMachine Version1()
    {
        var machine = new RecordedMachine();
        string[] controllers = ["cpu", "cpuacct", "memory", "blkio", "pids"];
        machine.Write($"proc/{ProcessId}/cgroup", string.Join('\n', controllers.Select((name, index) => $"{index + 1}:{name}:/docker/{ContainerId}")) + $"\n9:name=systemd:/docker/{ContainerId}\n0::/docker/{ContainerId}\n");
        machine.Write("proc/self/mountinfo", string.Join('\n', controllers.Select((name, index) =>
            $"{32 + index} 31 0:{29 + index} / /sys/fs/cgroup/{name} rw,relatime - cgroup cgroup rw,{name}")) + "\n41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n");
        machine.WriteVersion1(name => $"sys/fs/cgroup/{name}/docker/{ContainerId}");
        return machine;
    }

    /// <summary>Version 1 with the systemd driver: joint mounts, and a slice.</summary>
    public static RecordedMachine Version1WithSystemd()
    {
        var machine = new RecordedMachine();
        var group = $"/system.slice/docker-{ContainerId}.scope";
        machine.Write($"proc/{ProcessId}/cgroup", $"4:memory:{group}\n3:cpu,cpuacct:{group}\n2:pids:{group}\n1:blkio:{group}\n");
        machine.Write("proc/self/mountinfo", string.Join('\n', new[] { "memory", "cpu,cpuacct", "pids", "blkio" }.Select(name =>
            $"32 31 0:29 / /sys/fs/cgroup/{name} rw,nosuid,nodev,noexec,relatime shared:9 - cgroup cgroup rw,{name}")) + "\n");
        machine.WriteVersion1(name => $"sys/fs/cgroup/{(name.StartsWith("cpu", StringComparison.Ordinal) ? "cpu,cpuacct" : name)}{group}");
        return machine;
    }

    /// <summary>Version 2 with the systemd driver.</summary>
    public static RecordedMachine Version2(string group = $"/system.slice/docker-{ContainerId}.scope", string mountRoot = "/")
    {
        var machine = new RecordedMachine();
        machine.Write($"proc/{ProcessId}/cgroup", $"0::{group}\n");
        machine.Write("proc/self/mountinfo", $"25 30 0:23 {mountRoot} /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot\n");
        var folder = "sys/fs/cgroup" + (mountRoot == "/" ? group : group[mountRoot.Length..]);
        machine.Write($"{folder}/memory.current", "45268992\n");
        machine.Write($"{folder}/memory.stat", "anon 41943040\nfile 3145728\nshmem 2097152\ninactive_anon 2101248\nactive_anon 41943040\ninactive_file 1048576\nactive_file 0\n");
        machine.Write($"{folder}/memory.events", "low 0\nhigh 0\nmax 12\noom 3\noom_kill 2\n");
        machine.Write($"{folder}/memory.pressure", "some avg10=1.53 avg60=0.87 avg300=0.25 total=1234567\nfull avg10=0.50 avg60=0.10 avg300=0.02 total=234567\n");
        machine.Write($"{folder}/cpu.stat", "usage_usec 1500000\nuser_usec 1000000\nsystem_usec 500000\nnr_periods 40\nnr_throttled 10\nthrottled_usec 250000\n");
        machine.Write($"{folder}/pids.current", "7\n");
        machine.Write($"{folder}/io.stat", "8:0 rbytes=4096 wbytes=8192 rios=1 wios=2 dbytes=0 dios=0\n252:0 rbytes=1 wbytes=2 rios=1 wios=1 dbytes=0 dios=0\n");
        machine.WriteNetwork();
        return machine;
    }

    public void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void WriteVersion1(Func<string, string> folder)
    {
        Write($"{folder("memory")}/memory.usage_in_bytes", "45268992\n");
        Write($"{folder("memory")}/memory.stat", "cache 3145728\nrss 41943040\nshmem 0\ninactive_file 4096\nhierarchical_memory_limit 67108864\ntotal_shmem 2097152\ntotal_inactive_file 1048576\n");
        Write($"{folder("memory")}/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n");
        Write($"{folder("cpuacct")}/cpuacct.usage", "1500000000\n");
        Write($"{folder("cpu")}/cpu.stat", "nr_periods 40\nnr_throttled 10\nthrottled_time 250000000\nnr_bursts 0\nburst_time 0\n");
        Write($"{folder("pids")}/pids.current", "7\n");
        Write($"{folder("blkio")}/blkio.throttle.io_service_bytes", "8:0 Read 4096\n8:0 Write 8192\n8:0 Sync 12288\n8:0 Total 12288\n252:0 Read 1\n252:0 Write 2\nTotal 12291\n");
        WriteNetwork();
    }

    private void WriteNetwork() => Write($"proc/{ProcessId}/net/dev", """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            lo:     999       9    0    0    0     0          0         0      999       9    0    0    0     0       0          0
          eth0: 1000000    1500    0    0    0     0          0         0   200000     700    0    0    0     0       0          0
          eth1:10       1    0    0    0     0          0         0   5     1    0    0    0     0       0          0

        """);
}
