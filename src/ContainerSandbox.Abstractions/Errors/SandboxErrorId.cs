namespace ContainerSandbox;

/// <summary>The stable ids of what can go wrong. They are part of the contract: scripts match on them.</summary>
public static class SandboxErrorId
{
    /// <summary>No container engine was found at any of the places looked at.</summary>
    public const string EngineNotFound = nameof(EngineNotFound);

    /// <summary>The engine accepts connections and does not answer in time.</summary>
    public const string EngineNotResponding = nameof(EngineNotResponding);

    /// <summary>The user may not use the engine's socket, or is not let in over ssh.</summary>
    public const string EngineAccessDenied = nameof(EngineAccessDenied);

    /// <summary>Over TLS: the engine's certificate is not to be believed, or one's own cannot be used. Over ssh: the host's key is not known.</summary>
    public const string EngineNotTrusted = nameof(EngineNotTrusted);

    /// <summary>The connection to the engine broke.</summary>
    public const string EngineLost = nameof(EngineLost);

    /// <summary>The engine refused a request.</summary>
    public const string EngineError = nameof(EngineError);

    /// <summary>The engine has no init binary to run as process 1.</summary>
    public const string EngineHasNoInit = nameof(EngineHasNoInit);

    /// <summary>The engine's API version is too old.</summary>
    public const string EngineTooOld = nameof(EngineTooOld);

    /// <summary>The endpoint is of a kind that cannot be used.</summary>
    public const string EndpointNotSupported = nameof(EndpointNotSupported);

    /// <summary>The image is neither on the engine nor to be had from a registry.</summary>
    public const string ImageNotFound = nameof(ImageNotFound);

    /// <summary>The image came damaged from its registry, or the registry stopped sending.</summary>
    public const string ImagePullFailed = nameof(ImagePullFailed);

    /// <summary>The image is built for another processor or operating system than the engine's.</summary>
    public const string ImagePlatformDiffers = nameof(ImagePlatformDiffers);

    /// <summary>The registry of the image wants credentials, or others.</summary>
    public const string RegistryAccessDenied = nameof(RegistryAccessDenied);

    /// <summary>The image holds no <c>/bin/sh</c>.</summary>
    public const string ImageHasNoShell = nameof(ImageHasNoShell);

    /// <summary>The engine does not know the container any more.</summary>
    public const string ContainerNotFound = nameof(ContainerNotFound);

    /// <summary>A container did not start, or did not pass its verification.</summary>
    public const string StartFailed = nameof(StartFailed);

    /// <summary>A container did not start in the time allowed.</summary>
    public const string StartTimedOut = nameof(StartTimedOut);

    /// <summary>The agent id is not of the allowed form.</summary>
    public const string InvalidAgentId = nameof(InvalidAgentId);

    /// <summary>The agent has an environment already.</summary>
    public const string AgentEnvironmentExists = nameof(AgentEnvironmentExists);

    /// <summary>No environment has this agent id.</summary>
    public const string AgentEnvironmentNotFound = nameof(AgentEnvironmentNotFound);

    /// <summary>The environment that was meant is gone; the agent id belongs to a newer one.</summary>
    public const string AgentEnvironmentReplaced = nameof(AgentEnvironmentReplaced);

    /// <summary>The environment's container ended without having been asked to.</summary>
    public const string AgentEnvironmentLost = nameof(AgentEnvironmentLost);

    /// <summary>The name of a variable is not of the allowed form.</summary>
    public const string InvalidEnvironmentVariable = nameof(InvalidEnvironmentVariable);

    /// <summary>The command's text cannot be run as it is.</summary>
    public const string InvalidCommand = nameof(InvalidCommand);

    /// <summary>The working directory is not an absolute, plain path.</summary>
    public const string InvalidWorkingDirectory = nameof(InvalidWorkingDirectory);

    /// <summary>No command session could be opened in the environment.</summary>
    public const string SessionFailed = nameof(SessionFailed);

    /// <summary>Something of an earlier isolated command could not be removed, so no other may follow it.</summary>
    public const string IsolationNotClean = nameof(IsolationNotClean);

    /// <summary>No sandbox was initialized in this runspace.</summary>
    public const string SandboxNotInitialized = nameof(SandboxNotInitialized);

    /// <summary>No sandbox has this name or id.</summary>
    public const string SandboxNotFound = nameof(SandboxNotFound);

    /// <summary>A sandbox of this name exists already.</summary>
    public const string SandboxExists = nameof(SandboxExists);

    /// <summary>The sandbox is being removed or was removed.</summary>
    public const string SandboxRemoved = nameof(SandboxRemoved);

    /// <summary>A limit is below what the sandbox needs to work.</summary>
    public const string LimitTooSmall = nameof(LimitTooSmall);

    /// <summary>The engine has no network of that name.</summary>
    public const string NetworkNotFound = nameof(NetworkNotFound);

    /// <summary>The network that was named is one that no container gets, or no name of a network.</summary>
    public const string InvalidNetwork = nameof(InvalidNetwork);

    /// <summary>The sandbox's own network does not keep containers apart, or that could not be shown.</summary>
    public const string NetworkNotIsolated = nameof(NetworkNotIsolated);

    /// <summary>The engine has no addresses left for one more network.</summary>
    public const string AddressPoolsExhausted = nameof(AddressPoolsExhausted);

    /// <summary>The agent's user cannot be the one that was given.</summary>
    public const string UserNotAllowed = nameof(UserNotAllowed);

    /// <summary>The kernel knows no capability of that name.</summary>
    public const string UnknownCapability = nameof(UnknownCapability);

    /// <summary>The seccomp profile cannot be read, or is none.</summary>
    public const string InvalidSeccompProfile = nameof(InvalidSeccompProfile);

    /// <summary>The engine has no container runtime of that name.</summary>
    public const string RuntimeNotFound = nameof(RuntimeNotFound);

    /// <summary>A template cannot be used as it was given; the message names each problem with its place.</summary>
    public const string InvalidTemplate = nameof(InvalidTemplate);

    /// <summary>A configuration cannot be used; the message names each problem with its place.</summary>
    public const string InvalidConfiguration = nameof(InvalidConfiguration);

    /// <summary>No pool of the sandbox has this specialization.</summary>
    public const string SandboxPoolNotFound = nameof(SandboxPoolNotFound);

    /// <summary>The specialization has a pool already.</summary>
    public const string SandboxPoolExists = nameof(SandboxPoolExists);

    /// <summary>The default pool stays as long as its sandbox.</summary>
    public const string DefaultPoolRequired = nameof(DefaultPoolRequired);

    /// <summary>What was given as a workspace is no folder, a link, or lies within the workspace of another sandbox.</summary>
    public const string InvalidWorkspace = nameof(InvalidWorkspace);

    /// <summary>The engine does not see the workspace's folder: it is on another machine.</summary>
    public const string WorkspaceNotShared = nameof(WorkspaceNotShared);

    /// <summary>The agents' user, or the user of this process, may not write in the workspace.</summary>
    public const string WorkspaceNotWritable = nameof(WorkspaceNotWritable);

    /// <summary>Another sandbox uses the agent's folder, or it cannot be shown that none does.</summary>
    public const string WorkspaceInUse = nameof(WorkspaceInUse);

    /// <summary>A file is there already and may not be replaced.</summary>
    public const string FileExists = nameof(FileExists);

    /// <summary>A live view needs a terminal that somebody looks at and types in, and there is none.</summary>
    public const string NotInteractive = nameof(NotInteractive);

    /// <summary>A recommendation names something that cannot be changed, or a value that makes no sense.</summary>
    public const string InvalidRecommendation = nameof(InvalidRecommendation);

    /// <summary>A cmdlet's work did not end within the limit of time that every cmdlet has.</summary>
    public const string TimeLimitReached = nameof(TimeLimitReached);

    /// <summary>A removal could not be proved.</summary>
    public const string CleanupNotVerified = nameof(CleanupNotVerified);
}
