using System.Collections;
using System.Management.Automation;
using ContainerSandbox.Async;
using ContainerSandbox.Engine.Sandboxes;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Gives an agent a container of its own.</summary>
[Cmdlet(VerbsCommon.New, "AgentEnvironment", SupportsShouldProcess = true)]
[OutputType(typeof(AgentEnvironment))]
public sealed class NewAgentEnvironmentCommand : SandboxCommand
{
    private ParallelWork<AgentEnvironment>? _claims;

    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [EmptyIsNotGiven]
    public string? AgentId { get; set; }

    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [EmptyIsNotGiven]
    [ArgumentCompleter(typeof(SpecializationCompleter))]
    public string? Specialization { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNotGiven]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public string? Image { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNotGiven]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    public string? Network { get; set; }

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
    [NameValueMap]
    public IDictionary? EnvironmentVariable { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NameValueMap]
    public IDictionary? Tag { get; set; }

    [Parameter]
    [Count]
    public int? ThrottleLimit { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetSandbox(out var sandbox))
            return;
        var request = new ClaimRequest
        {
            AgentId = AgentId,
            Specialization = Specialization,
            Image = Image,
            Network = Network,
            Memory = Memory,
            Cpu = Cpu,
            PidsLimit = PidsLimit,
            EnvironmentVariables = NameValueMap.OrEmpty(EnvironmentVariable),
            Tags = NameValueMap.OrEmpty(Tag),
        };
        if (!ShouldProcess(AgentId ?? "an agent with a new id", "Create an agent environment"))
            return;

        // What is served from the pool is there at once. What has to be started, and what comes after that, is under way together.
        _claims ??= new(this, ThrottleLimit ?? sandbox.Pools.StartsAtOnce, inOrder: true, WriteObject);
        if (!_claims.IsEmpty || !sandbox.MayServeWarm(request))
            _claims.Add(AgentId, token => ClaimAsync(sandbox, request, token));
        else if (TryAwait(token => ClaimAsync(sandbox, request, token), AgentId, out var environment))
            WriteObject(environment);
    }

    protected override void EndProcessing() => _claims?.Finish();

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _claims?.Abandon(environment => SandboxRegistry.Find(environment.SandboxId)?.Release(environment));
    }

    // Whoever pressed Ctrl+C in the last moment gets no environment that nobody was told about.
    private async Task<AgentEnvironment> ClaimAsync(EngineSandbox sandbox, ClaimRequest request, CancellationToken cancellationToken)
    {
        var environment = await sandbox.ClaimAsync(request, Observer, cancellationToken).ConfigureAwait(false);
        if (!cancellationToken.IsCancellationRequested)
            return environment;
        await sandbox.RemoveEnvironmentAsync(
            environment.AgentId, environment.EnvironmentId, TimeSpan.Zero, SilentObserver.Instance, CancellationToken.None).ConfigureAwait(false);
        throw new OperationCanceledException(cancellationToken);
    }
}
