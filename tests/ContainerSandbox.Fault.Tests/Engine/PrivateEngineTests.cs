using System.Diagnostics;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Fault.Tests.Engine;

/// <summary>The tests' own engine can be killed, frozen and started again, and leaves nothing.</summary>
public sealed class PrivateEngineTests
{
    [Fact]
    public async Task It_comes_back_after_a_kill_answers_after_a_freeze_and_leaves_nothing()
    {
        string folder;
        await using (var engine = await PrivateEngine.StartAsync())
        {
            folder = Path.GetDirectoryName(engine.Host["unix://".Length..])!;
            await engine.KillAsync();
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => engine.Api.GetAsync("version"));
            await engine.StartAgainAsync();

            await engine.FreezeAsync();
            var answer = engine.Api.GetAsync("version");
            await Assert.ThrowsAsync<TimeoutException>(() => answer.WaitAsync(TimeSpan.FromMilliseconds(300)));
            await engine.ThawAsync();
            await answer;
        }

        Assert.False(Directory.Exists(folder));
        Assert.DoesNotContain(Process.GetProcesses(), process => CommandLine(process).Contains(folder, StringComparison.Ordinal));
    }

    private static string CommandLine(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
