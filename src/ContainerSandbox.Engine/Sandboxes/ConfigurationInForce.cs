using ContainerSandbox.Engine.Pools;

namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>What would make the same sandbox again.</summary>
internal static class ConfigurationInForce
{
    /// <summary>The options, with what was changed in the pools since.</summary>
    public static SandboxOptions Of(SandboxParts parts)
    {
        var (usual, limits) = (parts.Pools.Default, parts.Pools.Default.Template.Limits);
        return parts.Options with
        {
            Workspace = parts.Workspace?.Path,
            Optimization = parts.Options.Optimization with { WarmupContainers = usual.Target, PreloadBaseImages = parts.PreloadsImages },
            Memory = limits.Memory,
            Cpu = limits.Cpu,
            PidsLimit = limits.PidsLimit,
            Templates = [.. parts.Pools.Own.Select(pool => Describe(pool, usual.Template.Workspace))],
        };
    }

    private static TemplateOptions Describe(SandboxPool pool, WorkspaceKind usual)
    {
        var template = pool.Template;
        return new TemplateOptions
        {
            Specialization = template.Name,
            Image = template.ImageReference,
            WarmupContainers = pool.Target,
            WorkspaceKind = template.Workspace == usual ? null : template.Workspace,
            Memory = template.Limits.Memory,
            Cpu = template.Limits.Cpu,
            PidsLimit = template.Limits.PidsLimit,
            Openers = template.Openers,
        };
    }
}
