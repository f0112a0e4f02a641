namespace ContainerSandbox.Engine.Ownership;

/// <summary>How containers of a sandbox are called on the engine, for people's eyes and as one of the marks of what is ours.</summary>
internal static class ContainerNames
{
    private const int LongestAgentPart = 63;

    /// <summary>What the names of all containers of a sandbox begin with.</summary>
    public static string Prefix(string sandboxId) => $"cs-{sandboxId}-";

    /// <summary>The name of a slot's container after an agent claimed it.</summary>
    public static string Claimed(string slotName, string agentId) =>
        $"{slotName}-{(agentId.Length <= LongestAgentPart ? agentId : agentId[..LongestAgentPart])}";
}
