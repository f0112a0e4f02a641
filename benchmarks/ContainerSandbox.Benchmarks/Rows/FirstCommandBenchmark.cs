using System.Diagnostics;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>From nothing to the first command's result, against the command line's <c>docker run</c>.</summary>
internal sealed class FirstCommandBenchmark : IBenchmark
{
    private const string AgentId = "first";

    public string Name => "first";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var (ours, docker) = (new Sampler(), new Sampler());
        var sandbox = ("Sandbox", (object)bench.Sandbox.SandboxId);
        using var claim = bench.Module.Prepare("New-AgentEnvironment", sandbox, ("AgentId", AgentId));
        using var command = bench.Module.Prepare("Invoke-AgentCommand", sandbox, ("AgentId", AgentId), ("Command", "true"));
        var arguments = bench.Template.RunArguments("true");
        var rounds = bench.Options.Pick(30, 8);
        for (var round = -1; round < rounds; round++)
        {
            if (round == 0)
            {
                ours.Reset();
                docker.Reset();
            }
            await bench.Module.SettleAsync(bench.Sandbox);
            var environment = ours.Time(() =>
            {
                var claimed = claim.Invoke<AgentEnvironment>();
                CommandAgent.Require(command.Invoke<CommandResult>());
                return claimed;
            });
            await bench.Module.SettleAsync(bench.Sandbox);
            CommandAgent.Require(await docker.TimeAsync(() => RunDockerAsync(arguments)));
            bench.Module.Remove(environment);
        }
        return [Result(ours.Distribution, docker.Distribution)];
    }

    private static async Task<long> RunDockerAsync(IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("docker", arguments))!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static Row Result(Distribution ours, Distribution docker) => new()
    {
        Name = "time to first command (claim and command)",
        Unit = "ms",
        Ours = ours,
        OtherName = "docker run --rm with the same hardening",
        Other = docker,
        Verdict = Verdict.TimesFaster(60, ours, docker),
    };
}
