namespace ContainerSandbox.Session;

/// <summary>The folders of this machine that agents work in.</summary>
internal static class BoundFolders
{
    /// <summary>Those of a sandbox, by agent id; none where workspaces are in memory.</summary>
    public static IReadOnlyDictionary<string, string> Of(EngineSandbox sandbox)
    {
        var workspace = sandbox.GetInfo().Workspace;
        return sandbox.GetEnvironments()
            .Where(environment => workspace.Length > 0 && environment.WorkspacePath.StartsWith(workspace + "/", StringComparison.Ordinal))
            .ToDictionary(environment => environment.AgentId, environment => environment.WorkspacePath, StringComparer.OrdinalIgnoreCase);
    }
}
