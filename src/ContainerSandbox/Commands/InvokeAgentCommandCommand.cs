using System.Collections;
using System.Management.Automation;
using ContainerSandbox.Async;
using ContainerSandbox.Errors;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Runs a command in the environments of agents.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AgentCommand", SupportsShouldProcess = true, DefaultParameterSetName = AgentSet)]
[OutputType(typeof(CommandResult))]
public sealed class InvokeAgentCommandCommand : AsyncSandboxCommand
{
    private const string AgentSet = "Agent";
    private const string AgentFileSet = "AgentFile";
    private const string InputSet = "Input";
    private const string InputFileSet = "InputFile";
    private const int DefaultThrottleLimit = 16;

    private ParallelWork<CommandResult>? _commands;
    private CommandRequest? _request;
    private CommandInput? _input;

    [Parameter(ParameterSetName = AgentSet, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = AgentFileSet, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = InputSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = InputFileSet, Mandatory = true, Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AgentIdCompleter))]
    public string[] AgentId { get; set; } = [];

    [Parameter(ParameterSetName = AgentSet, Mandatory = true, Position = 1)]
    [Parameter(ParameterSetName = InputSet, Mandatory = true, Position = 1)]
    public string? Command { get; set; }

    [Parameter(ParameterSetName = AgentFileSet, Mandatory = true)]
    [Parameter(ParameterSetName = InputFileSet, Mandatory = true)]
    public string? FilePath { get; set; }

    [Parameter(ParameterSetName = InputSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = InputFileSet, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    [Parameter(ParameterSetName = AgentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = AgentFileSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = InputSet)]
    [Parameter(ParameterSetName = InputFileSet)]
    [Alias("SandboxId")]
    [SandboxReference]
    [ArgumentCompleter(typeof(SandboxCompleter))]
    public string? Sandbox { get; set; }

    [Parameter(ParameterSetName = AgentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = AgentFileSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = InputSet)]
    [Parameter(ParameterSetName = InputFileSet)]
    public string? EnvironmentId { get; set; }

    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[]? ArgumentList { get; set; }

    [Parameter]
    [Duration]
    public TimeSpan? TimeoutSeconds { get; set; }

    [Parameter]
    [Duration(AllowZero = true)]
    public TimeSpan? GracePeriod { get; set; }

    [Parameter]
    [EmptyIsNotGiven]
    public string? WorkingDirectory { get; set; }

    [Parameter]
    [NameValueMap]
    public IDictionary? EnvironmentVariable { get; set; }

    [Parameter]
    public SwitchParameter Isolated { get; set; }

    [Parameter]
    [ByteSize]
    public long? MaximumOutput { get; set; }

    [Parameter]
    [Count]
    public int? ThrottleLimit { get; set; }

    // An agent's command runs as long as it likes unless a timeout is given.
    private protected override TimeSpan? Limit => TimeoutSeconds is null ? null : WorkLimit.For(TimeoutSeconds + (GracePeriod ?? CommandRequest.DefaultGracePeriod));

    protected override void BeginProcessing()
    {
        _commands = new(this, ThrottleLimit ?? DefaultThrottleLimit, inOrder: true, WriteObject);
        _request = new CommandRequest
        {
            Command = FilePath is null ? Command! : ReadFile(FilePath),
            Arguments = ArgumentList?.Select(argument => argument ?? "").ToList() ?? [],
            Timeout = TimeoutSeconds,
            GracePeriod = GracePeriod ?? CommandRequest.DefaultGracePeriod,
            WorkingDirectory = WorkingDirectory,
            EnvironmentVariables = NameValueMap.OrEmpty(EnvironmentVariable),
            Isolated = Isolated,
            MaximumOutput = MaximumOutput ?? CommandRequest.DefaultMaximumOutput,
        };
    }

    protected override void ProcessRecord()
    {
        if (ParameterSetName is AgentSet or AgentFileSet)
            Run();
        else if (!(_input ??= new CommandInput()).TryAdd(InputObject))
            ThrowTerminatingError(SandboxErrors.InvalidInputObject(InputObject));
    }

    protected override void EndProcessing()
    {
        if (_input is not null)
            Run();
        _commands!.Finish();
    }

    private void Run()
    {
        if (!SandboxResolver.TryResolve(this, Sandbox, out var sandbox))
            return;
        foreach (var target in AgentTarget.Expand(sandbox, AgentId, EnvironmentId))
        {
            if (!ShouldProcess(target.AgentId, "Run a command"))
                continue;
            var request = _input is null ? _request! : _request! with { StandardInput = _input.OpenRead() };
            _commands!.Add(
                target.AgentId, token => sandbox.RunCommandAsync(target.AgentId, target.EnvironmentId, request, Observer, token));
        }
    }

    private string ReadFile(string path)
    {
        var resolved = GetUnresolvedProviderPathFromPSPath(path);
        try
        {
            return File.ReadAllText(resolved);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(SandboxErrors.FileNotReadable(path, exception));
            throw;
        }
    }
}
