using ContainerSandbox.Fault.Tests.Proxy;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Fault.Tests.Matrix;

/// <summary>Does a trouble to an engine, and undoes it.</summary>
internal sealed class Injury(PrivateEngine engine, FaultProxy proxy, Trouble trouble)
{
    private const int MidBody = 10;
    private readonly List<InjectedFault> _faults = [];

    /// <summary>True when it is the engine's, not that of a call.</summary>
    public bool IsOfTheEngine => trouble is Trouble.EngineKilled or Trouble.EngineFrozen;

    /// <summary>Gets ready to hurt; the task ends when that was done.</summary>
    /// <param name="call">The call that it is done to, or in the middle of.</param>
    public Task BeginAsync(string call)
    {
        if (IsOfTheEngine)
            return HurtEngineAsync(proxy.WhenCalledAsync(call));
        var fault = proxy.Inject(Rule(call) with { Times = 1 });
        _faults.Add(fault);
        return fault.Hit;
    }

    /// <summary>Hurts the engine at once.</summary>
    public Task HurtEngineNowAsync() => HurtEngineAsync(Task.CompletedTask);

    /// <summary>Makes it well; afterwards the engine answers.</summary>
    public async Task EndAsync()
    {
        _faults.ForEach(fault => fault.Lift());
        if (trouble == Trouble.EngineKilled)
            await engine.StartAgainAsync();
        else if (trouble == Trouble.EngineFrozen)
            await engine.ThawAsync();
    }

    private async Task HurtEngineAsync(Task moment)
    {
        await moment;
        if (trouble == Trouble.EngineKilled)
            await engine.KillAsync();
        else
            await engine.FreezeAsync();
    }

    // A stream has no middle: it ends when it has begun.
    private FaultRule Rule(string call) => trouble switch
    {
        Trouble.Hang => new FaultRule(call, FaultKind.Hang) { Direction = FaultDirection.Request },
        Trouble.Reset => new FaultRule(call, FaultKind.Reset) { After = call == EngineCalls.RunSession ? 0 : MidBody },
        Trouble.Truncated => new FaultRule(call, FaultKind.Truncate) { After = call == EngineCalls.RunSession ? 0 : MidBody },
        Trouble.Status500 => new FaultRule(call, FaultKind.Status),
        _ => new FaultRule(call, FaultKind.Garble),
    };
}
