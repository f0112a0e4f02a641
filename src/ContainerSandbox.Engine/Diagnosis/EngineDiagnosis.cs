using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Engine.Diagnosis;

/// <summary>Finds out why an engine does not serve sandboxes, or not as well as it could.</summary>
public static class EngineDiagnosis
{
    /// <summary>Makes all checks. What is wrong is in them, not in an error.</summary>
    /// <param name="options">Which engine, and what to try on it.</param>
    /// <param name="observer">Hears messages and progress.</param>
    /// <param name="cancellationToken">Ends the checks; nothing stays.</param>
    public static Task<IReadOnlyList<EngineCheck>> CheckAsync(
        EngineCheckOptions options, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        ObserverLogging.Attach(observer);
        return SandboxRegistry.MakeDoctor(options).CheckAsync(observer, cancellationToken);
    }

    /// <summary>Carries out the remedy of a check that can be repaired.</summary>
    /// <param name="options">Which engine.</param>
    /// <param name="check">Name of the check.</param>
    /// <param name="observer">Hears messages and progress.</param>
    /// <param name="cancellationToken">Ends the repair.</param>
    /// <exception cref="SandboxException">It could not be done.</exception>
    public static Task RepairAsync(EngineCheckOptions options, string check, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        ObserverLogging.Attach(observer);
        return SandboxRegistry.MakeDoctor(options).RepairAsync(check, cancellationToken);
    }
}
