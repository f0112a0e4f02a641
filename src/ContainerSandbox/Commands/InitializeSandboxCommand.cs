using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ContainerSandbox.Async;
using ContainerSandbox.Configuration;
using ContainerSandbox.Engine.Sandboxes;
using ContainerSandbox.Errors;
using ContainerSandbox.Loading;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Connects to the container engine and fills the pools.</summary>
[Cmdlet(VerbsData.Initialize, "Sandbox", SupportsShouldProcess = true)]
[OutputType(typeof(SandboxInfo))]
public sealed class InitializeSandboxCommand : AsyncSandboxCommand
{
    private static readonly SandboxOptions Defaults = new() { Image = "", SecurityProfilePath = ModuleLayout.SecurityProfilePath };

    private SandboxOptions? _options;

    [Parameter(Position = 0)]
    [EmptyIsNotGiven]
    public string? Workspace { get; set; }

    [Parameter]
    [ByteSize]
    public long? WorkspaceLimit { get; set; }

    [Parameter]
    [EmptyIsNotGiven]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public string? Image { get; set; }

    [Parameter]
    [EmptyIsNotGiven]
    public string? Name { get; set; }

    [Parameter]
    [Choice<SandboxPreset>]
    public SandboxPreset? Preset { get; set; }

    [Parameter]
    public IDictionary? Template { get; set; }

    [Parameter]
    [Count(Minimum = 0)]
    public int? WarmupContainers { get; set; }

    [Parameter]
    [Flag]
    public bool? EnableImageCaching { get; set; }

    [Parameter]
    [Flag]
    public bool? EnableParallelStartup { get; set; }

    [Parameter]
    [Flag]
    public bool? PreloadBaseImages { get; set; }

    [Parameter]
    [Flag]
    public bool? OptimizationEnabled { get; set; }

    [Parameter]
    [Duration]
    public TimeSpan? StartupTimeout { get; set; }

    [Parameter]
    [Duration]
    public TimeSpan? PoolIdleTimeout { get; set; }

    [Parameter]
    [Choice<ImageChangePolicy>]
    public ImageChangePolicy? ImageChangePolicy { get; set; }

    [Parameter]
    [EmptyIsNotGiven]
    public string? ConfigurationFile { get; set; }

    [Parameter]
    [EmptyIsNotGiven]
    public string? Endpoint { get; set; }

    [Parameter]
    [ByteSize]
    public long? Memory { get; set; }

    [Parameter]
    [CpuCount]
    public double? Cpu { get; set; }

    [Parameter]
    [Count]
    public int? PidsLimit { get; set; }

    [Parameter]
    [Count]
    public int? ThrottleLimit { get; set; }

    [Parameter]
    [EmptyIsNotGiven]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    public string? Network { get; set; }

    [Parameter]
    public SwitchParameter WritableRoot { get; set; }

    [Parameter]
    [Count(Minimum = 0)]
    public int? User { get; set; }

    [Parameter]
    [NameList]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    public string[]? AddCapability { get; set; }

    [Parameter]
    public SwitchParameter AllowNewPrivileges { get; set; }

    [Parameter]
    public SwitchParameter AllowExecInTmp { get; set; }

    [Parameter]
    [EmptyIsNotGiven]
    public string? SeccompProfile { get; set; }

    [Parameter]
    [EmptyIsNotGiven]
    [ArgumentCompleter(typeof(RuntimeCompleter))]
    public string? Runtime { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override TimeSpan? Limit => WorkLimit.For(_options?.Optimization.StartupTimeout ?? StartupTimeout);

    protected override void ProcessRecord()
    {
        var options = _options = MakeOptions();
        var existing = RunspaceSandboxes.Current?.FindByName(options.Name);
        if (existing is not null && !Force)
            ThrowTerminatingError(SandboxErrors.SandboxExists(options.Name));
        if (!ShouldProcess(options.Name, Work(options)))
            return;

        if (existing is not null)
            Replace(existing);
        var sandbox = AwaitOrThrow(token => InitializeAsync(options, token), options.Name);
        if (!RunspaceSandboxes.GetOrCreate(Runspace.DefaultRunspace).TryAdd(sandbox))
            throw new PipelineStoppedException();
        WriteObject(RunspaceSandboxes.Describe(sandbox));
    }

    private SandboxOptions MakeOptions()
    {
        try
        {
            var file = ConfigurationFile is null ? new SandboxSettings() : ReadFile(FullPath(ConfigurationFile));
            return Given().WithFullPaths(FullPath).Over(file).ToOptions(Defaults with { Image = DefaultImage.Reference });
        }
        catch (SandboxException exception)
        {
            ThrowTerminatingError(SandboxErrors.From(exception, ConfigurationFile));
            throw;
        }
    }

    // What a file says of a folder is meant from where the file is.
    private static SandboxSettings ReadFile(string path)
    {
        var settings = Configuration.ConfigurationFile.Read(path);
        return settings with { Workspace = settings.Workspace is { } workspace ? Path.GetFullPath(workspace, Path.GetDirectoryName(path)!) : null };
    }

    private SandboxSettings Given() => new()
    {
        Name = Name,
        Workspace = Workspace is null ? null : Path.TrimEndingDirectorySeparator(FullPath(Workspace)),
        WorkspaceLimit = WorkspaceLimit,
        Image = Image,
        Preset = Preset,
        EnableImageCaching = EnableImageCaching,
        EnableParallelStartup = EnableParallelStartup,
        WarmupContainers = WarmupContainers,
        PreloadBaseImages = PreloadBaseImages,
        StartupTimeout = StartupTimeout,
        OptimizationEnabled = OptimizationEnabled,
        Endpoint = Endpoint,
        Memory = Memory,
        Cpu = Cpu,
        PidsLimit = PidsLimit,
        ThrottleLimit = ThrottleLimit,
        PoolIdleTimeout = PoolIdleTimeout,
        ImageChangePolicy = ImageChangePolicy,
        Openers = GivenOpeners(),
        Templates = Template is null ? null : TemplateTable.Read(Template),
    };

    private SandboxOpeners GivenOpeners() => new()
    {
        Network = Network,
        WritableRoot = Switch(nameof(WritableRoot), WritableRoot),
        User = User,
        AddCapability = AddCapability is null ? null : string.Join(", ", AddCapability),
        AllowNewPrivileges = Switch(nameof(AllowNewPrivileges), AllowNewPrivileges),
        AllowExecInTmp = Switch(nameof(AllowExecInTmp), AllowExecInTmp),
        SeccompProfile = SeccompProfile,
        Runtime = Runtime,
    };

    // '-WritableRoot:$false' says no where others say yes; left out it says nothing.
    private bool? Switch(string name, SwitchParameter given) => MyInvocation.BoundParameters.ContainsKey(name) ? given.IsPresent : null;

    private static string Work(SandboxOptions options) => options.Workspace is { } workspace
        ? $"Initialize a sandbox with image '{options.Image}' and a folder for each agent in '{workspace}'"
        : $"Initialize a sandbox with image '{options.Image}'";

    private void Replace(EngineSandbox existing)
    {
        WriteVerbose($"Removing sandbox '{existing.Name}' ({existing.Id}), which is replaced.");
        AwaitOrThrow(token => existing.RemoveAsync(RemovalDefaults.GracePeriod, Observer, token), existing.Name);
        RunspaceSandboxes.Current?.Remove(existing);
    }

    // Whoever pressed Ctrl+C in the last moment gets no sandbox that nobody owns.
    private async Task<EngineSandbox> InitializeAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        var sandbox = await SandboxRegistry.InitializeAsync(options, Observer, cancellationToken).ConfigureAwait(false);
        if (!cancellationToken.IsCancellationRequested)
            return sandbox;
        await sandbox.RemoveAsync(TimeSpan.Zero, SilentObserver.Instance, CancellationToken.None).ConfigureAwait(false);
        throw new OperationCanceledException(cancellationToken);
    }

    private string FullPath(string path) => GetUnresolvedProviderPathFromPSPath(path);
}
