using ContainerSandbox.Engine.Optimization;

namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>What should change in a sandbox, and the means to do it.</summary>
public sealed class SandboxOptimizing
{
    private readonly SandboxParts _parts;
    private readonly Action<ISandboxObserver> _enter;

    internal SandboxOptimizing(SandboxParts parts, Action<ISandboxObserver> enter)
    {
        _parts = parts;
        _enter = enter;
    }

    /// <summary>False in a sandbox without optimization: it recommends nothing and changes nothing.</summary>
    public bool IsEnabled => _parts.Options.Optimization.OptimizationEnabled;

    /// <summary>The newest change that can be taken back; null when there is none.</summary>
    public SandboxOptimization? Newest => _parts.Optimizer.Newest;

    /// <summary>What should change, from memory.</summary>
    /// <param name="options">From where on something is worth it.</param>
    public IReadOnlyList<SandboxRecommendation> Recommend(RecommendationOptions options) =>
        IsEnabled ? Recommendations.From(_parts.Evidence.Read(options)) : [];

    /// <summary>Whether carrying this out ends an environment in which an agent works.</summary>
    /// <param name="recommendation">The recommendation.</param>
    public bool EndsWork(SandboxRecommendation recommendation) =>
        recommendation.Setting == SettingNames.Environment
        && _parts.Environments.Find(recommendation.AgentId, recommendation.EnvironmentId) is { State: not AgentEnvironmentState.Lost };

    /// <summary>Carries a recommendation out.</summary>
    /// <param name="recommendation">The recommendation.</param>
    /// <param name="observer">Hears messages.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What was changed; null when it is so already, or only a person can do it.</returns>
    /// <exception cref="SandboxException">
    /// <see cref="SandboxErrorId.InvalidRecommendation"/>, <see cref="SandboxErrorId.SandboxPoolNotFound"/>, <see cref="SandboxErrorId.LimitTooSmall"/>,
    /// <see cref="SandboxErrorId.AgentEnvironmentNotFound"/>, <see cref="SandboxErrorId.AgentEnvironmentReplaced"/>, or what the engine said.
    /// </exception>
    public Task<SandboxOptimization?> CarryOutAsync(SandboxRecommendation recommendation, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        _enter(observer);
        return IsEnabled ? _parts.Optimizer.CarryOutAsync(recommendation, false, cancellationToken) : Task.FromResult<SandboxOptimization?>(null);
    }

    /// <summary>Takes the newest change back.</summary>
    /// <param name="observer">Hears messages.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What was changed; null when there is nothing to take back.</returns>
    /// <exception cref="SandboxException">It cannot be taken back any more. The next call is about the change before it.</exception>
    public Task<SandboxOptimization?> UndoAsync(ISandboxObserver observer, CancellationToken cancellationToken)
    {
        _enter(observer);
        return _parts.Optimizer.UndoAsync(null, "it was taken back", cancellationToken);
    }
}
