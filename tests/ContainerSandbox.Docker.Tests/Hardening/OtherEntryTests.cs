using System.Runtime.InteropServices;

namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>
/// The other doors of an x86-64 kernel, through which 32-bit and x32 programs call it: whoever tries one is ended. Other
/// architectures have none.
/// </summary>
[Collection(HardeningGroup.Name)]
public sealed class OtherEntryTests(HardeningFixture hardening)
{
    private static readonly string[] Int80 =
    [
        "getpid", "socketcall-alg", "socketcall-vsock", "socket-alg", "socket-vsock", "unshare-user", "clone-user", "mount", "keyctl", "add_key",
        "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "open-setuid", "chmod-setuid", "modify_ldt",
    ];

    private static bool IsX64 => RuntimeInformation.OSArchitecture == Architecture.X64;

    public static TheoryData<string> ThirtyTwoBit => IsX64 ? [.. Int80.Select(name => "int80-" + name)] : ["unknown-call"];

    public static TheoryData<string> X32 => IsX64 ? ["x32-getpid", "x32-socket-alg", "x32-unshare-user"] : ["unknown-call"];

    // A machine without the door ends whoever tries it in a way of its own, outside of containers too: the line to expect is then that.
    [Theory]
    [MemberData(nameof(ThirtyTwoBit))]
    public async Task The_32_bit_entry_ends_the_caller(string check)
    {
        var outside = await hardening.ProbeOutsideAsync(IsX64 ? "int80-getpid" : check);
        Assert.Equal(outside == "OK" ? "SIGSYS" : outside, await hardening.ProbeAsync(check));
    }

    [Theory]
    [MemberData(nameof(X32))]
    public async Task The_x32_entry_ends_the_caller(string check) =>
        Assert.Equal(IsX64 ? "SIGSYS" : "ENOSYS", await hardening.ProbeAsync(check));

    [Theory]
    [InlineData("modify_ldt")]
    [InlineData("iopl")]
    [InlineData("ioperm")]
    public async Task Calls_of_the_architecture_are_refused(string check)
    {
        if (IsX64)
            Assert.Equal("EPERM", await hardening.ProbeAsync(check));
        else
            Assert.Equal("ENOSYS", await hardening.ProbeAsync("unknown-call"));
    }
}
