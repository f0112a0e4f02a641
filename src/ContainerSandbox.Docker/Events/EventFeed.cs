using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using ContainerSandbox.Docker.Calls;
using ContainerSandbox.Engine.Backends;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Events;

/// <summary>
/// Follows what happens to containers. The engine answers the request just before it subscribes, so an event of the same instant can
/// be missed: who must not miss it gives a <c>since</c> from before, or lists after the first read.
/// </summary>
internal sealed class EventFeed(IDockerClient client, EngineCall call)
{
    private const int LongestMessage = 1024 * 1024;
    private const long NanosecondsPerTick = 100;

    /// <summary>The events, until the token or the connection ends.</summary>
    public async IAsyncEnumerable<BackendEvent> WatchAsync(
        string label, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = await SubscribeAsync(label, since, cancellationToken).ConfigureAwait(false);
        await using var _ = stream.ConfigureAwait(false);
        var reader = PipeReader.Create(stream);
        while (true)
        {
            var result = await ReadAsync(reader, cancellationToken).ConfigureAwait(false);
            var rest = result.Buffer;
            while (TryTakeLine(ref rest, out var line))
            {
                if (EngineEvent.TryParse(line, out var happened))
                    yield return happened;
            }

            if (result.IsCompleted)
                throw Lost(null);
            if (rest.Length > LongestMessage)
                throw new SandboxException(SandboxErrorId.EngineError, SandboxErrorCategory.ProtocolError, $"The engine at {call.Endpoint} sent an event without an end.", label);
            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    // The overload that reports progress tells neither when the subscription was accepted nor lets a slow reader slow it down.
    private Task<Stream> SubscribeAsync(string label, DateTimeOffset? since, CancellationToken cancellationToken) => call.RunAsync(
        new EngineRequest("report what happens to containers", Deadlines.Question),
#pragma warning disable CS0618
        token => client.System.MonitorEventsAsync(Request(label, since), token),
#pragma warning restore CS0618
        cancellationToken);

    private static ContainerEventsParameters Request(string label, DateTimeOffset? since) => new()
    {
        Since = since is { } moment ? Timestamp(moment) : null,
        Filters = new Dictionary<string, IDictionary<string, bool>>
        {
            ["type"] = new Dictionary<string, bool> { ["container"] = true },
            ["label"] = new Dictionary<string, bool> { [label] = true },
            ["event"] = EngineEvent.Actions.ToDictionary(action => action, _ => true),
        },
    };

    private static string Timestamp(DateTimeOffset moment)
    {
        var ticks = moment.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        return string.Create(
            CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerSecond}.{ticks % TimeSpan.TicksPerSecond * NanosecondsPerTick:000000000}");
    }

    private async Task<ReadResult> ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Lost(e);
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        line = default;
        if (buffer.PositionOf((byte)'\n') is not { } end)
            return false;
        line = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return true;
    }

    private SandboxException Lost(Exception? cause) => EngineErrors.Lost(
        $"The engine at {call.Endpoint} stopped reporting events: the connection ended. Check that it runs.", null, cause);
}
