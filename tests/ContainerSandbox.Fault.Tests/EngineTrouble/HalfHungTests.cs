using ContainerSandbox.Testing;
using Xunit.Abstractions;

namespace ContainerSandbox.Fault.Tests.EngineTrouble;

/// <summary>One container hangs and its engine answers, which is how engines mostly hang: nobody else notices.</summary>
[Collection(nameof(EngineTrouble))]
public sealed class HalfHungTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Hangs = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Goes = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Everybody_else_goes_on_and_the_container_that_hangs_is_removed_later()
    {
        await using var engine = await PrivateEngine.StartAsync();
        await using var rig = await TroubleRig.OpenAsync(engine, output);
        var hung = await rig.ClaimAsync("hung");
        await rig.ClaimAsync("other");
        await rig.UntilFullAsync();
        var shim = PrivateEngine.ShimOf(hung.ContainerId)!.Value;
        await PrivateEngine.SignalAsync(shim, "STOP");
        try
        {
            var question = engine.Api.GetAsync($"containers/{hung.ContainerId}/top");
            _ = question.ContinueWith(asked => asked.Exception, TaskScheduler.Default);
            await Assert.ThrowsAsync<TimeoutException>(() => question.WaitAsync(Hangs));

            var commands = Task.WhenAll(rig.Caller.RunAsync("hung", "echo never", ""), rig.Caller.RunAsync("hung", "cat", "never", input: "given"));
            await rig.Caller.RunAsync("other", "echo said", "said\n");
            foreach (var agent in new[] { "third", "fourth", "fifth" })
                await rig.ClaimAsync(agent);
            await rig.Caller.RunAsync("other", "cat", "given", input: "given");
            await rig.Caller.RemoveAsync("other");
            await rig.Caller.RemoveAsync("third");
            Assert.Equal(["Done", "Done"], Outcomes("Run other"));
            Assert.Equal("Verified Verified", $"{rig.OutcomeOf("Remove other")} {rig.OutcomeOf("Remove third")}");
            await rig.UntilFullAsync();

            // One that got no session in its time has not begun.
            await commands;
            Assert.All(Outcomes("Run hung"), outcome => Assert.Contains(outcome, new[] { "EngineNotResponding", "TimedOut" }));
            await rig.Caller.RemoveAsync("hung");
            Assert.Equal("NotVerified", rig.OutcomeOf("Remove hung"));
            Assert.Equal(1, rig.Sandbox.GetInfo().Quarantined);
            Assert.Contains(hung.ContainerId, await rig.ContainersAsync());
        }
        finally
        {
            await PrivateEngine.SignalAsync(shim, "CONT");
        }

        await TroubleRig.UntilAsync("it is gone at last", Goes, () => rig.Sandbox.GetInfo().Quarantined == 0);
        Assert.DoesNotContain(hung.ContainerId, await rig.ContainersAsync());
        await rig.EndAsync();

        IEnumerable<string> Outcomes(string call) => rig.Caller.Answers.Where(answer => answer.Call == call).Select(answer => answer.Outcome);
    }
}
