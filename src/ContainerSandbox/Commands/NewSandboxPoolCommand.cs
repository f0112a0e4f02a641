using System.Management.Automation;
using ContainerSandbox.Parameters;

namespace ContainerSandbox.Commands;

/// <summary>Gives a specialization a template and a pool of its own.</summary>
[Cmdlet(VerbsCommon.New, "SandboxPool", SupportsShouldProcess = true)]
[OutputType(typeof(SandboxPoolInfo))]
public sealed class NewSandboxPoolCommand : SandboxCommand
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Specialization { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public string Image { get; set; } = "";

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Target")]
    [Count(Minimum = 0)]
    public int? WarmupContainers { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ByteSize]
    public long? Memory { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CpuCount]
    public double? Cpu { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Count]
    public int? PidsLimit { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNotGiven]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    public string? Network { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter WritableRoot { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Count(Minimum = 0)]
    public int? User { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NameList]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    public string[]? AddCapability { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter AllowNewPrivileges { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter AllowExecInTmp { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNotGiven]
    public string? SeccompProfile { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNotGiven]
    [ArgumentCompleter(typeof(RuntimeCompleter))]
    public string? Runtime { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetSandbox(out var sandbox))
            return;
        var template = new TemplateOptions
        {
            Specialization = Specialization,
            Image = Image,
            WarmupContainers = WarmupContainers,
            Memory = Memory,
            Cpu = Cpu,
            PidsLimit = PidsLimit,
            Openers = GivenOpeners(),
        };
        if (!ShouldProcess(Specialization, $"Make a pool with image '{Image}'"))
            return;
        if (TryAwait(token => sandbox.Pools.AddAsync(template, Observer, token), Specialization, out var pool))
            WriteObject(pool);
    }

    private SandboxOpeners GivenOpeners() => new()
    {
        Network = Network,
        WritableRoot = Switch(nameof(WritableRoot), WritableRoot),
        User = User,
        AddCapability = AddCapability is null ? null : string.Join(", ", AddCapability),
        AllowNewPrivileges = Switch(nameof(AllowNewPrivileges), AllowNewPrivileges),
        AllowExecInTmp = Switch(nameof(AllowExecInTmp), AllowExecInTmp),
        SeccompProfile = SeccompProfile is null ? null : GetUnresolvedProviderPathFromPSPath(SeccompProfile),
        Runtime = Runtime,
    };

    // '-WritableRoot:$false' says no where others say yes; left out it says nothing.
    private bool? Switch(string name, SwitchParameter given) => MyInvocation.BoundParameters.ContainsKey(name) ? given.IsPresent : null;
}
