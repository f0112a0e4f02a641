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
/// Follows what happens in the engine. The engine answers the request just before it subscribes, so an event of the same instant can
/// be missed: who must not miss it gives a <c>since</c> from before, or lists after the first read.
/// </summary>
internal sealed class EventFeed(IDockerClient client, EngineCall call)
{
    // What changes the image that a name stands for.
    private static readonly string[] ImageActions = ["tag", "untag", "pull", "load", "import", "delete"];

    private const int LongestMessage = 1024 * 1024;
    private const long NanosecondsPerTick = 100;

    private delegate bool TryParse<T>(ReadOnlySequence<byte> json, out T happened);

    /// <summary>What happens to containers with a label, until the token or the connection ends.</summary>
    public IAsyncEnumerable<BackendEvent> WatchContainersAsync(string label, DateTimeOffset? since, CancellationToken cancellationToken) => WatchAsync<BackendEvent>(
        "containers", Request(since, ("type", ["container"]), ("label", [label]), ("event", EngineEvent.Actions)), EngineEvent.TryParse, cancellationToken);

    /// <summary>The moments at which images changed, until the token or the connection ends. No label is asked for: it would hide all of them.</summary>
    public IAsyncEnumerable<DateTimeOffset> WatchImagesAsync(DateTimeOffset? since, CancellationToken cancellationToken) => WatchAsync<DateTimeOffset>(
        "images", Request(since, ("type", ["image"]), ("event", ImageActions)), EngineEvent.TryParseMoment, cancellationToken);

    private async IAsyncEnumerable<T> WatchAsync<T>(
        string what, ContainerEventsParameters request, TryParse<T> tryParse, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = await SubscribeAsync(what, request, cancellationToken).ConfigureAwait(false);
        await using var _ = stream.ConfigureAwait(false);
        var reader = PipeReader.Create(stream);
        while (true)
        {
            var result = await ReadAsync(reader, cancellationToken).ConfigureAwait(false);
            var rest = result.Buffer;
            while (TryTakeLine(ref rest, out var line))
            {
                if (tryParse(line, out var happened))
                    yield return happened;
            }

            if (result.IsCompleted)
                throw Lost(null);
            if (rest.Length > LongestMessage)
                throw new SandboxException(SandboxErrorId.EngineError, SandboxErrorCategory.ProtocolError, $"The engine at {call.Endpoint} sent an event without an end.");
            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    // The overload that reports progress tells neither when the subscription was accepted nor lets a slow reader slow it down.
    private Task<Stream> SubscribeAsync(string what, ContainerEventsParameters request, CancellationToken cancellationToken) => call.RunAsync(
        new EngineRequest($"report what happens to {what}", Deadlines.Question),
#pragma warning disable CS0618
        token => client.System.MonitorEventsAsync(request, token),
#pragma warning restore CS0618
        cancellationToken);

    private static ContainerEventsParameters Request(DateTimeOffset? since, params (string Name, IEnumerable<string> Values)[] filters) => new()
    {
        Since = since is { } moment ? Timestamp(moment) : null,
        Filters = filters.ToDictionary(
            filter => filter.Name, IDictionary<string, bool> (filter) => filter.Values.ToDictionary(value => value, _ => true)),
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
