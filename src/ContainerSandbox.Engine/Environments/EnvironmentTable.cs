using System.Collections.Concurrent;

namespace ContainerSandbox.Engine.Environments;

/// <summary>Which agent has which environment. Agent ids are compared without regard to case.</summary>
internal sealed class EnvironmentTable(string sandboxName)
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, LiveEnvironment> _byContainer = new();
    private long _order;

    /// <summary>All environments, oldest first.</summary>
    public IReadOnlyList<LiveEnvironment> All =>
        [.. _entries.Values.Where(entry => entry.Environment is not null).OrderBy(entry => entry.Order).Select(entry => entry.Environment!)];

    /// <summary>Keeps an agent id for a claim, unless an environment that is not lost has it.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.AgentEnvironmentExists"/>.</exception>
    public Reservation Reserve(string agentId)
    {
        var entry = new Entry(Interlocked.Increment(ref _order));
        LiveEnvironment? lost = null;
        while (!_entries.TryAdd(agentId, entry))
        {
            if (!_entries.TryGetValue(agentId, out var present))
                continue;
            if (present.Environment is not { State: AgentEnvironmentState.Lost })
                throw Exists(agentId);
            lost = present.Environment;
            if (_entries.TryUpdate(agentId, entry, present))
            {
                _byContainer.TryRemove(lost.Slot.ContainerId, out _);
                break;
            }
        }

        return new Reservation(this, agentId, entry, lost);
    }

    /// <summary>Draws an agent id until one comes that no environment has.</summary>
    public string Draw(Func<string> draw)
    {
        while (true)
        {
            var agentId = draw();
            if (!_entries.ContainsKey(agentId))
                return agentId;
        }
    }

    /// <summary>Finds the environment of an agent.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="environmentId">The claim that must be meant; null takes whichever the agent has.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.AgentEnvironmentNotFound"/>, <see cref="SandboxErrorId.AgentEnvironmentReplaced"/>.</exception>
    public LiveEnvironment Get(string agentId, string? environmentId)
    {
        if (!_entries.TryGetValue(agentId, out var entry) || entry.Environment is not { } environment)
        {
            throw new SandboxException(
                SandboxErrorId.AgentEnvironmentNotFound,
                SandboxErrorCategory.ObjectNotFound,
                $"No environment of an agent '{agentId}' is in the sandbox '{sandboxName}'. Get-AgentEnvironment lists those that are; New-AgentEnvironment makes one.",
                agentId);
        }

        if (environmentId is not null && environment.EnvironmentId != environmentId)
        {
            throw new SandboxException(
                SandboxErrorId.AgentEnvironmentReplaced,
                SandboxErrorCategory.InvalidOperation,
                $"The environment '{environmentId}' of '{agentId}' is gone; the agent has a newer one. Use what Get-AgentEnvironment emits now.",
                agentId);
        }

        return environment;
    }

    /// <summary>Finds an environment of an agent; null when the agent has it no more.</summary>
    public LiveEnvironment? Find(string agentId, string environmentId) =>
        _entries.TryGetValue(agentId, out var entry) && entry.Environment is { } environment && environment.EnvironmentId == environmentId ? environment : null;

    /// <summary>Finds an environment by its container; null when none has it.</summary>
    public LiveEnvironment? FindByContainer(string containerId) => _byContainer.GetValueOrDefault(containerId);

    /// <summary>Forgets an environment; the agent id is free again.</summary>
    public void Remove(LiveEnvironment environment)
    {
        if (_entries.TryGetValue(environment.AgentId, out var entry) && entry.Environment == environment)
            _entries.TryRemove(KeyValuePair.Create(environment.AgentId, entry));
        _byContainer.TryRemove(environment.Slot.ContainerId, out _);
    }

    private static SandboxException Exists(string agentId) => new(
        SandboxErrorId.AgentEnvironmentExists,
        SandboxErrorCategory.ResourceExists,
        $"The agent '{agentId}' has an environment already. Use it, remove it with Remove-AgentEnvironment -AgentId {agentId}, or choose another agent id.",
        agentId);

    /// <summary>An agent id that is kept until it is used or given up.</summary>
    internal sealed class Reservation(EnvironmentTable table, string agentId, object entry, LiveEnvironment? lost) : IDisposable
    {
        /// <summary>The lost environment that makes room: nobody can reach it any more.</summary>
        public LiveEnvironment? Lost => lost;

        /// <summary>Uses it.</summary>
        public void Complete(LiveEnvironment environment)
        {
            table._byContainer[environment.Slot.ContainerId] = environment;
            ((Entry)entry).Environment = environment;
        }

        /// <summary>Gives it up unless it was used.</summary>
        public void Dispose()
        {
            if (((Entry)entry).Environment is null)
                table._entries.TryRemove(KeyValuePair.Create(agentId, (Entry)entry));
        }
    }

    private sealed class Entry(long order)
    {
        private LiveEnvironment? _environment;

        public long Order => order;

        public LiveEnvironment? Environment
        {
            get => Volatile.Read(ref _environment);
            set => Volatile.Write(ref _environment, value);
        }
    }
}
