using ContainerSandbox.Engine.Events;
using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Engine.Optimization;

/// <summary>Carries out recommendations, one after another, and takes the newest back when told to.</summary>
internal sealed class Optimizer(SandboxParts parts, TimeProvider timeProvider) : IDisposable
{
    private const int MostRemembered = 100;

    private readonly SemaphoreSlim _one = new(1);
    private readonly LinkedList<SandboxOptimization> _done = new();
    private readonly IOptimizedSetting[] _settings =
        [new TargetSetting(parts), new MemorySetting(parts), new CpuSetting(parts), new PreloadSetting(parts), new EnvironmentSetting(parts)];

    /// <summary>Carries one out.</summary>
    /// <param name="recommendation">The recommendation.</param>
    /// <param name="isAutomatic">True when nobody asked for it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What was changed; null when it is so already, or only a person can do it.</returns>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.InvalidRecommendation"/>, or why it cannot be changed.</exception>
    public async Task<SandboxOptimization?> CarryOutAsync(SandboxRecommendation recommendation, bool isAutomatic, CancellationToken cancellationToken)
    {
        if (recommendation.Setting.Length == 0)
            return null;
        var setting = Setting(recommendation.Setting);
        var subject = new SettingSubject(recommendation.AgentId, recommendation.EnvironmentId, recommendation.Specialization);
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var before = setting.Read(subject);
            if (before == recommendation.RecommendedValue)
                return null;
            var (owner, after) = await setting.ChangeAsync(subject, recommendation.RecommendedValue, cancellationToken).ConfigureAwait(false);
            var done = new SandboxOptimization
            {
                SandboxId = parts.Identity.SandboxId,
                At = timeProvider.GetUtcNow(),
                Kind = recommendation.Kind,
                AgentId = owner.AgentId,
                EnvironmentId = owner.EnvironmentId,
                Specialization = owner.Specialization,
                Setting = setting.Name,
                ValueBefore = before,
                ValueAfter = after,
                Reason = recommendation.Reason,
                Automatic = isAutomatic,
            };
            if (setting.CanUndo)
                Remember(done);
            parts.Events.Optimized(done);
            return done;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Takes back the newest change, or the one that is given, where it was not yet.</summary>
    /// <param name="change">The change; null for the newest.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What was changed; null when there is nothing to take back.</returns>
    /// <exception cref="SandboxException">It cannot be taken back any more. The next call is about the change before it.</exception>
    public async Task<SandboxOptimization?> UndoAsync(SandboxOptimization? change, string reason, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var entry = change is null ? _done.Last : _done.FindLast(change);
            if (entry is null)
                return null;
            var done = entry.Value;
            _done.Remove(entry);
            var setting = Setting(done.Setting);
            var subject = new SettingSubject(done.AgentId, done.EnvironmentId, done.Specialization);
            var before = setting.Read(subject);

            // What somebody changed again since is theirs.
            if (change is not null && before != done.ValueAfter)
                return null;
            var (_, after) = await setting.ChangeAsync(subject, done.ValueBefore, cancellationToken).ConfigureAwait(false);
            var undone = done with
            {
                At = timeProvider.GetUtcNow(),
                ValueBefore = before,
                ValueAfter = after,
                Reason = reason,
                Undone = true,
                Automatic = change is not null,
            };
            parts.Events.Optimized(undone);
            return undone;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>What would be taken back next; null when there is nothing.</summary>
    public SandboxOptimization? Newest => _done.Last?.Value;

    public void Dispose() => _one.Dispose();

    private void Remember(SandboxOptimization done)
    {
        _done.AddLast(done);
        if (_done.Count > MostRemembered)
            _done.RemoveFirst();
    }

    private IOptimizedSetting Setting(string name) =>
        Array.Find(_settings, setting => setting.Name == name) ?? throw InvalidRecommendation.Setting(name);
}
