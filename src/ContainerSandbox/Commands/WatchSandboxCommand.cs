using System.Management.Automation;
using ContainerSandbox.Engine.Presenting;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Shows a sandbox in the terminal until the user ends it.</summary>
[Cmdlet(VerbsCommon.Watch, "Sandbox")]
public sealed class WatchSandboxCommand : SandboxCommand
{
    private const int EventsUnlessTold = 10;

    private static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(1);

    [Parameter]
    [Interval]
    public TimeSpan? RefreshSeconds { get; set; }

    [Parameter]
    [Count(Minimum = 0)]
    public int? Newest { get; set; }

    // Somebody looks for as long as they like.
    private protected override TimeSpan? Limit => null;

    protected override void ProcessRecord()
    {
        if (!TryGetSandbox(out var sandbox))
            return;
        // Messages would be written across what is drawn, so nobody hears them.
        AwaitOrThrow(
            async token =>
            {
                await SandboxLiveView.ShowAsync(
                    sandbox, Newest ?? EventsUnlessTold, RefreshSeconds ?? UsualInterval, SilentObserver.Instance, token).ConfigureAwait(false);
                return true;
            },
            sandbox.Name);
    }
}
