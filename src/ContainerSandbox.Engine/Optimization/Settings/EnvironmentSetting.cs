using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Engine.Optimization;

/// <summary>Which environment an agent has: another one is claimed as the one before was, with the limits that it had last.</summary>
internal sealed class EnvironmentSetting(SandboxParts parts) : IOptimizedSetting
{
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(2);

    public string Name => SettingNames.Environment;

    public bool CanUndo => false;

    public string Read(SettingSubject subject) => Find(subject).EnvironmentId;

    public async Task<(SettingSubject Subject, string Value)> ChangeAsync(SettingSubject subject, string value, CancellationToken cancellationToken)
    {
        if (value != ReplacementRule.ReplacementValue)
            throw InvalidRecommendation.Value(Name, value, $"'{ReplacementRule.ReplacementValue}'");
        var former = Find(subject);
        var limits = former.Slot.Limits;
        var request = former.Request with { AgentId = former.AgentId, Memory = limits.Memory, Cpu = limits.Cpu, PidsLimit = limits.PidsLimit };
        await EnvironmentRemoval.RunAsync(parts, former, GracePeriod).WaitAsync(cancellationToken).ConfigureAwait(false);
        var environment = await parts.OpenClaims.RunAsync(token => parts.Claims.ClaimAsync(request, token), cancellationToken).ConfigureAwait(false);
        parts.Metrics.Optimized(environment.AgentId);
        return (subject with { EnvironmentId = environment.EnvironmentId }, environment.EnvironmentId);
    }

    private Environments.LiveEnvironment Find(SettingSubject subject) =>
        parts.Environments.Get(subject.AgentId, subject.EnvironmentId.Length == 0 ? null : subject.EnvironmentId);
}
