using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>
/// The same checks under a profile that allows everything answer otherwise: so the refusals elsewhere are the profile's doing, and
/// the checks would see it if it were gone.
/// </summary>
[Collection(HardeningGroup.Name)]
public sealed class UnfilteredTests(HardeningFixture hardening) : IAsyncLifetime
{
    private const string AllowsEverything = """{ "defaultAction": "SCMP_ACT_ALLOW" }""";

    private readonly string _profile = Path.GetTempFileName();

    private Sandbox? _sandbox;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_profile, AllowsEverything);
        _sandbox = await hardening.InitializeUnderAsync(_profile);
    }

    public async Task DisposeAsync()
    {
        await _sandbox!.RemoveAsync(TimeSpan.Zero, Quiet.Observer, CancellationToken.None);
        File.Delete(_profile);
    }

    [Fact]
    public async Task Without_the_profile_the_answers_differ()
    {
        var environment = await _sandbox!.ClaimAsync();
        string[] checks =
        [
            "mount", "umount2", "chroot", "unshare-nothing", "setns", "settimeofday", "keyctl", "add_key", "request_key", "kcmp", "mbind",
            "personality-no-aslr", "clone3", "openat2", "socket-vsock", "socket-vsock-high", "socket-alg", "socketpair-vsock",
            "socketpair-inet", "socket-unspecified", "socket-netlink-netfilter", "fchmod-setuid", "fchmodat-setuid", "fchmodat2-setuid",
            "openat-setuid", "tmpfile-setuid", "mknodat-setuid",
        ];
        var same = new List<string>();
        foreach (var check in checks)
        {
            var filtered = await hardening.ProbeAsync(check);
            Assert.Contains(filtered, (string[])["EPERM", "ENOSYS"]);
            if (filtered == await _sandbox!.ProbeAsync(environment, check))
                same.Add(check);
        }

        Assert.Empty(same);
        Assert.Equal("SET", await _sandbox!.ProbeAsync(environment, "fchmod-setuid"));
    }
}
