using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Engine.Presenting;

/// <summary>Has a sandbox shown in the terminal.</summary>
public static class SandboxLiveView
{
    /// <summary>How many steps of recent use are read.</summary>
    public const int MostSteps = 16;

    private const string View = "ContainerSandbox.Presentation.TerminalView, ContainerSandbox.Presentation";

    /// <summary>Shows a sandbox until the user ends it, and leaves the terminal as it was.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="newestEvents">How many of the newest events are shown at most; 0 or more.</param>
    /// <param name="refreshEvery">How often it is read anew, more than zero.</param>
    /// <param name="observer">Hears messages.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.NotInteractive"/>, before anything is drawn; <see cref="SandboxErrorId.SandboxRemoved"/>.</exception>
    public static Task ShowAsync(Sandbox sandbox, int newestEvents, TimeSpan refreshEvery, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        var view = (ILiveView)Activator.CreateInstance(Type.GetType(View, throwOnError: true)!)!;
        return view.ShowAsync(Watch(sandbox, newestEvents, refreshEvery, observer, TimeProvider.System), refreshEvery, cancellationToken);
    }

    internal static ILiveSource Watch(Sandbox sandbox, int newestEvents, TimeSpan refreshEvery, ISandboxObserver observer, TimeProvider timeProvider) =>
        new LiveSource(sandbox, newestEvents, refreshEvery, observer, timeProvider);
}
