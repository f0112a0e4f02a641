using System.Text;
using ContainerSandbox.Docker.Calls;
using ContainerSandbox.Docker.Containers;
using ContainerSandbox.Engine.Backends;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Sessions;

/// <summary>Starts processes in running containers.</summary>
internal sealed class SessionOpener(IDockerClient client, EngineCall call)
{
    // A start takes about 50 ms; asking at once would always be too early.
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan NextLook = TimeSpan.FromMilliseconds(10);
    private const int LongestReason = 2048;

    /// <summary>Starts a process and returns once the engine has really started it.</summary>
    public async Task<ISessionChannel> OpenAsync(SessionSpec spec, CancellationToken cancellationToken)
    {
        // What is prepared and never started is a note in the engine's books, which it drops.
        var created = await call.RunAsync(
            EngineRequest.About(spec.ContainerId, $"prepare a process in the container '{spec.ContainerId}'", Deadlines.Change) with { IsRepeatable = true },
            token => client.Exec.CreateContainerExecAsync(EngineId.Escape(spec.ContainerId), Request(spec), token),
            cancellationToken).ConfigureAwait(false);

        // Attached, never detached: the library throws after a detached start.
        var stream = await call.RunAsync(
            Starting(spec),
            token => client.Exec.StartContainerExecAsync(created.ID, new ContainerExecStartParameters { Detach = false, TTY = false }, token),
            cancellationToken).ConfigureAwait(false);
        var process = new SessionProcess(client, call, spec.ContainerId, created.ID);
        var channel = new DockerSessionChannel(process, stream);
        try
        {
            await AwaitStartAsync(spec, process, channel, cancellationToken).ConfigureAwait(false);
            return channel;
        }
        catch
        {
            await channel.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static EngineRequest Starting(SessionSpec spec) =>
        EngineRequest.About(spec.ContainerId, $"start a process in the container '{spec.ContainerId}'", Deadlines.Start);

    private static ContainerExecCreateParameters Request(SessionSpec spec) => new()
    {
        AttachStdin = true,
        AttachStdout = true,
        AttachStderr = true,
        TTY = false,
        User = ContainerRequest.User(spec.UserId, spec.GroupId),
        WorkingDir = spec.WorkingDirectory,
        Cmd = [.. spec.Command],
    };

    // The engine hands over the connection before it starts the process, and writes the reason of a failure where the process's
    // output would be. Only its records tell the two apart: a process that never ran has no process id.
    private async Task AwaitStartAsync(SessionSpec spec, SessionProcess process, DockerSessionChannel channel, CancellationToken cancellationToken)
    {
        var begun = call.Time.GetTimestamp();
        await Task.WhenAny(channel.ArrivalAsync(), Task.Delay(FirstLook, call.Time, cancellationToken)).ConfigureAwait(false);
        while (true)
        {
            var state = await process.InspectAsync(cancellationToken).ConfigureAwait(false);
            if (state.Pid != 0)
                return;
            if (!state.Running && state.ExitCode is { } code)
            {
                // Engines that forget the process id at the end: these two codes are theirs, any other is the process's own.
                if (code is not (126 or 127))
                    return;
                throw Failed(spec, await ReasonAsync(channel, cancellationToken).ConfigureAwait(false));
            }

            if (call.Time.GetElapsedTime(begun) > Deadlines.Start)
                throw EngineErrors.Silent(call.Endpoint, Starting(spec));
            await Task.Delay(NextLook, call.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string> ReasonAsync(DockerSessionChannel channel, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(2), call.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var buffer = new byte[LongestReason];
        var count = 0;
        try
        {
            while (count < buffer.Length)
            {
                var read = await channel.ReadAsync(buffer.AsMemory(count), linked.Token).ConfigureAwait(false);
                if (read.IsEnd)
                    break;
                count += read.Count;
            }
        }
        catch (Exception e) when (e is SandboxException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // What came so far has to do.
            return EngineText.Shorten(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return EngineText.Shorten(Encoding.UTF8.GetString(buffer, 0, count));
    }

    private static SandboxException Failed(SessionSpec spec, string reason) => new(
        SandboxErrorId.SessionFailed,
        SandboxErrorCategory.ResourceUnavailable,
        $"'{spec.Command[0]}' did not start in the container '{spec.ContainerId}': {(reason.Length == 0 ? "the engine gave no reason" : reason)}",
        spec.ContainerId);
}
