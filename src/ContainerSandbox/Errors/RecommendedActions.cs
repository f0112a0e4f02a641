namespace ContainerSandbox.Errors;

/// <summary>The next step for errors whose id alone tells it.</summary>
internal static class RecommendedActions
{
    public static string? Find(string errorId) => errorId switch
    {
        SandboxErrorId.SandboxNotInitialized => "Run 'Initialize-Sandbox' first.",
        SandboxErrorId.SandboxNotFound => "Run 'Get-Sandbox' to see the sandboxes of this runspace.",
        SandboxErrorId.SandboxExists => "Give another -Name, or -Force to replace it.",
        SandboxErrorId.SandboxRemoved => "Run 'Initialize-Sandbox' again.",
        SandboxErrorId.EngineNotFound => "Start Docker or Podman, or name its address with -Endpoint or DOCKER_HOST.",
        SandboxErrorId.EngineNotResponding => "Look whether the engine works ('docker version'), and restart it if it does not.",
        SandboxErrorId.EngineAccessDenied => "Run as a user who may use the engine's socket; over ssh, with a key that the host accepts.",
        SandboxErrorId.EngineNotTrusted => "Look at the certificates in the folder that DOCKER_CERT_PATH names; over ssh, at the key of the host.",
        SandboxErrorId.EngineLost => "Look whether the engine runs ('docker version'), then run 'Initialize-Sandbox -Force'.",
        SandboxErrorId.EndpointNotSupported => "Give a unix:// or tcp:// address.",
        SandboxErrorId.ImageNotFound => "Name an image that the engine has with -Image or CONTAINERSANDBOX_IMAGE, or load it first.",
        SandboxErrorId.ImagePullFailed => "Try again; look at the registry if it stays so.",
        SandboxErrorId.ImagePlatformDiffers => "Name an image that is built for the engine's platform.",
        SandboxErrorId.RegistryAccessDenied => "Run 'docker login' for the registry that the message names.",
        SandboxErrorId.ImageHasNoShell => "Choose an image with /bin/sh.",
        SandboxErrorId.AgentEnvironmentExists => "Give another -AgentId, or run 'Remove-AgentEnvironment' first.",
        SandboxErrorId.AgentEnvironmentNotFound => "Run 'Get-AgentEnvironment' to see the environments.",
        SandboxErrorId.AgentEnvironmentReplaced => "Run 'Get-AgentEnvironment' to get the environment that the agent has now.",
        SandboxErrorId.AgentEnvironmentLost => "Run 'Remove-AgentEnvironment', then 'New-AgentEnvironment'.",
        SandboxErrorId.TimeLimitReached => "Look whether the engine works ('docker version'), then run the cmdlet again.",
        SandboxErrorId.LimitTooSmall => "Give a larger limit.",
        SandboxErrorId.NetworkNotFound => "Make it with 'docker network create', or give -Network None or Isolated.",
        SandboxErrorId.InvalidNetwork => "Give -Network None, Isolated or the name of a network that the engine has.",
        SandboxErrorId.NetworkNotIsolated => "Run the engine with iptables, or give -Network None.",
        SandboxErrorId.AddressPoolsExhausted => "Run 'docker network prune', or give the engine more address pools.",
        SandboxErrorId.UserNotAllowed => "Give another -User, or none.",
        SandboxErrorId.UnknownCapability => "Give names such as NET_BIND_SERVICE; Tab completes them.",
        SandboxErrorId.InvalidSeccompProfile => "Correct the file that the message names, or leave -SeccompProfile out.",
        SandboxErrorId.RuntimeNotFound => "Give one of the runtimes that the message names, or leave -Runtime out.",
        SandboxErrorId.InvalidTemplate => "Correct the places that the message names.",
        SandboxErrorId.InvalidConfiguration => "Correct the places that the message names.",
        SandboxErrorId.SandboxPoolNotFound => "Run 'Get-SandboxPool' to see the pools.",
        SandboxErrorId.SandboxPoolExists => "Run 'Set-SandboxPool' to change it, or 'Remove-SandboxPool' first.",
        SandboxErrorId.DefaultPoolRequired => "Run 'Set-SandboxPool default -WarmupContainers 0' to keep nothing ready in it.",
        SandboxErrorId.InvalidWorkspace => "Give an existing folder of your own as -Workspace.",
        SandboxErrorId.WorkspaceNotShared => "Use an engine on this machine, or leave -Workspace out.",
        SandboxErrorId.WorkspaceNotWritable => "Give the folder to the user that the message names ('chown').",
        SandboxErrorId.WorkspaceInUse => "Remove the environment in the sandbox that has it, or give another -AgentId.",
        SandboxErrorId.FileExists => "Give another -Path, or -Force to replace it.",
        _ => null,
    };
}
