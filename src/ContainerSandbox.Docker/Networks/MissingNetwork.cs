using System.Net;
using Docker.DotNet;

namespace ContainerSandbox.Docker.Networks;

/// <summary>Recognizes that a container could not start because its network is gone.</summary>
internal static class MissingNetwork
{
    /// <summary>True when the engine said so.</summary>
    public static bool IsCauseOf(Exception failure) =>
        failure is SandboxException { InnerException: DockerApiException refused }
        && (refused.StatusCode == HttpStatusCode.NotFound
            ? (refused.ResponseBody ?? "").Contains("network ", StringComparison.OrdinalIgnoreCase)
            : (refused.ResponseBody ?? "").Contains("unable to find network", StringComparison.OrdinalIgnoreCase));

    /// <summary>What the caller hears.</summary>
    public static SandboxException Error(string network, Exception cause) => new(
        SandboxErrorId.NetworkNotFound,
        SandboxErrorCategory.ObjectNotFound,
        $"The engine has no network '{network}' any more. Make it again (docker network create), or name another.",
        network,
        cause);
}
