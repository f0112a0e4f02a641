using System.Text;
using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>One agent with an environment, whose container does what a test says.</summary>
internal sealed class CommandRig : IAsyncDisposable
{
    private readonly SandboxRig _rig;

    private CommandRig(SandboxRig rig, AgentEnvironment environment)
    {
        _rig = rig;
        Environment = environment;
        Container = rig.Container(environment);
    }

    public AgentEnvironment Environment { get; }

    public FakeContainer Container { get; }

    public FakeBackend Backend => _rig.Backend;

    public TestClock Clock => _rig.Clock;

    public Sandbox Sandbox => _rig.Sandbox;

    public SandboxRig Whole => _rig;

    /// <summary>What the sessions of the container were asked, all together.</summary>
    public IEnumerable<string> Heard => Container.Sessions.SelectMany(session => session.Heard);

    /// <summary>Makes the environment; nothing of the claim goes on in the background.</summary>
    public static async Task<CommandRig> OpenAsync()
    {
        var rig = await SandboxRig.OpenAsync(1);
        var environment = await rig.ClaimAsync();
        await rig.Clock.UntilWaitingAsync(TimeSpan.FromMilliseconds(20), 3);
        rig.Clock.Advance(TimeSpan.FromMilliseconds(20));
        await rig.UntilFullAsync();
        await Eventually.TrueAsync(() => !rig.Backend.Updates.IsEmpty, "the container has its name");
        return new CommandRig(rig, environment);
    }

    public Task<CommandResult> RunAsync(string command, string? input = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        RunAsync(
            new CommandRequest
            {
                Command = command,
                Timeout = timeout,
                StandardInput = input is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(input)),
            },
            cancellationToken);

    public Task<CommandResult> RunAsync(CommandRequest request, CancellationToken cancellationToken = default) =>
        _rig.RunAsync("agent", request, null, cancellationToken);

    public ValueTask DisposeAsync() => _rig.DisposeAsync();
}
