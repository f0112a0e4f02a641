namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>One engine connection, its pool, and the environments claimed from it.</summary>
public sealed class Sandbox
{
    /// <summary>Eight hexadecimal digits.</summary>
    public string Id => throw new NotImplementedException();

    /// <summary>The name given to it.</summary>
    public string Name => throw new NotImplementedException();

    /// <summary>The specializations that it has seen or has templates for, in memory.</summary>
    public IReadOnlyList<string> Specializations => throw new NotImplementedException();

    /// <summary>The images that its engine had when it was initialized, in memory.</summary>
    public IReadOnlyList<string> KnownImages => throw new NotImplementedException();

    /// <summary>What it is now.</summary>
    public SandboxInfo GetInfo() => throw new NotImplementedException();

    /// <summary>Its pools as they are now.</summary>
    public IReadOnlyList<SandboxPoolInfo> GetPools() => throw new NotImplementedException();

    /// <summary>Its environments as they are now, oldest first.</summary>
    public IReadOnlyList<AgentEnvironment> GetEnvironments() => throw new NotImplementedException();

    /// <summary>Gives an agent a container of its own.</summary>
    public Task<AgentEnvironment> ClaimAsync(ClaimRequest request, ISandboxObserver observer, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Runs a command in an agent's environment.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="environmentId">The environment that must be the agent's; null takes whichever it has.</param>
    /// <param name="request">The command.</param>
    /// <param name="observer">Hears messages.</param>
    /// <param name="cancellationToken">Ends the call, the command and all that it started.</param>
    public Task<CommandResult> RunCommandAsync(
        string agentId, string? environmentId, CommandRequest request, ISandboxObserver observer, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Ends an environment and proves it gone.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="environmentId">The environment that must be the agent's; null takes whichever it has.</param>
    /// <param name="gracePeriod">How long its processes may take to end after TERM.</param>
    /// <param name="observer">Hears messages.</param>
    /// <param name="cancellationToken">Ends the wait; the removal itself goes on.</param>
    public Task<CleanupReceipt> RemoveEnvironmentAsync(
        string agentId, string? environmentId, TimeSpan gracePeriod, ISandboxObserver observer, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Ends everything that it made, in parallel, and proves it gone. Repeating it joins the first.</summary>
    /// <param name="gracePeriod">How long the agents' processes may take to end after TERM.</param>
    /// <param name="observer">Hears messages and progress.</param>
    /// <param name="cancellationToken">Ends the wait; the removal itself goes on.</param>
    public Task<IReadOnlyList<CleanupReceipt>> RemoveAsync(
        TimeSpan gracePeriod, ISandboxObserver observer, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Checks an environment now.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<HealthResult> CheckHealthAsync(string agentId, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>What was computed for each agent, in the order of their first claims.</summary>
    public IReadOnlyList<PerformanceMetrics> GetMetrics() => throw new NotImplementedException();

    /// <summary>What was computed for the whole.</summary>
    public SandboxSummary GetSummary() => throw new NotImplementedException();
}
