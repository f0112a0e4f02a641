using System.Collections.Concurrent;
using System.Security.Cryptography;
using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Diagnosis;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Ownership;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>The sandboxes of this process, whichever runspace made them.</summary>
public static class SandboxRegistry
{
    private const string Adapter = "ContainerSandbox.Docker.DockerBackendFactory, ContainerSandbox.Docker";

    private static readonly ConcurrentDictionary<string, Sandbox> Sandboxes = new();
    private static readonly EndedSandboxes Ended = new();
    private static readonly ILoggerFactory Loggers = LoggerFactory.Create(logging =>
    {
        logging.SetMinimumLevel(LogLevel.Debug);
#pragma warning disable CA2000 // The factory owns its providers and lives as long as the process.
        logging.AddProvider(new ObserverLogging());
#pragma warning restore CA2000
    });

    /// <summary>All sandboxes that are not removed, oldest first.</summary>
    public static IReadOnlyList<Sandbox> All => [.. Sandboxes.Values.OrderBy(sandbox => sandbox.GetInfo().CreatedAt)];

    /// <summary>Finds a sandbox by its id; null when there is none.</summary>
    /// <param name="sandboxId">Its id.</param>
    public static Sandbox? Find(string sandboxId) => Sandboxes.GetValueOrDefault(sandboxId);

    /// <summary>Connects to the engine, removes what dead owners left, and fills the pool.</summary>
    /// <param name="options">What the sandbox is to be.</param>
    /// <param name="observer">Hears messages and progress.</param>
    /// <param name="cancellationToken">Ends the call; nothing stays.</param>
    /// <exception cref="SandboxException">The engine or the image cannot be used; the id says why.</exception>
    public static async Task<Sandbox> InitializeAsync(SandboxOptions options, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        ObserverLogging.Attach(observer);
        var initializer = new SandboxInitializer(LoadAdapter(), Ended, TimeProvider.System, Loggers.CreateLogger("ContainerSandbox"));
        var sandbox = await initializer.InitializeAsync(
            options, RandomNumberGenerator.GetHexString(8, lowercase: true), Forget, observer, cancellationToken).ConfigureAwait(false);
        Sandboxes[sandbox.Id] = sandbox;
        return sandbox;
    }

    /// <summary>Somebody who looks at an engine without making a sandbox on it.</summary>
    internal static EngineDoctor MakeDoctor(EngineCheckOptions options) =>
        new(LoadAdapter(), options, Ended, TimeProvider.System, Loggers.CreateLogger("ContainerSandbox"));

    // By name, so that nothing above the port knows an adapter; found beside this assembly, wherever that was loaded.
    private static ISandboxBackendFactory LoadAdapter() =>
        (ISandboxBackendFactory)Activator.CreateInstance(Type.GetType(Adapter, throwOnError: true)!)!;

    private static void Forget(Sandbox sandbox) => Sandboxes.TryRemove(sandbox.Id, out _);
}
