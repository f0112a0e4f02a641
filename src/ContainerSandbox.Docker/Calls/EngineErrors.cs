using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using ContainerSandbox.Docker.Connecting;
using Docker.DotNet;

namespace ContainerSandbox.Docker.Calls;

/// <summary>The one place that turns failures of the library and of the connection into those of the port.</summary>
internal static class EngineErrors
{
    /// <summary>The failure as the port knows it; null when it is none of the engine's.</summary>
    public static SandboxException? Translate(string endpoint, EngineRequest request, Exception failure) => failure switch
    {
        DockerImageNotFoundException e => new SandboxException(
            SandboxErrorId.ImageNotFound, SandboxErrorCategory.ObjectNotFound,
            $"The engine does not have the image: {EngineText.FromBody(e.ResponseBody)}.", request.Target, e),
        DockerApiException { StatusCode: HttpStatusCode.NotFound } e when request.AboutContainer => new SandboxException(
            SandboxErrorId.ContainerNotFound, SandboxErrorCategory.ObjectNotFound,
            $"The engine does not know the container '{request.Target}' any more.", request.Target, e),
        DockerApiException e => Refused(request, EngineText.FromBody(e.ResponseBody), e),
        EngineUnreachableException { Error: SocketError.AccessDenied } or UnauthorizedAccessException => AccessDenied(endpoint, failure),
        EngineUnreachableException e => Lost(
            $"The engine at {endpoint} cannot be reached: {e.Message}. Check that it runs.", request.Target, e),
        EngineNotBelievedException => EngineCertificates.NotTrusted(
            endpoint, $"who answers at {endpoint} is not believed to be it, {failure.Message.TrimEnd('.')}", "Put the ca.pem of the engine's certificate into the folder that DOCKER_CERT_PATH names, and use a name that the certificate is for.", failure),
        HttpRequestException or IOException or SocketException or AuthenticationException or ObjectDisposedException or TimeoutException => Lost(
            $"The connection to the engine at {endpoint} broke while it was asked to {request.What}. Check that it runs, then try again.", request.Target, failure),
        JsonException or FormatException or InvalidOperationException or NotSupportedException => new SandboxException(
            SandboxErrorId.EngineError, SandboxErrorCategory.ProtocolError,
            $"The answer of the engine at {endpoint} could not be understood when it was asked to {request.What}. Check that the address is a container engine's.", request.Target, failure),
        _ => null,
    };

    /// <summary>The engine said no.</summary>
    public static SandboxException Refused(EngineRequest request, string reason, Exception? cause = null) => new(
        SandboxErrorId.EngineError, SandboxErrorCategory.InvalidOperation,
        $"The engine would not {request.What}: {reason}", request.Target, cause);

    /// <summary>The engine said nothing.</summary>
    public static SandboxException Silent(string endpoint, EngineRequest request, Exception? cause = null) => new(
        SandboxErrorId.EngineNotResponding, SandboxErrorCategory.OperationTimeout,
        string.Create(CultureInfo.InvariantCulture, $"The engine at {endpoint} did not {request.What} within {request.Deadline.TotalSeconds:0.#} s. If it stays silent, restart it (for example `systemctl restart docker`)."),
        request.Target, cause);

    /// <summary>The connection ended.</summary>
    public static SandboxException Lost(string message, string? target, Exception? cause = null) =>
        new(SandboxErrorId.EngineLost, SandboxErrorCategory.ConnectionError, message, target, cause);

    private static SandboxException AccessDenied(string endpoint, Exception cause) => new(
        SandboxErrorId.EngineAccessDenied, SandboxErrorCategory.PermissionDenied,
        $"The user '{Environment.UserName}' may not use the engine at {endpoint}. Add the user to the group that owns the socket (`sudo usermod -aG docker {Environment.UserName}`, then log in again), run as a user who may, or use a rootless engine.",
        endpoint, cause);
}
