namespace ContainerSandbox;

/// <summary>How a command was run.</summary>
public enum CommandSource
{
    /// <summary>In a session that runs one command after another.</summary>
    Worker,

    /// <summary>In a session of its own.</summary>
    OneShot,

    /// <summary>In a session of its own under a user that the agent can neither trace nor signal.</summary>
    Isolated,
}
