using ContainerSandbox.Engine.Openers;

namespace ContainerSandbox.Engine.Slots;

/// <summary>What templates must be, whoever gives them.</summary>
internal static class TemplateRules
{
    /// <summary>Refuses templates that cannot be used; all that is wrong is in one message.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.InvalidTemplate"/>.</exception>
    public static void Check(SandboxOptions options)
    {
        string[] problems =
        [
            .. options.Templates.SelectMany(template => Problems(template, options.Workspace is not null)),
            .. options.Templates.GroupBy(template => template.Specialization, StringComparer.OrdinalIgnoreCase).Where(group => group.Skip(1).Any())
                .Select(group => $"{string.Join(" and ", group.Select(template => $"'{template.Specialization}'"))} are the same name, since case does not count"),
        ];
        if (problems.Length > 0)
            throw Invalid(string.Join("; ", problems), options.Templates);
    }

    /// <summary>Refuses one template.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.InvalidTemplate"/>.</exception>
    public static void Check(TemplateOptions template, bool hasWorkspace)
    {
        var problems = string.Join("; ", Problems(template, hasWorkspace));
        if (problems.Length > 0)
            throw Invalid(problems, template.Specialization);
    }

    private static IEnumerable<string> Problems(TemplateOptions template, bool hasWorkspace)
    {
        var name = template.Specialization;
        if (string.IsNullOrWhiteSpace(name))
            yield return "a template has no name";
        else if (SandboxTemplate.IsDefault(name))
            yield return $"'{name}' is the name of the template that the sandbox's own image and limits make; give those";
        if (string.IsNullOrWhiteSpace(template.Image))
            yield return $"{name}.Image is missing";
        if (template.WarmupContainers < 0)
            yield return $"{name}.WarmupContainers is {template.WarmupContainers}: give 0 or more";
        if (template.WorkspaceKind == WorkspaceKind.Bound && !hasWorkspace)
            yield return $"{name}.WorkspaceKind is Bound, and the sandbox has no workspace";
        if (hasWorkspace && template.WorkspaceKind != WorkspaceKind.Memory && template.Openers.User is not null)
            yield return $"{name}.User: all agents in a workspace are one user; give the sandbox that user, or this template the WorkspaceKind Memory";
        if (template.Memory is { } memory && LimitRules.WrongMemory(memory) is { } wrongMemory)
            yield return $"{name}.Memory: {wrongMemory}";
        if (template.Cpu is { } cpu && LimitRules.WrongCpu(cpu) is { } wrongCpu)
            yield return $"{name}.Cpu: {wrongCpu}";
        if (template.PidsLimit is { } pids && LimitRules.WrongPids(pids) is { } wrongPids)
            yield return $"{name}.PidsLimit: {wrongPids}";
        foreach (var (_, opener, problem, _) in OpenerRules.Problems(template.Openers))
            yield return $"{name}.{opener}: {problem}";
    }

    private static SandboxException Invalid(string problems, object target) => new(
        SandboxErrorId.InvalidTemplate,
        SandboxErrorCategory.InvalidArgument,
        $"Templates cannot be used as they were given: {problems}.",
        target);
}
