using ContainerSandbox.Benchmarks.Shells;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>A command in the waiting session against one through the engine's exec.</summary>
internal sealed class CommandBenchmark : IBenchmark
{
    private const int WarmUp = 10;

    public string Name => "command";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var (builtin, program, raw) = (new Sampler(), new Sampler(), new Sampler());
        var agent = await CommandAgent.ClaimAsync(bench);
        using var builtinCommand = agent.Prepare(":");
        using var programCommand = agent.Prepare("/bin/true");
        var rounds = bench.Options.Pick(100, 30);
        for (var round = -WarmUp; round < rounds; round++)
        {
            if (round == 0)
                foreach (var sampler in new[] { builtin, program, raw }) sampler.Reset();
            await ModuleShell.QuietAsync();
            CommandAgent.Require(builtin.Time(builtinCommand.Invoke<CommandResult>));
            await ModuleShell.QuietAsync();
            CommandAgent.Require(program.Time(programCommand.Invoke<CommandResult>));
            await ModuleShell.QuietAsync();
            CommandAgent.Require(await raw.TimeAsync(() => bench.Raw.ExecuteAsync(agent.ContainerId, agent.User, "/bin/true")));
        }
        agent.Remove();
        return
        [
            Result("command, builtin (Invoke-AgentCommand)", builtin.Distribution, raw.Distribution),
            Result("command, fork and exec (Invoke-AgentCommand)", program.Distribution, raw.Distribution),
        ];
    }

    private static Row Result(string name, Distribution ours, Distribution raw) => new()
    {
        Name = name,
        Unit = "ms",
        Ours = ours,
        OtherName = "exec create + start + read + inspect",
        Other = raw,
        Verdict = Verdict.TimesFaster(20, ours, raw),
        Remark = "each after a pause of 100 ms, as agents think between commands",
    };
}
