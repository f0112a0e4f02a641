namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>The sandboxes of this process, whichever runspace made them.</summary>
public static class SandboxRegistry
{
    /// <summary>All sandboxes that are not removed, oldest first.</summary>
    public static IReadOnlyList<Sandbox> All => throw new NotImplementedException();

    /// <summary>Finds a sandbox by its id; null when there is none.</summary>
    /// <param name="sandboxId">Its id.</param>
    public static Sandbox? Find(string sandboxId) => throw new NotImplementedException();

    /// <summary>Connects to the engine, removes what dead owners left, and fills the pool.</summary>
    /// <param name="options">What the sandbox is to be.</param>
    /// <param name="observer">Hears messages and progress.</param>
    /// <param name="cancellationToken">Ends the call; nothing stays.</param>
    /// <exception cref="SandboxException">The engine or the image cannot be used; the id says why.</exception>
    public static Task<Sandbox> InitializeAsync(SandboxOptions options, ISandboxObserver observer, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
