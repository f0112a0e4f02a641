using ContainerSandbox.Engine.Commands;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Sessions;
using ContainerSandbox.Engine.Slots;
using ContainerSandbox.Engine.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>The sessions of a slot and the runner of its commands, on real shells of this machine.</summary>
internal sealed class ShellRig : IAsyncDisposable
{
    private static int _rigs;

    private readonly BackgroundWork _background = new(NullLogger.Instance);
    private readonly CommandRunner _runner = new(TimeProvider.System, new MemoryWatch(new EngineClock(TimeProvider.System), TimeProvider.System), Task.CompletedTask);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("containersandbox-");

    private ShellRig(string shell)
    {
        var first = 1_900_000_000 + (1000L * Interlocked.Increment(ref _rigs)) + (Environment.ProcessId % 1000 * 100_000L);
        Backend = new LocalShellBackend(shell, _directory.FullName);
        Sessions = new SessionSet(Backend, "", new SlotIdentity(first, first + 1, first, first + 2, 900), _background, TimeProvider.System);
    }

    public LocalShellBackend Backend { get; }

    public SessionSet Sessions { get; }

    public string WorkingDirectory => _directory.FullName;

    public static async Task<ShellRig> OpenAsync(string shell)
    {
        var rig = new ShellRig(shell);
        await rig.Sessions.OpenAsync((_, _) => Task.CompletedTask, CancellationToken.None);
        return rig;
    }

    public Task ArmAsync(IReadOnlyDictionary<string, string> variables) =>
        Eventually.EndsAsync(Sessions.ArmNowAsync(CommandText.Arm(variables), CancellationToken.None));

    public Task<CommandResult> RunAsync(string command) => RunAsync(new CommandRequest { Command = command });

    public Task<CommandResult> RunAsync(CommandRequest request)
    {
        CommandText.Check(request);
        ICommandSeat seat = request.StandardInput is null ? new WorkerSeat(Sessions) : new OneShotSeat(Sessions);
        return Eventually.EndsAsync(_runner.RunAsync(
            new CommandOrigin("agent", "00000000", "0"), seat, request, reason => Assert.Fail(reason), CancellationToken.None));
    }

    /// <summary>Waits until sessions are opened in place of others.</summary>
    public Task SettleAsync() => Eventually.EndsAsync(_background.DrainAsync());

    public async ValueTask DisposeAsync()
    {
        await _background.DisposeAsync();
        await Sessions.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
