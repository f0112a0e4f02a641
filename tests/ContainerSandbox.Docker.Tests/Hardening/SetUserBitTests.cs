using System.Runtime.InteropServices;

namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>No file gets the setuid bit, by whatever call; a bit that got through would read SET.</summary>
[Collection(HardeningGroup.Name)]
public sealed class SetUserBitTests(HardeningFixture hardening)
{
    public static TheoryData<string> Ways
    {
        get
        {
            TheoryData<string> ways =
            [
                "fchmod-setuid", "fchmod-setuid-high", "fchmod-setuid-setgid", "fchmodat-setuid", "fchmodat2-setuid", "openat-setuid",
                "tmpfile-setuid", "mknodat-setuid", "mknodat-device", "chmod-directory 4770",
            ];
            if (RuntimeInformation.OSArchitecture == Architecture.X64)
                ways.AddRange("chmod-setuid", "open-setuid", "creat-setuid", "mknod-setuid", "mknod-device");
            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_bit_is_refused(string check) => Assert.Equal("EPERM", await hardening.ProbeAsync(check));

    [Theory]
    [InlineData("fchmod-plain")]
    [InlineData("fchmod-setgid")]
    [InlineData("openat-plain")]
    [InlineData("mknodat-plain")]
    [InlineData("mkfifo")]
    [InlineData("open-without-mode")]
    [InlineData("chmod-directory 2770")]
    [InlineData("chmod-directory 1777")]
    public async Task Other_modes_work(string check) => Assert.Equal("OK", await hardening.ProbeAsync(check));

    [Fact]
    public async Task A_setuid_program_of_the_image_runs_as_the_agent()
    {
        Assert.Equal("-rwsr-xr-x root", await hardening.Sandbox.LineAsync(hardening.Environment, "ls -l /probe-setuid | awk '{ print $1, $3 }'"));
        Assert.Equal(await hardening.ProbeAsync("effective-user"), await hardening.ProbeAsync("setuid-exec /probe-setuid"));
    }
}
