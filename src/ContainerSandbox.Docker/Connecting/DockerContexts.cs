using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ContainerSandbox.Docker.Connecting;

/// <summary>The named endpoints that the docker command line keeps in its configuration folder.</summary>
internal sealed class DockerContexts(EngineEnvironment environment, TimeProvider timeProvider)
{
    private const string Remedy = "Pick another with `docker context use`, or name an address with -Endpoint or DOCKER_HOST.";

    /// <summary>The endpoint of the current context; null when none is in use.</summary>
    public EngineEndpoint? Current()
    {
        var folder = environment.ConfigurationFolder;
        var name = environment["DOCKER_CONTEXT"] ?? ConfiguredName(Path.Combine(folder, "config.json"));
        return name is null or "default" ? null : Read(folder, name);
    }

    private static string? ConfiguredName(string file)
    {
        // The command line goes on with a configuration that it cannot read; so does this.
        using var document = TryParse(file);
        return document?.RootElement is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("currentContext", out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 } name ? name : null;
    }

    private EngineEndpoint Read(string folder, string name)
    {
        var origin = $"the docker context '{name}'";
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name))).ToLowerInvariant();
        var file = Path.Combine(folder, "contexts", "meta", key, "meta.json");
        using var document = TryParse(file);
        if (document is null || Host(document.RootElement) is not { Length: > 0 } host)
            throw new SandboxException(
                SandboxErrorId.EngineNotFound,
                SandboxErrorCategory.ObjectNotFound,
                $"The docker context '{name}' is in use, but '{file}' names no docker endpoint. {Remedy}",
                name);

        var certificates = Path.Combine(folder, "contexts", "tls", key, "docker");
        if (SkipsVerification(document.RootElement))
            throw EndpointAddress.NotSupported(host, origin, "It skips the verification of the engine, so that whoever is in between could read and change everything. Make it again with `docker context update --docker host=...,ca=...`. " + Remedy);
        return EndpointAddress.Parse(
            host, origin, () => EngineCertificates.Load(certificates, timeProvider), wantsTls: Directory.Exists(certificates));
    }

    private static bool SkipsVerification(JsonElement root) =>
        Docker(root) is { } docker && docker.TryGetProperty("SkipTLSVerify", out var skip) && skip.ValueKind == JsonValueKind.True;

    private static string? Host(JsonElement root) =>
        Docker(root) is { } docker && docker.TryGetProperty("Host", out var host) && host.ValueKind == JsonValueKind.String ? host.GetString() : null;

    private static JsonElement? Docker(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && root.TryGetProperty("Endpoints", out var endpoints) && endpoints.ValueKind == JsonValueKind.Object
        && endpoints.TryGetProperty("docker", out var docker) && docker.ValueKind == JsonValueKind.Object ? docker : null;

    private static JsonDocument? TryParse(string file)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
