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
        };
        if (!ShouldProcess(Specialization, $"Make a pool with image '{Image}'"))
            return;
        if (TryAwait(token => sandbox.Pools.AddAsync(template, Observer, token), Specialization, out var pool))
            WriteObject(pool);
    }
}
