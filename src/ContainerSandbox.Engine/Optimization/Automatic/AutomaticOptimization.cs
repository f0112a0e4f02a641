using System.Globalization;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Sandboxes;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Optimization;

/// <summary>
/// Carries recommendations out while a monitor runs: about pools and images always, about limits when it may. What made something worse is
/// taken back, and its kind left alone for a while.
/// </summary>
internal sealed class AutomaticOptimization(SandboxParts parts, MonitorOptions options, TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(30);

    private readonly ChangePolicy _policy = new(timeProvider);
    private readonly HarmReader _harm = new(parts);
    private readonly List<Trial> _trials = [];
    private readonly Dictionary<string, int> _leastTargets =
        parts.Pools.All.ToDictionary(pool => pool.Template.Name, pool => pool.Target, StringComparer.OrdinalIgnoreCase);

    private long? _looked;
    private long _trouble;
    private int _isLooking;

    /// <summary>True when it may change limits of environments.</summary>
    public bool ChangesLimits => options.AutoOptimize && parts.Options.Optimization.OptimizationEnabled;

    /// <summary>Looks whether something should change, if that is due or claims found nothing ready since, and nobody is still at it.</summary>
    public void LookIfDue()
    {
        var trouble = parts.Demand.Trouble;
        var isDue = _looked is not { } looked || timeProvider.GetElapsedTime(looked) >= LookInterval || trouble > _trouble;
        if (!parts.Options.Optimization.OptimizationEnabled || !isDue || Interlocked.Exchange(ref _isLooking, 1) != 0)
            return;
        (_looked, _trouble) = (timeProvider.GetTimestamp(), trouble);
        parts.Background.Start("optimizing", LookAsync);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var trial in _trials.Where(trial => timeProvider.GetElapsedTime(trial.Since) >= ChangePolicy.CoolDown).ToArray())
                await JudgeAsync(trial, cancellationToken).ConfigureAwait(false);
            var bounds = OptimizationBounds.Of(parts.Engine);
            bounds = bounds with { MaximumWarmupContainers = options.MaximumWarmupContainers ?? bounds.MaximumWarmupContainers };
            foreach (var recommendation in Recommendations.From(parts.Evidence.Read(RecommendationOptions.Usual, bounds)).Where(IsMine))
                await CarryOutAsync(recommendation, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }

    private bool IsMine(SandboxRecommendation each) => each.Setting.Length > 0 && each.Kind switch
    {
        RecommendationKind.PoolTarget => IsWithinConfiguration(each),
        RecommendationKind.ImagePreload => true,
        RecommendationKind.MemoryLimit or RecommendationKind.CpuLimit => options.AutoOptimize,
        _ => false,
    };

    // What the user asked to have ready is not taken away behind their back; what was added here is.
    private bool IsWithinConfiguration(SandboxRecommendation each) =>
        int.Parse(each.RecommendedValue, CultureInfo.InvariantCulture) is var target
        && target >= Math.Min(_leastTargets.GetValueOrDefault(each.Specialization, int.MaxValue), int.Parse(each.CurrentValue, CultureInfo.InvariantCulture));

    private async Task CarryOutAsync(SandboxRecommendation each, CancellationToken cancellationToken)
    {
        if (!_policy.Allows(each))
            return;
        _policy.Tried(each);
        try
        {
            var before = _harm.Read(each.Kind, each.AgentId, each.EnvironmentId, each.Specialization, ChangePolicy.CoolDown);
            if (await parts.Optimizer.CarryOutAsync(each, true, cancellationToken).ConfigureAwait(false) is { } done)
                _trials.Add(new Trial(done, before, timeProvider.GetTimestamp()));
        }
        catch (SandboxException exception)
        {
            EngineLog.OptimizationFailed(logger, each.Kind, exception);
        }
    }

    private async Task JudgeAsync(Trial trial, CancellationToken cancellationToken)
    {
        _trials.Remove(trial);
        var change = trial.Change;
        var after = _harm.Read(
            change.Kind, change.AgentId, change.EnvironmentId, change.Specialization, timeProvider.GetElapsedTime(trial.Since));
        if (!HarmReader.IsWorse(change.Kind, trial.Before, after))
            return;
        _policy.MadeWorse(change.Kind);
        try
        {
            await parts.Optimizer.UndoAsync(
                change, ValueText.Of($"it made things worse ({trial.Before:0.###} before, {after:0.###} since)"), cancellationToken).ConfigureAwait(false);
        }
        catch (SandboxException exception)
        {
            EngineLog.OptimizationFailed(logger, change.Kind, exception);
        }
    }

    private sealed record Trial(SandboxOptimization Change, double Before, long Since);
}
