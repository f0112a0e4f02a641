using System.Globalization;
using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Engine.Optimization;

/// <summary>How many containers a pool keeps ready.</summary>
internal sealed class TargetSetting(SandboxParts parts) : IOptimizedSetting
{
    public string Name => SettingNames.WarmupContainers;

    public bool CanUndo => true;

    public string Read(SettingSubject subject) => ValueText.Of(Pool(subject).Target);

    public Task<(SettingSubject Subject, string Value)> ChangeAsync(SettingSubject subject, string value, CancellationToken cancellationToken)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var target))
            throw InvalidRecommendation.Value(Name, value, "a number of containers");
        var pool = Pool(subject);
        pool.Change(pool.Template, target);
        parts.Demand.Observe(pool.Template.Name, target);
        return Task.FromResult((subject, ValueText.Of(target)));
    }

    private Pools.SandboxPool Pool(SettingSubject subject) =>
        parts.Pools.Find(subject.Specialization) ?? throw SandboxPools.NotFound(parts, subject.Specialization);
}
