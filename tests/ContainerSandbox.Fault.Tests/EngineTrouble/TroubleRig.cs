using System.Diagnostics;
using ContainerSandbox.Engine.Sandboxes;
using ContainerSandbox.Fault.Tests.Matrix;
using ContainerSandbox.Testing;
using Xunit.Abstractions;

namespace ContainerSandbox.Fault.Tests.EngineTrouble;

/// <summary>A sandbox on an engine of its own, and what its callers got.</summary>
internal sealed class TroubleRig : IAsyncDisposable
{
    private static readonly TimeSpan PoolTakes = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);
    private const string Name = "trouble";

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ITestOutputHelper _output;

    private TroubleRig(PrivateEngine engine, Caller caller, ITestOutputHelper output)
    {
        Engine = engine;
        Caller = caller;
        _output = output;
    }

    public PrivateEngine Engine { get; }

    public Caller Caller { get; }

    public Sandbox Sandbox => Caller.Sandbox!;

    /// <summary>Makes a sandbox with two containers ready.</summary>
    public static async Task<TroubleRig> OpenAsync(PrivateEngine engine, ITestOutputHelper output, string? endpoint = null)
    {
        UnobservedTasks.Watch();
        var image = await new TestImages(engine.Api).BusyboxAsync();
        var rig = new TroubleRig(engine, new Caller(new SandboxOptions
        {
            Name = Name,
            Image = image,
            Endpoint = endpoint ?? engine.Host,
            SecurityProfilePath = Repository.SecurityProfile,
            Optimization = StartupOptimization.Development with { StartupTimeout = TimeSpan.FromSeconds(20) },
            Memory = 64L * 1024 * 1024,
        }), output);
        await rig.Caller.InitializeAsync();
        await rig.UntilFullAsync();
        return rig;
    }

    /// <summary>Claims for an agent and gives the environment.</summary>
    public async Task<AgentEnvironment> ClaimAsync(string agentId)
    {
        await Caller.ClaimAsync(agentId);
        return Sandbox.GetEnvironments().Single(environment => environment.AgentId == agentId);
    }

    /// <summary>The last outcome of a call.</summary>
    public string OutcomeOf(string call) => Caller.Answers.Last(answer => answer.Call == call).Outcome;

    public Task UntilFullAsync() => Eventually.HoldsAsync(
        "the pool is at its target", PoolTakes, () => Task.FromResult(Sandbox.GetPools()[0] is var pool && pool.Ready == pool.Target));

    public static Task UntilAsync(string what, TimeSpan within, Func<bool> condition) =>
        Eventually.HoldsAsync(what, within, () => Task.FromResult(condition()));

    /// <summary>The ids of the sandbox's containers, in whatever state.</summary>
    public Task<IReadOnlyList<string>> ContainersAsync() => Engine.Api.ContainersAsync($"containersandbox.sandbox-name={Name}");

    /// <summary>Everything works, ends with a proof, and nobody waited too long.</summary>
    public async Task EndAsync()
    {
        await UntilFullAsync();
        await Caller.ClaimAsync("after");
        await Caller.RunAsync("after", "[ -e /workspace/mine ] || echo fresh; echo mine > /workspace/mine", "fresh\n");
        Assert.Equal(["Warm", "Done"], Caller.Answers.TakeLast(2).Select(answer => answer.Outcome));
        await Caller.RemoveSandboxAsync();
        Assert.Equal("Verified", OutcomeOf("Remove sandbox"));
        Assert.Empty(await ContainersAsync());
        Assert.DoesNotContain(Caller.Answers, answer => answer.Took > answer.Limit + Slack);
        var handedOut = Caller.Claimed.Select(environment => environment.ContainerId).ToArray();
        Assert.Equal(handedOut.Distinct(), handedOut);
        UnobservedTasks.ThereAreNone();
    }

    public async ValueTask DisposeAsync()
    {
        _output.WriteLine($"{string.Join('\n', Caller.Answers)}\n{_clock.Elapsed.TotalSeconds:0.0} s in all");
        if (Caller.Sandbox is { } sandbox)
            await sandbox.RemoveAsync(TimeSpan.Zero, Silent.Observer, CancellationToken.None);
    }
}
