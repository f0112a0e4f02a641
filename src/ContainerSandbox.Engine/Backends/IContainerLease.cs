namespace ContainerSandbox.Engine.Backends;

/// <summary>A running container and the hold on it: when the lease ends, by release or by the death of its holder, the container ends.</summary>
public interface IContainerLease : IAsyncDisposable
{
    /// <summary>The engine's id of the container.</summary>
    string ContainerId { get; }

    /// <summary>
    /// Ends, and never fails, when nothing is held any more: it was released, or the connection to it broke. In the second case the container may
    /// run on without anything that would end it with its holder, or its end broke the connection; not every engine lets that show here.
    /// </summary>
    Task Ended { get; }

    /// <summary>Lets go, at once and without asking the engine: the container ends by itself soon after. Repeating it does nothing.</summary>
    void Release();
}
