using ContainerSandbox.Engine.Slots;
using ContainerSandbox.Parameters;

namespace ContainerSandbox.Configuration;

/// <summary>Reads what a configuration says of a sandbox and of its templates, and finds everything that is wrong with it.</summary>
internal sealed class SettingsReader
{
    /// <summary>The key of the templates.</summary>
    public const string TemplateKey = "Template";

    private static readonly string[] SandboxKeys =
    [
        .. typeof(SandboxSettings).GetProperties().Select(property => property.Name).SelectMany(name => name switch
        {
            nameof(SandboxSettings.Templates) => [TemplateKey],
            nameof(SandboxSettings.Openers) => OpenerSettings.Keys,
            _ => (string[])[name],
        }),
    ];

    private static readonly string[] TemplateKeys =
    [
        nameof(TemplateOptions.Image), nameof(TemplateOptions.WarmupContainers), nameof(TemplateOptions.Memory), nameof(TemplateOptions.Cpu),
        nameof(TemplateOptions.PidsLimit), nameof(TemplateOptions.WorkspaceKind), .. OpenerSettings.Keys,
    ];

    private readonly List<string> _problems = [];

    /// <summary>Everything that is wrong, each with its place.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Reads a whole configuration.</summary>
    public SandboxSettings ReadSandbox(Setting root)
    {
        var fields = new SettingFields(root, SandboxKeys, _problems);
        return new SandboxSettings
        {
            Name = fields.Text(nameof(SandboxSettings.Name)),
            Image = fields.Text(nameof(SandboxSettings.Image)),
            Workspace = fields.Text(nameof(SandboxSettings.Workspace)),
            WorkspaceLimit = fields.Value<long>(nameof(SandboxSettings.WorkspaceLimit), new ByteSizeAttribute()),
            Preset = fields.Value<SandboxPreset>(nameof(SandboxSettings.Preset), new ChoiceAttribute<SandboxPreset>()),
            EnableImageCaching = fields.Value<bool>(nameof(SandboxSettings.EnableImageCaching), new FlagAttribute()),
            EnableParallelStartup = fields.Value<bool>(nameof(SandboxSettings.EnableParallelStartup), new FlagAttribute()),
            WarmupContainers = fields.Value<int>(nameof(SandboxSettings.WarmupContainers), new CountAttribute { Minimum = 0 }),
            PreloadBaseImages = fields.Value<bool>(nameof(SandboxSettings.PreloadBaseImages), new FlagAttribute()),
            StartupTimeout = fields.Value<TimeSpan>(nameof(SandboxSettings.StartupTimeout), new DurationAttribute()),
            OptimizationEnabled = fields.Value<bool>(nameof(SandboxSettings.OptimizationEnabled), new FlagAttribute()),
            Endpoint = fields.Text(nameof(SandboxSettings.Endpoint)),
            Memory = Memory(fields),
            Cpu = Cpu(fields),
            PidsLimit = PidsLimit(fields),
            ThrottleLimit = fields.Value<int>(nameof(SandboxSettings.ThrottleLimit), new CountAttribute()),
            PoolIdleTimeout = fields.Value<TimeSpan>(nameof(SandboxSettings.PoolIdleTimeout), new DurationAttribute()),
            ImageChangePolicy = fields.Value<ImageChangePolicy>(nameof(SandboxSettings.ImageChangePolicy), new ChoiceAttribute<ImageChangePolicy>()),
            Openers = OpenerSettings.Read(fields),
            Templates = fields.Group(TemplateKey) is { } templates ? ReadTemplates(templates) : null,
        };
    }

    /// <summary>Reads the templates of specializations.</summary>
    public IReadOnlyList<TemplateOptions> ReadTemplates(Setting templates)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var read = new List<TemplateOptions>();
        foreach (var template in templates.Children ?? [])
        {
            if (string.IsNullOrWhiteSpace(template.Name))
                _problems.Add($"{template.Place}: a template has no name");
            else if (template.Name.Equals(SandboxPoolInfo.DefaultSpecialization, StringComparison.OrdinalIgnoreCase))
                _problems.Add($"{template.Place}: this name stands for the template that the sandbox's own Image, Memory, Cpu and PidsLimit make; give those");
            else if (!names.Add(template.Name))
                _problems.Add($"{template.Place}: another template has this name, since case does not count");
            read.Add(ReadTemplate(template));
        }

        return read;
    }

    private TemplateOptions ReadTemplate(Setting template)
    {
        if (template.Children is null)
            _problems.Add($"{template.Place}: a template is a group of {string.Join(", ", TemplateKeys)}");
        var fields = new SettingFields(template, TemplateKeys, _problems);
        var image = fields.Text(nameof(TemplateOptions.Image));
        if (image is null && template.Children is not null)
            _problems.Add($"{template.Place}: the template has no Image");
        return new TemplateOptions
        {
            Specialization = template.Name,
            Image = image ?? "",
            WarmupContainers = fields.Value<int>(nameof(TemplateOptions.WarmupContainers), new CountAttribute { Minimum = 0 }),
            Memory = Memory(fields),
            Cpu = Cpu(fields),
            PidsLimit = PidsLimit(fields),
            WorkspaceKind = fields.Value<WorkspaceKind>(nameof(TemplateOptions.WorkspaceKind), new ChoiceAttribute<WorkspaceKind>()),
            Openers = OpenerSettings.Read(fields),
        };
    }

    private static long? Memory(SettingFields fields) =>
        fields.Value<long>(nameof(TemplateOptions.Memory), new ByteSizeAttribute(), LimitRules.WrongMemory);

    private static double? Cpu(SettingFields fields) =>
        fields.Value<double>(nameof(TemplateOptions.Cpu), new CpuCountAttribute(), LimitRules.WrongCpu);

    private static int? PidsLimit(SettingFields fields) =>
        fields.Value<int>(nameof(TemplateOptions.PidsLimit), new CountAttribute(), LimitRules.WrongPids);
}
