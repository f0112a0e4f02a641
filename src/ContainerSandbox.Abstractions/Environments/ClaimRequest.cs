namespace ContainerSandbox;

/// <summary>What <c>New-AgentEnvironment</c> was asked for. What is null takes the template's value.</summary>
public sealed record ClaimRequest
{
    /// <summary>Id of the agent; null makes a readable random one.</summary>
    public string? AgentId { get; init; }

    /// <summary>What the agent does; chooses the template.</summary>
    public string? Specialization { get; init; }

    /// <summary>Reference of an image other than the template's.</summary>
    public string? Image { get; init; }

    /// <summary>A network other than the template's: None, Isolated, or the name of one that exists.</summary>
    public string? Network { get; init; }

    /// <summary>Memory limit in bytes.</summary>
    public long? Memory { get; init; }

    /// <summary>Processor limit in cores.</summary>
    public double? Cpu { get; init; }

    /// <summary>Limit of processes.</summary>
    public int? PidsLimit { get; init; }

    /// <summary>Variables that every command of the agent sees.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>Words of the user's own about the environment.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
