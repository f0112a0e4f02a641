using ContainerSandbox.Docker.Tests.Hardening;
using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Docker.Tests.Trouble;

/// <summary>Claims, removals and the end of the sandbox at the same time leave nothing and say nothing wrong.</summary>
[Collection(DockerEngineGroup.Name)]
public sealed class SimultaneousEndTests(DockerFixture engine, TroubleFixture trouble) : IClassFixture<TroubleFixture>
{
    private static readonly string[] Expected =
        [SandboxErrorId.SandboxRemoved, SandboxErrorId.AgentEnvironmentExists, SandboxErrorId.AgentEnvironmentNotFound];

    [Fact]
    public async Task Removals_while_containers_get_their_names_are_all_proved_and_leave_nothing_listed()
    {
        var sandbox = await trouble.OpenAsync(engine, warmup: 3);
        for (var turn = 0; turn < 24; turn++)
        {
            var environment = await sandbox.ClaimAsync();

            // The name is given 20 ms after the claim.
            await Task.Delay(TimeSpan.FromMilliseconds(12 + turn), TimeProvider.System, CancellationToken.None);
            var receipt = await sandbox.RemoveEnvironmentAsync(
                environment.AgentId, environment.EnvironmentId, TimeSpan.Zero, Quiet.Observer, CancellationToken.None);
            Assert.Equal((true, ""), (receipt.Verified, receipt.Detail));
        }

        Assert.All(await RemoveAsync(sandbox), receipt => Assert.True(receipt.Verified, receipt.Detail));
        Assert.Empty(await engine.Engine.ContainersAsync($"containersandbox.sandbox={sandbox.Id}"));
    }

    [Fact]
    public async Task A_claim_a_removal_and_the_end_of_the_sandbox_of_one_agent_leave_nothing()
    {
        for (var turn = 0; turn < 4; turn++)
        {
            var sandbox = await trouble.OpenAsync(engine, warmup: 2);
            await sandbox.ClaimAsync(new ClaimRequest { AgentId = "a" });
            var delay = TimeSpan.FromMilliseconds(15 * turn);
            Task[] all =
            [
                Task.Run(() => sandbox.ClaimAsync(new ClaimRequest { AgentId = "a" })),
                Task.Run(() => sandbox.ClaimAsync(new ClaimRequest { AgentId = "b" })),
                Task.Run(() => sandbox.RemoveEnvironmentAsync("a", null, TimeSpan.Zero, Quiet.Observer, CancellationToken.None)),
                Task.Run(async () =>
                {
                    await Task.Delay(delay, TimeProvider.System, CancellationToken.None);
                    Assert.All(await RemoveAsync(sandbox), receipt => Assert.True(receipt.Verified, receipt.Detail));
                }),
            ];

            foreach (var each in all)
            {
                if (await Record.ExceptionAsync(() => each) is { } failure)
                    Assert.Contains(Assert.IsType<SandboxException>(failure).ErrorId, Expected);
            }

            Assert.Empty(await engine.Engine.ContainersAsync($"containersandbox.sandbox={sandbox.Id}"));
        }
    }

    private static Task<IReadOnlyList<CleanupReceipt>> RemoveAsync(Sandbox sandbox) =>
        sandbox.RemoveAsync(TimeSpan.Zero, Quiet.Observer, CancellationToken.None);
}
