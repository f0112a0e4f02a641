using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Diagnosis;

/// <summary>Is there an engine, may this user use it, and does it speak a language that is understood?</summary>
internal static class ConnectionCheck
{
    private const string Endpoint = "Endpoint";
    private const string Permissions = "Permissions";
    private const string Api = "ApiVersion";

    /// <summary>Connects; null where nothing more can be looked at.</summary>
    public static async Task<ISandboxBackend?> RunAsync(
        ISandboxBackendFactory backends, string? endpoint, List<EngineCheck> checks, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ISandboxBackend? backend = null;
        try
        {
            backend = await backends.ConnectAsync(endpoint, timeProvider, cancellationToken).ConfigureAwait(false);
            var engine = (await backend.ProbeAsync(cancellationToken).ConfigureAwait(false)).Engine;
            var facts = await backend.DescribeAsync(cancellationToken).ConfigureAwait(false);
            checks.Add(Findings.Passed(Endpoint, $"{engine.Product} {engine.Version} answers at {engine.Endpoint}."));
            checks.Add(facts.IsOpenToNetwork
                ? Findings.Warning(
                    Permissions, $"Whoever reaches {engine.Endpoint} over the network rules the engine's machine.",
                    "Let the engine listen on its local socket only, and reach it from there.")
                : Findings.Passed(Permissions, $"The user '{Environment.UserName}' may use it."));
            checks.Add(Findings.Passed(Api, $"API version {engine.ApiVersion} is spoken."));
            return backend;
        }
        catch (SandboxException exception)
        {
            if (backend is not null)
                await backend.DisposeAsync().ConfigureAwait(false);
            checks.Add(Failed(exception));
            return null;
        }
    }

    private static EngineCheck Failed(SandboxException exception) => exception.ErrorId switch
    {
        SandboxErrorId.EngineAccessDenied => Findings.Failed(
            Permissions, exception.Message, $"sudo usermod -aG docker {Environment.UserName}   # then log in again; over ssh: ssh-copy-id, then ssh-add"),
        SandboxErrorId.EngineNotTrusted => Findings.Failed(Permissions, exception.Message, "Put ca.pem, cert.pem and key.pem into the folder that DOCKER_CERT_PATH names; over ssh: compare the host's key, then connect once by hand."),
        SandboxErrorId.EngineTooOld => Findings.Failed(Api, exception.Message, "Install Docker Engine 20.10 or later."),
        SandboxErrorId.EngineNotResponding => Findings.Failed(Endpoint, exception.Message, "sudo systemctl restart docker"),
        SandboxErrorId.EndpointNotSupported => Findings.Failed(Endpoint, exception.Message, "Name a unix://, tcp:// or ssh:// address with -Endpoint or DOCKER_HOST."),
        _ => Findings.Failed(Endpoint, exception.Message, "sudo systemctl start docker"),
    };
}
