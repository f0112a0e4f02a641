using System.Globalization;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>A container in memory.</summary>
internal sealed class FakeContainer(FakeBackend backend, string id, ContainerSpec spec)
{
    private readonly object _gate = new();
    private readonly List<FakeSessionChannel> _sessions = [];
    private readonly TaskCompletionSource _leaseEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id => id;

    public ContainerSpec Spec => spec;

    public string Name { get; set; } = spec.Name;

    public ResourceLimits Limits { get; set; } = spec.Limits;

    public BackendContainerState State { get; set; } = BackendContainerState.Running;

    /// <summary>False once the engine does not know it any more.</summary>
    public bool IsPresent { get; set; } = true;

    /// <summary>True once its owner let go.</summary>
    public bool IsReleased { get; private set; }

    /// <summary>Ends when its owner let go, when it ended, or when the connection between them broke.</summary>
    public Task LeaseEnded => _leaseEnded.Task;

    /// <summary>False: it stays although its lease ended.</summary>
    public bool EndsWithLease { get; set; } = true;

    /// <summary>True: it stays although the engine was told to remove it.</summary>
    public bool IsStuck { get; set; }

    /// <summary>True: sessions opened from now on never answer.</summary>
    public bool IsSilent { get; set; }

    /// <summary>What it does with commands.</summary>
    public Action<FakeCommand> OnCommand { get; set; } = command => command.Begin().Finish(0);

    /// <summary>What it answers to requests that are no commands.</summary>
    public Func<FakeSessionChannel, string, (int Status, string Output)> OnControl { get; set; } = FakeShell.Obey;

    public IReadOnlyList<FakeSessionChannel> Sessions
    {
        get
        {
            lock (_gate)
                return [.. _sessions];
        }
    }

    public FakeSessionChannel Open(SessionSpec session)
    {
        lock (_gate)
        {
            var channel = new FakeSessionChannel(this, session, 100 + _sessions.Count) { IsSilent = IsSilent };
            _sessions.Add(channel);
            return channel;
        }
    }

    /// <summary>All its sessions, those of the future too, hear and never answer.</summary>
    public void Silence()
    {
        IsSilent = true;
        foreach (var session in Sessions)
            session.IsSilent = true;
    }

    /// <summary>Its sessions answer again.</summary>
    public void Speak()
    {
        IsSilent = false;
        foreach (var session in Sessions)
            session.IsSilent = false;
    }

    public void EndSession(string processId, int exitCode) =>
        Sessions.Single(session => session.ProcessId == int.Parse(processId, CultureInfo.InvariantCulture)).End(exitCode);

    /// <summary>Its owner lets go.</summary>
    public void Release()
    {
        if (IsReleased)
            return;
        IsReleased = true;
        BreakLease();
        if (EndsWithLease)
            backend.End(this, 0);
    }

    /// <summary>The connection that holds it breaks; the engine does not notice, and it runs on.</summary>
    public void BreakLease() => _leaseEnded.TrySetResult();

    public void EndSessions()
    {
        foreach (var session in Sessions)
            session.End(137);
    }
}
