namespace ContainerSandbox.Engine.Presenting;

/// <summary>Shows a sandbox in the terminal for as long as somebody looks. Found by name, so that the engine knows no terminal.</summary>
public interface ILiveView
{
    /// <summary>Shows it until the user ends it, and leaves the terminal as it was.</summary>
    /// <param name="source">What is to be shown. Its strings come from agents and images: none of them is trusted.</param>
    /// <param name="refreshEvery">How often it is read anew, more than zero.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.NotInteractive"/>, before anything is drawn; <see cref="SandboxErrorId.SandboxRemoved"/>.</exception>
    Task ShowAsync(ILiveSource source, TimeSpan refreshEvery, CancellationToken cancellationToken);
}
