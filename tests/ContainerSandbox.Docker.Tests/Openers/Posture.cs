using ContainerSandbox.Docker.Tests.Hardening;
using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Docker.Tests.Openers;

/// <summary>What an agent can do, as the probe finds it inside: one answer for each check.</summary>
internal static class Posture
{
    /// <summary>What the program with root's setuid bit runs as where that bit does nothing: real, effective and saved user.</summary>
    public const string AsTheAgent = "agent agent agent";

    private static readonly string[] Checks =
    [
        "status CapEff", "status CapPrm", "status CapBnd", "status CapInh", "status CapAmb", "status NoNewPrivs", "status Seccomp",
        "create /x", "create /etc/x", "mount-flags /", "mount-flags /proc/sys", "mount-flags /sys", "mount-flags /workspace",
        "run-from /tmp", "run-from /dev/shm", "mount", "chroot", "unshare-user", "setns", "clone3", "keyctl", "bpf", "sethostname",
        "socket-alg", "socket-vsock", "socket-raw", "socket-packet", "fchmod-setuid", "mknodat-device", "interfaces", "set-user 65534", "raise-ambient",
        "signal-0 lease", "trace-attach lease", "open-stdin lease", "open-memory lease", "set-limits lease", "signal-0 init",
        "exists /var/run/docker.sock", "exists /run/containerd/containerd.sock", "exists /dev/mem", "exists /dev/kvm",
    ];

    /// <summary>Reads all.</summary>
    public static async Task<Dictionary<string, string>> ReadAsync(Sandbox sandbox, AgentEnvironment environment)
    {
        var answers = new Dictionary<string, string>();
        foreach (var check in Checks)
            answers[check] = await sandbox.ProbeAsync(environment, check);
        var agent = (await sandbox.ProbeAsync(environment, "effective-user")).Split(' ')[0];
        var program = await sandbox.ProbeAsync(environment, "setuid-exec /probe-setuid");
        answers["setuid-exec"] = string.Join(' ', program.Split(' ').Select(user => user == agent ? "agent" : user));
        return answers;
    }
}
