using System.Diagnostics;
using ContainerSandbox.Engine.Sandboxes;
using ContainerSandbox.Fault.Tests.Proxy;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Fault.Tests.Matrix;

/// <summary>Runs one operation into one trouble, and looks whether everything is as it must be afterwards.</summary>
internal sealed class CellRun(MatrixFixture fixture, Operation operation, Trouble trouble, string call)
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HurtSoon = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestHurt = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestHurt = TimeSpan.FromSeconds(14);
    private static readonly TimeSpan PoolTakes = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RestTakes = TimeSpan.FromSeconds(60);
    private static readonly string[] Served = ["Warm", "Cold"];
    private const int OtherPidsLimit = 100;
    private readonly Stopwatch _ended = new();
    private Caller? _caller;
    private readonly string _name = $"{operation}-{trouble}-{Guid.NewGuid():N}"[..40];

    public async Task RunAsync()
    {
        await using var proxy = FaultProxy.Start(fixture.Engine.Host);
        var injury = new Injury(fixture.Engine, proxy, trouble);
        var caller = _caller = new Caller(new SandboxOptions
        {
            Name = _name,
            Image = fixture.Image,
            Endpoint = proxy.Host,
            SecurityProfilePath = Repository.SecurityProfile,
            Optimization = new StartupOptimization { StartupTimeout = TimeSpan.FromSeconds(10) },
            Memory = 64L * 1024 * 1024,
        });
        await PrepareAsync(caller);
        var before = caller.Answers.Count;
        List<Task> running;
        try
        {
            running = await HurtAsync(caller, injury, proxy);
        }
        finally
        {
            await injury.EndAsync();
        }

        _ended.Start();
        await Task.WhenAll(running);
        var outcomes = caller.Answers.Skip(before).Select(answer => answer.Outcome);
        Assert.All(outcomes, outcome => Assert.Contains(outcome, ReliabilityTable.Outcomes(operation, trouble)));
        await RecoverAsync(caller);
        _ended.Stop();
    }

    /// <summary>What came of it, in words.</summary>
    public string Report() => string.Join(
        "\n    ", [$"{operation}, {trouble} of {call}: whole {_ended.Elapsed.TotalSeconds:0.0} s after the end of the fault", .. _caller?.Answers.Select(answer => answer.ToString()) ?? []]);

    // A change of limits is a call of its own; only the cells that are about it make it.
    private int? Pids => call == EngineCalls.Update ? OtherPidsLimit : null;

    private async Task PrepareAsync(Caller caller)
    {
        if (operation == Operation.Fill)
            return;
        await caller.InitializeAsync();
        await FullAsync(caller.Sandbox!, PoolTakes);
        if (operation == Operation.Claim)
            return;
        await Task.WhenAll(caller.ClaimAsync("first"), caller.ClaimAsync("second"));
        await FullAsync(caller.Sandbox!, PoolTakes);
    }

    private async Task<List<Task>> HurtAsync(Caller caller, Injury injury, FaultProxy proxy)
    {
        var running = new List<Task>();
        if (operation == Operation.Command)
            running.Add(caller.RunAsync("first", "sleep 1; echo slept", "slept\n"));
        if (operation == Operation.Removal && injury.IsOfTheEngine)
            running.Add(caller.RemoveAsync("first"));

        var hurt = injury.IsOfTheEngine && operation is not (Operation.Fill or Operation.Claim) ? injury.HurtEngineNowAsync() : injury.BeginAsync(call);
        if (operation == Operation.Fill)
            running.Add(caller.InitializeAsync());
        if (operation == Operation.Claim)
            running.AddRange([caller.ClaimAsync("first", Pids), caller.ClaimAsync("second", Pids), caller.ClaimAsync("third", Pids)]);
        if (operation == Operation.Idle)
            proxy.Break(EngineCalls.Events);
        if (injury.IsOfTheEngine)
            await hurt.WaitAsync(HurtSoon);
        if (operation == Operation.Claim)
            running.Add(caller.ClaimAsync("fourth"));
        if (operation == Operation.Command)
            running.AddRange([caller.RunAsync("second", "echo said", "said\n"), caller.RunAsync("second", "cat", "given", input: "given")]);
        if (operation == Operation.Removal)
            running.Add(caller.RemoveAsync("second"));
        await hurt.WaitAsync(HurtSoon);
        await Task.Delay(ShortestHurt, TimeProvider.System);
        await Task.WhenAny(Task.WhenAll(running), Task.Delay(LongestHurt, TimeProvider.System));
        return running;
    }

    private async Task RecoverAsync(Caller caller)
    {
        // What was said to be gone is gone.
        var there = await ContainersAsync();
        Assert.DoesNotContain(caller.Receipts, receipt => receipt.Verified && there.ContainsKey(receipt.ContainerId));

        if (caller.Sandbox is { } sandbox)
        {
            // A container that died with the engine may be found dead by a claim before the feed tells of it.
            await caller.ClaimAsync("soon");
            await FullAsync(sandbox, PoolTakes - _ended.Elapsed);
            await caller.ClaimAsync("after");
            await caller.RunAsync("after", "[ -e /workspace/mine ] || echo fresh; echo mine > /workspace/mine", "fresh\n");
            Answer[] last = [.. caller.Answers.TakeLast(3)];
            Assert.Contains(last[0].Outcome, Served);
            Assert.Equal(["Warm", "Done"], last[1..].Select(answer => answer.Outcome));
            await caller.RemoveSandboxAsync();
            var listed = await ContainersAsync();
            Assert.True(listed.Count == 0, $"Not removed: {string.Join("; ", listed.Values)}");
        }

        Assert.DoesNotContain(caller.Answers, answer => answer.Took > answer.Limit + Slack);
        var handedOut = caller.Claimed.Select(environment => environment.ContainerId).ToArray();
        Assert.Equal(handedOut.Distinct(), handedOut);
        var left = there;
        try
        {
            await Eventually.HoldsAsync("nothing of ours is left", RestTakes - _ended.Elapsed, async () => (left = await ContainersAsync()).Count == 0);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Still there: {string.Join("; ", left.Values)}");
        }

        Assert.True(await fixture.IsForeignUntouchedAsync());
    }

    private static Task<TimeSpan> FullAsync(Sandbox sandbox, TimeSpan within) => Eventually.HoldsAsync(
        "the pool is at its target", within, () => Task.FromResult(sandbox.GetPools()[0] is var pool && pool.Ready == pool.Target));

    private Task<IReadOnlyDictionary<string, string>> ContainersAsync() => fixture.ContainersAsync(_name);
}
