using ContainerSandbox.Docker.Calls;
using ContainerSandbox.Docker.Registries;
using ContainerSandbox.Engine.Backends;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Images;

/// <summary>
/// Brings images from their registry. It takes as long as it takes: what ends it is silence, since a size says nothing about the speed
/// of a line.
/// </summary>
internal sealed class ImagePull(IDockerClient client, EngineCall call, ImageStore store, RegistryCredentials credentials, bool isPodman)
{
    private const int NamesShown = 5;

    /// <summary>Pulls an image and describes it.</summary>
    public async Task<BackendImage> PullAsync(ImageReference reference, IProgress<ImagePullProgress>? progress, CancellationToken cancellationToken)
    {
        if (reference.IsIdentity)
            throw await MissingAsync(reference, "no registry can be asked for an identity", null, cancellationToken).ConfigureAwait(false);
        var request = new EngineRequest($"go on pulling the image '{reference.Text}'", Deadlines.PullSilence, reference.Text);
        var shown = await credentials.FindAsync(RegistryHost.Of(reference.Name), cancellationToken).ConfigureAwait(false);
        try
        {
            await TransferAsync(reference, request, shown, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (SandboxException e)
        {
            throw PullFailure.Explain(reference, shown, e)
                ?? await MissingAsync(reference, PullFailure.Reason(e), e, cancellationToken).ConfigureAwait(false);
        }

        return await store.FindAsync(reference, cancellationToken).ConfigureAwait(false)
            ?? throw await MissingAsync(reference, "the pull ended without it", null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks the registry for an image, and brings nothing. One that wants a login is only asked whether it accepts the one there is.</summary>
    public async Task AskAsync(ImageReference reference, CancellationToken cancellationToken)
    {
        if (reference.IsIdentity)
            throw await MissingAsync(reference, "no registry can be asked for an identity", null, cancellationToken).ConfigureAwait(false);
        var request = new EngineRequest($"ask the registry of '{reference.Text}'", Deadlines.Start, reference.Text);
        if (isPodman)
            throw EngineErrors.Refused(request, "Podman asks a registry for nothing but to bring an image");
        var shown = await credentials.FindAsync(RegistryHost.Of(reference.Name), cancellationToken).ConfigureAwait(false);
        try
        {
            await call.RunAsync(
                request,
                token => shown.Credentials is { } login
                    ? client.System.AuthenticateAsync(login, token)
                    : client.Distribution.InspectAsync(reference.Text, token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (SandboxException e)
        {
            throw PullFailure.Explain(reference, shown, e)
                ?? await MissingAsync(reference, PullFailure.Reason(e), e, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TransferAsync(
        ImageReference reference, EngineRequest request, FoundCredentials shown, IProgress<ImagePullProgress>? progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var silence = new CancellationTokenSource(request.Deadline, call.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        var messages = new PullMessages(progress, () => silence.CancelAfter(request.Deadline));
        try
        {
            await client.Images.CreateImageAsync(
                new ImagesCreateParameters { FromImage = reference.Name, Tag = reference.Version }, shown.Credentials, messages, linked.Token)
                .WaitAsync(linked.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not SandboxException)
        {
            if (cancellationToken.IsCancellationRequested)
                throw new OperationCanceledException($"Pulling the image '{reference.Text}' was cancelled.", e, cancellationToken);
            if (silence.IsCancellationRequested)
                throw await SilentAsync(reference, request, e, cancellationToken).ConfigureAwait(false);
            if (EngineErrors.Translate(call.Endpoint, request, e) is { } translated)
                throw translated;
            throw;
        }

        if (messages.Failure is { } failure)
            throw EngineErrors.Refused(request, failure);
    }

    private async Task<SandboxException> SilentAsync(ImageReference reference, EngineRequest request, Exception cause, CancellationToken cancellationToken)
    {
        try
        {
            await call.RunAsync(EngineRequest.Question("answer"), client.System.PingAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (SandboxException)
        {
            return EngineErrors.Silent(call.Endpoint, request, cause);
        }

        return PullFailure.Stalled(reference, request, cause);
    }

    private async Task<SandboxException> MissingAsync(ImageReference reference, string reason, Exception? cause, CancellationToken cancellationToken)
    {
        string present;
        try
        {
            var names = await store.NamesAsync(NamesShown, cancellationToken).ConfigureAwait(false);
            present = names.Count == 0 ? " (there is none yet)" : $" (for example {string.Join(", ", names)})";
        }
        catch (SandboxException)
        {
            // The list only helps; the failure is another.
            present = string.Empty;
        }

        return new SandboxException(
            SandboxErrorId.ImageNotFound,
            SandboxErrorCategory.ObjectNotFound,
            $"The image '{reference.Text}' is not on the engine and could not be pulled: {reason.TrimEnd('.')}. Three ways out: name an image that is present{present}; bring it in from a file with `docker load` or `docker import`; or make its registry reachable and allowed, and try `docker pull {reference.Text}`.",
            reference.Text,
            cause);
    }
}
