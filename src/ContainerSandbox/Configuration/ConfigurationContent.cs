using System.Globalization;

namespace ContainerSandbox.Configuration;

/// <summary>What is written into a configuration file: keys with plain values or groups of their own, in an order that people can read.</summary>
internal static class ConfigurationContent
{
    private const long Megabyte = 1L << 20;

    /// <summary>Everything that makes the sandbox. What was left to be decided is left out.</summary>
    public static IReadOnlyList<KeyValuePair<string, object>> Of(SandboxOptions options)
    {
        var optimization = options.Optimization;
        return Given([
            (nameof(SandboxSettings.Name), options.Name),
            (nameof(SandboxSettings.Image), options.Image),
            (nameof(SandboxSettings.Workspace), options.Workspace),
            (nameof(SandboxSettings.WorkspaceLimit), options.WorkspaceLimit is { } limit ? Size(limit) : null),
            (nameof(SandboxSettings.Endpoint), options.Endpoint),
            (nameof(SandboxSettings.EnableImageCaching), optimization.EnableImageCaching),
            (nameof(SandboxSettings.EnableParallelStartup), optimization.EnableParallelStartup),
            (nameof(SandboxSettings.WarmupContainers), optimization.WarmupContainers),
            (nameof(SandboxSettings.PreloadBaseImages), optimization.PreloadBaseImages),
            (nameof(SandboxSettings.StartupTimeout), Text(optimization.StartupTimeout)),
            (nameof(SandboxSettings.OptimizationEnabled), optimization.OptimizationEnabled),
            (nameof(SandboxSettings.PoolIdleTimeout), Text(options.PoolIdleTimeout)),
            (nameof(SandboxSettings.ImageChangePolicy), options.ImageChangePolicy.ToString()),
            (nameof(SandboxSettings.ThrottleLimit), options.ThrottleLimit),
            (nameof(SandboxSettings.Memory), Size(options.Memory)),
            (nameof(SandboxSettings.Cpu), options.Cpu),
            (nameof(SandboxSettings.PidsLimit), options.PidsLimit),
            .. OpenerSettings.Write(options.Openers),
            (SettingsReader.TemplateKey, options.Templates.Count == 0 ? null : Given([.. options.Templates.Select(Template)])),
        ]);
    }

    private static (string Key, object? Value) Template(TemplateOptions template) => (template.Specialization, Given([
        (nameof(TemplateOptions.Image), template.Image),
        (nameof(TemplateOptions.WarmupContainers), template.WarmupContainers),
        (nameof(TemplateOptions.Memory), template.Memory is { } memory ? Size(memory) : null),
        (nameof(TemplateOptions.Cpu), template.Cpu),
        (nameof(TemplateOptions.PidsLimit), template.PidsLimit),
        (nameof(TemplateOptions.WorkspaceKind), template.WorkspaceKind?.ToString()),
        .. OpenerSettings.Write(template.Openers),
    ]));

    private static IReadOnlyList<KeyValuePair<string, object>> Given(params (string Key, object? Value)[] pairs) =>
        [.. pairs.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!))];

    private static string? Text(TimeSpan? duration) => duration?.ToString("c", CultureInfo.InvariantCulture);

    private static string Size(long bytes) => bytes % Megabyte == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte}MB")
        : bytes.ToString(CultureInfo.InvariantCulture);
}
