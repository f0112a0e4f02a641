using ContainerSandbox.Docker.Calls;
using ContainerSandbox.Engine.Backends;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Images;

/// <summary>Takes the messages of a pull as they come: passes on progress and keeps the failure, which the library does not raise.</summary>
internal sealed class PullMessages(IProgress<ImagePullProgress>? progress, Action heard) : IProgress<JSONMessage>
{
    /// <summary>Why the pull failed; null while it has not.</summary>
    public string? Failure { get; private set; }

    public void Report(JSONMessage value)
    {
        heard();
        if (value.Error is { } error)
            Failure = EngineText.Shorten(error.Message ?? "it gave no reason");
        else if (value.Status is { Length: > 0 } status)
            progress?.Report(new ImagePullProgress(value.ID ?? string.Empty, status, value.Progress?.Current ?? 0, value.Progress?.Total ?? 0));
    }
}
