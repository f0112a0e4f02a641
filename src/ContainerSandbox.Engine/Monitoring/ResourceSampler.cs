using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Environments;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Monitoring.ControlGroups;
using ContainerSandbox.Engine.Networks;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Monitoring;

/// <summary>Takes samples of environments, and hands each to whoever keeps them.</summary>
internal sealed class ResourceSampler(
    ISandboxBackend backend, ControlGroupPaths paths, string sandboxId, Action<ResourceSample, long> taken, BackgroundWork background, TimeProvider timeProvider)
    : IResourceSampler
{
    private const string IsGone = "its container ended";

    private readonly Whereabouts _whereabouts = new();

    /// <summary>Gets ready to read a new slot, so that its claim does not wait for that.</summary>
    public void Prepare(Slot slot)
    {
        if (!_whereabouts.IsElsewhere)
            background.Start($"looking where '{slot.Name}' runs", token => PrepareAsync(slot, token));
    }

    /// <summary>Gets ready to read a slot, and reads it once.</summary>
    public async Task RehearseAsync(Slot slot, CancellationToken cancellationToken)
    {
        await PrepareAsync(slot, cancellationToken).ConfigureAwait(false);
        _ = Gauge(slot).TryReadNow();
    }

    /// <summary>Takes the first sample of an environment within its claim, where that needs no call.</summary>
    /// <returns>False when it has to be taken later.</returns>
    public bool TryTakeFirst(LiveEnvironment environment)
    {
        var gauge = Gauge(environment.Slot);
        gauge.Begin();
        if (gauge.TryReadNow() is not { } use)
            return false;
        Keep(Describe(environment, use));
        return true;
    }

    /// <inheritdoc />
    public ValueTask<ResourceSample> TakeAsync(LiveEnvironment environment, CancellationToken cancellationToken) =>
        !environment.Slot.IsGone && Gauge(environment.Slot).TryReadNow() is { } use
            ? ValueTask.FromResult(Keep(Describe(environment, use)))
            : TakeElsewhereAsync(environment, cancellationToken);

    private async ValueTask<ResourceSample> TakeElsewhereAsync(LiveEnvironment environment, CancellationToken cancellationToken)
    {
        if (environment.Slot.IsGone)
            return Keep(Gap(environment, IsGone));
        try
        {
            return Keep(Describe(environment, await Gauge(environment.Slot).ReadAsync(cancellationToken).ConfigureAwait(false)));
        }
        catch (SandboxException exception)
        {
            return Keep(Gap(environment, environment.Slot.IsGone || exception.ErrorId == SandboxErrorId.ContainerNotFound ? IsGone : exception.Message));
        }
    }

    // It is tried again with the first sample.
    private async Task PrepareAsync(Slot slot, CancellationToken cancellationToken)
    {
        try
        {
            await Gauge(slot).OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SandboxException)
        {
            return;
        }
    }

    private ResourceGauge Gauge(Slot slot) => slot.Gauge ?? slot.SetGauge(new ResourceGauge(
        backend, paths, _whereabouts, slot.ContainerId, HasNetwork(slot), timeProvider));

    private static bool HasNetwork(Slot slot) => !NetworkNames.AreSame(slot.Template.Openers.Network, NetworkNames.None);

    private ResourceSample Keep(ResourceSample sample)
    {
        taken(sample, timeProvider.GetTimestamp());
        return sample;
    }

    private ResourceSample Gap(LiveEnvironment environment, string reason) => Begin(environment) with { GapReason = reason };

    private ResourceSample Describe(LiveEnvironment environment, ResourceUse use)
    {
        var (reading, limits, hasNetwork) = (use.Reading, environment.Slot.Limits, HasNetwork(environment.Slot));
        return Begin(environment) with
        {
            MemoryUsage = reading.MemoryUsage,
            MemoryLimit = limits.Memory,
            MemoryFileSystemUsage = reading.MemoryFileSystemUsage,
            MemoryPressurePercent = reading.MemoryPressurePercent,
            CpuPercent = use.CpuPercent,
            CpuPercentOfLimit = use.CpuPercent / limits.Cpu,
            CpuTime = reading.CpuTime,
            ThrottledTime = reading.ThrottledTime,
            ThrottledPercent = use.ThrottledPercent,
            ProcessCount = reading.ProcessCount,
            DiskReadBytes = reading.DiskReadBytes,
            DiskWriteBytes = reading.DiskWriteBytes,
            NetworkReceivedBytes = hasNetwork ? reading.NetworkReceivedBytes : null,
            NetworkSentBytes = hasNetwork ? reading.NetworkSentBytes : null,
            OomKills = reading.OomKills,
            Source = use.Source,
        };
    }

    private ResourceSample Begin(LiveEnvironment environment) => new()
    {
        AgentId = environment.AgentId,
        SandboxId = sandboxId,
        EnvironmentId = environment.EnvironmentId,
        Timestamp = timeProvider.GetUtcNow(),
    };
}
