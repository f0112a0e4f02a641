using ContainerSandbox.Engine.Environments;
using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Engine.Optimization;

/// <summary>Collects what recommendations rest on, from memory.</summary>
internal sealed class EvidenceReader(SandboxParts parts, TimeProvider timeProvider)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(2);

    // From here on minutes tell as much, and there are few of them.
    private static readonly TimeSpan MinutesTell = TimeSpan.FromMinutes(20);

    /// <summary>The evidence now.</summary>
    public SandboxEvidence Read(RecommendationOptions options, OptimizationBounds? bounds = null)
    {
        var scores = parts.Metrics.Agents(new Dictionary<string, AgentEnvironmentState>())
            .ToDictionary(metrics => metrics.EnvironmentId, metrics => metrics.ResourceEfficiencyScore);
        return new SandboxEvidence(
            parts.Identity.SandboxId,
            [.. parts.Pools.All.Select(pool => parts.Demand.Read(pool.Template.Name, pool.Target))],
            [.. parts.Environments.All.Select(environment => Read(environment, scores))],
            [.. parts.Demand.Images.Select(image => new ImageEvidence(image.Reference, image.Claims, image.LongestWait, IsTemplate(image.Reference)))],
            parts.PreloadsImages,
            bounds ?? OptimizationBounds.Of(parts.Engine),
            options);
    }

    private AgentEvidence Read(LiveEnvironment environment, Dictionary<string, double?> scores)
    {
        var since = timeProvider.GetElapsedTime(environment.LimitsSince);
        var history = since <= TimeSpan.Zero ? [] : parts.History.ReadLast(environment.AgentId, new HistoryRequest
        {
            EnvironmentId = environment.EnvironmentId,
            Last = since < Window ? since : Window,
            Resolution = since > MinutesTell ? HistoryResolution.OneMinute : null,
        });
        var slot = environment.Slot;
        return new AgentEvidence(
            environment.Snapshot(), slot.FileSystemMemory, slot.MemoryUsedUp, slot.Memory.Count, UseReader.Of(history),
            scores.GetValueOrDefault(environment.EnvironmentId));
    }

    private bool IsTemplate(string reference) => parts.Pools.All.Any(pool => pool.Template.ImageReference == reference);
}
