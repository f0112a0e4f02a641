using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ContainerSandbox.Async;
using ContainerSandbox.Engine.Sandboxes;
using ContainerSandbox.Errors;
using ContainerSandbox.Loading;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Connects to the container engine and fills a pool.</summary>
[Cmdlet(VerbsData.Initialize, "Sandbox", SupportsShouldProcess = true)]
[OutputType(typeof(SandboxInfo))]
public sealed class InitializeSandboxCommand : AsyncSandboxCommand
{
    private static readonly SandboxOptions Defaults = new() { Image = "", SecurityProfilePath = ModuleLayout.SecurityProfilePath };

    [Parameter]
    [EmptyIsNotGiven]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public string? Image { get; set; }

    [Parameter]
    [EmptyIsNotGiven]
    public string? Name { get; set; }

    [Parameter]
    [Count(Minimum = 0)]
    public int? WarmupContainers { get; set; }

    [Parameter]
    public bool EnableParallelStartup { get; set; } = Defaults.EnableParallelStartup;

    [Parameter]
    public bool OptimizationEnabled { get; set; } = Defaults.OptimizationEnabled;

    [Parameter]
    [Duration]
    public TimeSpan? StartupTimeout { get; set; }

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
    public SwitchParameter Force { get; set; }

    private protected override TimeSpan? Limit => WorkLimit.For(StartupTimeout);

    protected override void ProcessRecord()
    {
        var options = MakeOptions();
        var existing = RunspaceSandboxes.Current?.FindByName(options.Name);
        if (existing is not null && !Force)
            ThrowTerminatingError(SandboxErrors.SandboxExists(options.Name));
        if (!ShouldProcess(options.Name, $"Initialize a sandbox with image '{options.Image}'"))
            return;

        if (existing is not null)
            Replace(existing);
        var sandbox = AwaitOrThrow(token => InitializeAsync(options, token), options.Name);
        if (!RunspaceSandboxes.GetOrCreate(Runspace.DefaultRunspace).TryAdd(sandbox))
            throw new PipelineStoppedException();
        WriteObject(RunspaceSandboxes.Describe(sandbox));
    }

    private SandboxOptions MakeOptions() => Defaults with
    {
        Name = Name ?? Defaults.Name,
        Image = Image ?? DefaultImage.Reference,
        Endpoint = Endpoint,
        WarmupContainers = WarmupContainers ?? Defaults.WarmupContainers,
        EnableParallelStartup = EnableParallelStartup,
        OptimizationEnabled = OptimizationEnabled,
        StartupTimeout = StartupTimeout ?? Defaults.StartupTimeout,
        ThrottleLimit = ThrottleLimit,
        Memory = Memory ?? Defaults.Memory,
        Cpu = Cpu ?? Defaults.Cpu,
        PidsLimit = PidsLimit ?? Defaults.PidsLimit,
    };

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
}
