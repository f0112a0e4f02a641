using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace ContainerSandbox.Benchmarks.Shells;

/// <summary>A runspace of this process with the built module in it.</summary>
internal sealed class ModuleShell : IDisposable
{
    private static readonly TimeSpan PoolPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PoolLook = TimeSpan.FromMilliseconds(20);

    private readonly Runspace runspace;

    public ModuleShell()
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(Repository.Manifest);
        state.ThrowOnRunspaceOpenError = true;
        runspace = RunspaceFactory.CreateRunspace(state);
        // As an interactive shell does; the default makes a thread for each call.
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        runspace.Open();
    }

    public PreparedCommand Prepare(string cmdlet, params (string Name, object Value)[] parameters)
    {
        var powershell = PowerShell.Create(runspace).AddCommand(cmdlet);
        foreach (var (name, value) in parameters) powershell.AddParameter(name, value);
        return new PreparedCommand(powershell);
    }

    public IReadOnlyList<T> Run<T>(string cmdlet, params (string Name, object Value)[] parameters)
    {
        using var command = Prepare(cmdlet, parameters);
        return command.InvokeAll<T>();
    }

    public SandboxInfo Initialize(string name, int warmupContainers, params (string Name, object Value)[] more) => Run<SandboxInfo>(
        "Initialize-Sandbox", [("Name", name), ("WarmupContainers", warmupContainers), ("StartupTimeout", "5m"), .. more])[0];

    public void RemoveSandbox(SandboxInfo sandbox) =>
        RequireProof(Run<CleanupReceipt>("Remove-Sandbox", ("Sandbox", sandbox.SandboxId)));

    public AgentEnvironment Claim(SandboxInfo sandbox) =>
        Run<AgentEnvironment>("New-AgentEnvironment", ("Sandbox", sandbox.SandboxId))[0];

    public void Remove(AgentEnvironment environment) => RequireProof(Run<CleanupReceipt>(
        "Remove-AgentEnvironment",
        ("AgentId", environment.AgentId),
        ("Sandbox", environment.SandboxId),
        ("GracePeriod", TimeSpan.Zero)));

    /// <summary>Waits until the pool is at its target and quiet, so that one measurement does not pay for the one before.</summary>
    public async Task SettleAsync(SandboxInfo sandbox)
    {
        using var pools = Prepare("Get-SandboxPool", ("Sandbox", sandbox.SandboxId));
        var begun = TimeProvider.System.GetTimestamp();
        while (pools.InvokeAll<SandboxPoolInfo>().Any(pool => pool.Ready < pool.Target || pool.Creating > 0 || pool.Removing > 0))
        {
            if (TimeProvider.System.GetElapsedTime(begun) > PoolPatience)
                throw new TimeoutException($"The pool of '{sandbox.Name}' does not fill.");
            await Task.Delay(PoolLook, TimeProvider.System);
        }

        await QuietAsync();
    }

    /// <summary>Lets the engine finish what the last measurement left it to tidy up, so that no side pays for the other.</summary>
    public static Task QuietAsync() => Task.Delay(Quiet, TimeProvider.System);

    public void Dispose() => runspace.Dispose();

    private static void RequireProof(IReadOnlyList<CleanupReceipt> receipts)
    {
        if (receipts.FirstOrDefault(receipt => !receipt.Verified) is { } unproved)
            throw new InvalidOperationException($"'{unproved.Name}' is not proved gone: {unproved.Detail}");
    }
}
