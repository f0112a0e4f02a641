using ContainerSandbox.Docker.Calls;
using ContainerSandbox.Docker.Registries;
using Docker.DotNet;

namespace ContainerSandbox.Docker.Images;

/// <summary>Tells by the words that the engine passes on why an image did not come: it has no codes for that.</summary>
internal static class PullFailure
{
    private static readonly string[] OfTheEngine = ["no space left", "read-only file system"];
    private static readonly string[] NoAccess =
        ["no basic auth credentials", "unauthorized", "authentication required", "incorrect username or password", "access to the resource is denied"];

    // What the default registry says of an image that it does not have.
    private static readonly string[] Absent = ["repository does not exist", "not found", "manifest unknown"];
    private static readonly string[] OtherPlatform = ["no matching manifest for", "does not match the specified platform", "no image found in manifest list"];
    private static readonly string[] Damaged =
        ["verification failed", "unexpected eof", "digest mismatch", "does not match digest", "invalid tar header", "gzip: invalid", "failed to register layer", "manifest invalid"];

    /// <summary>The failure as the port knows it; null when only the absence of the image can be told.</summary>
    public static SandboxException? Explain(ImageReference reference, FoundCredentials shown, SandboxException failure)
    {
        if (failure is not { ErrorId: SandboxErrorId.EngineError or SandboxErrorId.ImageNotFound, Category: not SandboxErrorCategory.ProtocolError })
            return failure;
        var reason = Reason(failure);
        if (Says(reason, OfTheEngine))
            return failure;
        if (Says(reason, OtherPlatform))
            return Other(reference, reason, failure);
        if (Says(reason, NoAccess) && !Says(reason, Absent))
            return Denied(reference, shown, reason, failure);
        return Says(reason, Damaged) ? Broken(reference, reason, failure) : null;
    }

    /// <summary>What the engine said, without what was asked of it.</summary>
    public static string Reason(SandboxException failure) =>
        failure.InnerException is DockerApiException api ? EngineText.FromBody(api.ResponseBody).TrimEnd('.') : failure.Message.TrimEnd('.');

    /// <summary>The engine works, and the registry stopped sending.</summary>
    public static SandboxException Stalled(ImageReference reference, EngineRequest request, Exception cause) => new(
        SandboxErrorId.ImagePullFailed,
        SandboxErrorCategory.OperationTimeout,
        $"Nothing came from the registry of '{reference.Text}' for {request.Deadline.TotalSeconds:0} s, while the engine answers. Try again; what came before is not fetched twice.",
        reference.Text,
        cause);

    private static SandboxException Denied(ImageReference reference, FoundCredentials shown, string reason, Exception cause)
    {
        var login = "`docker login" + RegistryHost.ForLogin(RegistryHost.Of(reference.Name)) + "`";
        var how = shown switch
        {
            { Credentials: not null } => $"it did not accept the credentials that {login} left. Run it again",
            { Trouble: { } trouble } => $"it wants credentials, but {trouble}. Put that right, or run {login}",
            _ => $"it wants credentials, and there are none for it. Run {login}",
        };
        return new SandboxException(
            SandboxErrorId.RegistryAccessDenied,
            SandboxErrorCategory.PermissionDenied,
            $"The registry did not give the image '{reference.Text}': {how} as the user who runs this, then try again. ({reason}.)",
            reference.Text,
            cause);
    }

    private static SandboxException Other(ImageReference reference, string reason, Exception cause) => new(
        SandboxErrorId.ImagePlatformDiffers,
        SandboxErrorCategory.InvalidArgument,
        $"The image '{reference.Text}' does not exist for the platform of the engine: {reason}. Name an image that is built for it.",
        reference.Text,
        cause);

    private static SandboxException Broken(ImageReference reference, string reason, Exception cause) => new(
        SandboxErrorId.ImagePullFailed,
        SandboxErrorCategory.ProtocolError,
        $"The image '{reference.Text}' came damaged from its registry, and nothing of that was kept: {reason}. Try again; if it stays so, push the image to the registry anew.",
        reference.Text,
        cause);

    private static bool Says(string reason, string[] texts) => texts.Any(text => reason.Contains(text, StringComparison.OrdinalIgnoreCase));
}
