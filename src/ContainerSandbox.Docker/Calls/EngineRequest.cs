namespace ContainerSandbox.Docker.Calls;

/// <summary>What is asked of the engine.</summary>
/// <param name="What">In words that fit after "would not", for messages.</param>
/// <param name="Deadline">How long the answer may take.</param>
/// <param name="Target">The container or other thing that it is about.</param>
/// <param name="AboutContainer">True when "not found" can only mean the container.</param>
internal sealed record EngineRequest(string What, TimeSpan Deadline, string? Target = null, bool AboutContainer = false)
{
    /// <summary>True when asking twice is as good as asking once: then an answer that broke on its way is asked for again.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>A request about a container that exists.</summary>
    public static EngineRequest About(string containerId, string what, TimeSpan deadline) => new(what, deadline, containerId, true);

    /// <summary>A question, which changes nothing.</summary>
    public static EngineRequest Question(string what, string? target = null) => new(what, Deadlines.Question, target) { IsRepeatable = true };
}
