using System.Collections.Concurrent;
using ContainerSandbox.Docker.Calls;
using Docker.DotNet;

namespace ContainerSandbox.Docker.Containers;

/// <summary>
/// Makes sure, once for each image, that the engine's machine can run its programs. One for another platform may run in an emulator, so it
/// is tried: without one the main process ends as soon as it begins.
/// </summary>
internal sealed class PlatformCheck(IDockerClient client, EngineCall call, string enginePlatform)
{
    private const string Unknown = "/";
    private const int Remembered = 1024;
    private static readonly TimeSpan Trial = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, bool> _passed = new();

    /// <summary>Looks at the image of a container that was started, and at the container where that leaves a doubt.</summary>
    public async Task EnsureAsync(ContainerSpec spec, string containerId, CancellationToken cancellationToken)
    {
        if (enginePlatform == Unknown || _passed.ContainsKey(spec.ImageId))
            return;
        var image = await call.RunAsync(
            EngineRequest.Question($"describe the image '{spec.ImageId}'", spec.ImageId),
            token => client.Images.InspectImageAsync(spec.ImageId, token),
            cancellationToken).ConfigureAwait(false);
        var platform = $"{image.Os}/{image.Architecture}";
        if (platform != enginePlatform && platform != Unknown && await EndsAsync(containerId, cancellationToken).ConfigureAwait(false))
            throw new SandboxException(
                SandboxErrorId.ImagePlatformDiffers,
                SandboxErrorCategory.InvalidArgument,
                $"The image '{image.RepoTags?.FirstOrDefault() ?? spec.ImageId}' is built for {platform}, the engine runs on {enginePlatform}, and its programs do not run there. Name an image that is built for {enginePlatform}, or give the engine's machine an emulator (binfmt).",
                spec.ImageId);

        if (_passed.Count >= Remembered)
            _passed.Clear();
        _passed.TryAdd(spec.ImageId, true);
    }

    private async Task<bool> EndsAsync(string containerId, CancellationToken cancellationToken)
    {
        using var trial = new CancellationTokenSource(Trial, call.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(trial.Token, cancellationToken);
        try
        {
            await call.RunAsync(
                EngineRequest.About(containerId, $"wait for the container '{containerId}'", Deadlines.Start),
                token => client.Containers.WaitContainerAsync(containerId, token),
                either.Token).ConfigureAwait(false);
            return true;
        }
        catch (SandboxException e) when (e.ErrorId == SandboxErrorId.ContainerNotFound)
        {
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
