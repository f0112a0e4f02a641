namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>Calls that the profile refuses, and with which word.</summary>
[Collection(HardeningGroup.Name)]
public sealed class RefusedCallTests(HardeningFixture hardening)
{
    [Theory]
    // Mounts and roots.
    [InlineData("mount")]
    [InlineData("umount2")]
    [InlineData("pivot_root")]
    [InlineData("chroot")]
    [InlineData("open_tree")]
    [InlineData("move_mount")]
    [InlineData("fsopen")]
    [InlineData("fsconfig")]
    [InlineData("fsmount")]
    [InlineData("fspick")]
    [InlineData("mount_setattr")]
    // Namespaces: user, mount, cgroup, host name, IPC, process, network; and the user's with a bit more above.
    [InlineData("unshare-nothing")]
    [InlineData("unshare-user")]
    [InlineData("setns")]
    [InlineData("clone 0x10000000")]
    [InlineData("clone 0x00020000")]
    [InlineData("clone 0x02000000")]
    [InlineData("clone 0x04000000")]
    [InlineData("clone 0x08000000")]
    [InlineData("clone 0x20000000")]
    [InlineData("clone 0x40000000")]
    [InlineData("clone 0x110000000")]
    // The machine itself.
    [InlineData("sethostname")]
    [InlineData("setdomainname")]
    [InlineData("settimeofday")]
    [InlineData("clock_settime")]
    [InlineData("init_module")]
    [InlineData("finit_module")]
    [InlineData("delete_module")]
    [InlineData("kexec_load")]
    [InlineData("reboot")]
    [InlineData("swapon")]
    [InlineData("acct")]
    [InlineData("quotactl")]
    [InlineData("quotactl_fd")]
    [InlineData("syslog")]
    [InlineData("vhangup")]
    // Parts of the kernel with a long record of holes.
    [InlineData("keyctl")]
    [InlineData("add_key")]
    [InlineData("request_key")]
    [InlineData("bpf")]
    [InlineData("perf_event_open")]
    [InlineData("userfaultfd")]
    [InlineData("io_uring_setup")]
    [InlineData("io_uring_enter")]
    [InlineData("io_uring_register")]
    [InlineData("fanotify_init")]
    [InlineData("open_by_handle_at")]
    // Other processes and their memory.
    [InlineData("kcmp")]
    [InlineData("pidfd_getfd")]
    [InlineData("process_madvise")]
    [InlineData("mbind")]
    [InlineData("move_pages")]
    [InlineData("migrate_pages")]
    [InlineData("personality-no-aslr")]
    public async Task A_call_that_nothing_needs_is_refused(string check) => Assert.Equal("EPERM", await hardening.ProbeAsync(check));

    // Programs fall back on another call when they hear that this one does not exist, and give up when it is forbidden.
    [Theory]
    [InlineData("clone3")]
    [InlineData("openat2")]
    [InlineData("unknown-call")]
    public async Task A_call_with_a_fallback_does_not_exist(string check) => Assert.Equal("ENOSYS", await hardening.ProbeAsync(check));
}
