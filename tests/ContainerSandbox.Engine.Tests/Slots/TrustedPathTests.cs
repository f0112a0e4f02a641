using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Tests.Slots;

public sealed class TrustedPathTests
{
    private const string Usual = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static readonly string[] Writable = ["/tmp", "/home/agent", "/workspace", "/dev/shm", "/data"];

    [Theory]
    [InlineData("/usr/bin:/bin", "/usr/bin:/bin")]
    [InlineData("/opt/tool/bin:/usr/bin", "/opt/tool/bin:/usr/bin")]
    [InlineData("/workspace/bin:/usr/bin", "/usr/bin")]
    [InlineData("/workspace:/tmp:/home/agent/.local/bin:/usr/bin:/data/bin", "/usr/bin")]
    [InlineData("/workspaces/bin:/tmpfs", "/workspaces/bin:/tmpfs")]
    [InlineData("bin:.::/usr/bin", "/usr/bin")]
    [InlineData("/usr/../workspace/bin:/usr/bin", "/usr/bin")]
    [InlineData("//workspace/bin:/usr/bin", "/usr/bin")]
    [InlineData("/./workspace/bin:/usr/bin", "/usr/bin")]
    [InlineData("/home//agent/bin:/usr/bin", "/usr/bin")]
    [InlineData("/home/./agent:/usr/bin", "/usr/bin")]
    [InlineData("/workspace/bin", Usual)]
    [InlineData("", Usual)]
    public void What_the_agent_could_write_is_left_out(string path, string expected) =>
        Assert.Equal(expected, TrustedPath.From(["A=1", $"PATH={path}"], Writable));

    [Fact]
    public void Without_a_path_of_the_image_the_usual_one_is_used() => Assert.Equal(Usual, TrustedPath.From(["XPATH=/x"], Writable));

    [Fact]
    public void The_last_path_counts() => Assert.Equal("/b", TrustedPath.From(["PATH=/a", "PATH=/b"], Writable));
}
