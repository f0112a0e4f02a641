using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Fault.Tests.Matrix;

/// <summary>Calls what the cmdlets call, with their limits, and remembers what came of it.</summary>
internal sealed class Caller(SandboxOptions options)
{
    /// <summary>What a removal may take: it has no limit of its own.</summary>
    public static readonly TimeSpan RemovalTakes = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(6);
    private readonly ConcurrentQueue<Answer> _answers = new();
    private readonly ConcurrentQueue<AgentEnvironment> _claimed = new();
    private readonly ConcurrentQueue<CleanupReceipt> _receipts = new();

    /// <summary>The sandbox; null until it is there.</summary>
    public Sandbox? Sandbox { get; private set; }

    /// <summary>What was called, in the order of its end.</summary>
    public IReadOnlyCollection<Answer> Answers => _answers;

    /// <summary>The environments that were handed out.</summary>
    public IReadOnlyCollection<AgentEnvironment> Claimed => _claimed;

    /// <summary>The receipts that were handed out.</summary>
    public IReadOnlyCollection<CleanupReceipt> Receipts => _receipts;

    public Task InitializeAsync() => TakeAsync("Initialize", options.Optimization.StartupTimeout, async () =>
    {
        Sandbox = await SandboxRegistry.InitializeAsync(options, Silent.Observer, CancellationToken.None);
        return "Ready";
    });

    public Task ClaimAsync(string agentId, int? pidsLimit = null) => TakeAsync($"Claim {agentId}", options.Optimization.StartupTimeout, async () =>
    {
        var environment = await Sandbox!.ClaimAsync(new ClaimRequest { AgentId = agentId, PidsLimit = pidsLimit }, Silent.Observer, CancellationToken.None);
        _claimed.Enqueue(environment);
        return environment.StartupSource.ToString();
    });

    /// <summary>Runs a command that prints what it is told to print; with input in a session of its own, else in a worker.</summary>
    public Task RunAsync(string agentId, string command, string expected, string? input = null) => TakeAsync($"Run {agentId}", CommandTimeout, async () =>
    {
        var request = new CommandRequest
        {
            Command = command,
            Timeout = CommandTimeout,
            StandardInput = input is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(input)),
        };
        var result = await Sandbox!.RunCommandAsync(agentId, null, request, Silent.Observer, CancellationToken.None);
        if (result.TimedOut)
            return "TimedOut";
        Assert.True(result.ExitCode != 0 || result.StandardOutput == expected, $"The command succeeded and printed '{result.StandardOutput}'.");
        return result.ExitCode == 0 ? "Done" : $"Exit{result.ExitCode}";
    });

    public Task RemoveAsync(string agentId) => TakeAsync($"Remove {agentId}", RemovalTakes, async () =>
    {
        var receipt = await Sandbox!.RemoveEnvironmentAsync(agentId, null, TimeSpan.FromSeconds(1), Silent.Observer, CancellationToken.None);
        _receipts.Enqueue(receipt);
        return receipt.Verified ? "Verified" : "NotVerified";
    });

    public Task RemoveSandboxAsync() => TakeAsync("Remove sandbox", RemovalTakes, async () =>
    {
        var receipts = await Sandbox!.RemoveAsync(TimeSpan.Zero, Silent.Observer, CancellationToken.None);
        foreach (var receipt in receipts)
            _receipts.Enqueue(receipt);
        return receipts.All(receipt => receipt.Verified) ? "Verified" : "NotVerified";
    });

    private async Task TakeAsync(string call, TimeSpan limit, Func<Task<string>> work)
    {
        var clock = Stopwatch.StartNew();
        string outcome;
        try
        {
            outcome = await Task.Run(work);
        }
        catch (SandboxException exception)
        {
            outcome = exception.ErrorId;
        }

        _answers.Enqueue(new Answer(call, outcome, clock.Elapsed, limit));
    }
}
