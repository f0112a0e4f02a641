namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>What programs need works in spite of everything: hardening that is in the way is turned off.</summary>
[Collection(HardeningGroup.Name)]
public sealed class WorkingProgramTests(HardeningFixture hardening)
{
    [Theory]
    [InlineData("works-threads")]
    [InlineData("works-spawn")]
    [InlineData("works-waiting")]
    [InlineData("works-memory")]
    [InlineData("works-posix-ipc")]
    [InlineData("works-files")]
    [InlineData("works-debugger")]
    [InlineData("works-terminal")]
    [InlineData("works-clocks")]
    public async Task It_works(string check) => Assert.Equal("OK", await hardening.ProbeAsync(check));

    [Theory]
    [InlineData("seq 3 | sort -r | tr '\\n' ' '", "3 2 1 ")]
    [InlineData("mkdir -p d/e && echo x >d/e/f && tar cf - d | (mkdir -p g && tar xf - -C g) && cat g/d/e/f && rm -r d g", "x\n")]
    [InlineData("(sleep 0.05 & wait $!; echo $?)", "0\n")]
    [InlineData("mkdir own && cp /bin/busybox own && own/busybox echo copied && rm -r own", "copied\n")]
    public async Task Shell_and_tools_work(string command, string output)
    {
        var result = await hardening.Sandbox.RunAsync(hardening.Environment, command);
        Assert.Equal(("", 0, output), (result.StandardError, result.ExitCode, result.StandardOutput));
    }
}
