using ContainerSandbox.Engine.Cleanup;
using ContainerSandbox.Engine.Ownership;

namespace ContainerSandbox.Engine.Tests.Cleanup;

/// <summary>Questions share answers, but never one that was asked for before them.</summary>
public sealed class ContainerAbsenceTests
{
    private readonly FakeBackend _backend = new(new TestClock());
    private readonly ContainerAbsence _absence;

    public ContainerAbsenceTests() => _absence = new ContainerAbsence(_backend, OwnershipLabels.Sandbox);

    [Fact]
    public async Task What_the_engine_lists_is_not_absent()
    {
        var container = Plant();
        Assert.False(await AskAsync(container.Id));
        Assert.True(await AskAsync("another"));
    }

    [Fact]
    public async Task Questions_during_a_listing_share_the_next()
    {
        var gate = _backend.Hold(BackendCall.List);
        var first = AskAsync("a");
        await gate.UntilArrivedAsync();
        Task<bool>[] others = [AskAsync("b"), AskAsync("c"), AskAsync("d")];
        gate.Open();
        Assert.All(await Task.WhenAll([first, .. others]), Assert.True);
        Assert.Equal(2, _backend.Count(BackendCall.List));
    }

    [Fact]
    public async Task An_answer_is_never_older_than_its_question()
    {
        var container = Plant();
        _backend.ListsWhatWas = true;
        CallGate[] gates = [new(), new(), new(), new()];
        _backend.Before(BackendCall.List, (call, token) => gates[call - 1].PassAsync(token));
        var first = AskAsync("a");
        await gates[0].UntilArrivedAsync();
        var second = AskAsync("b");
        gates[0].Open();
        await first;
        await gates[1].UntilArrivedAsync();

        // The second listing is under way and saw the container. What is asked from now on must not get that.
        var third = AskAsync("c");
        await Eventually.NothingMoreAsync();
        _backend.End(container, 0);
        var fourth = AskAsync(container.Id);
        foreach (var gate in gates)
            gate.Open();
        await Task.WhenAll(second, third);
        Assert.True(await fourth, "the answer is that of a listing from before the question");
    }

    [Fact]
    public async Task A_listing_that_fails_fails_only_its_own_questions()
    {
        _backend.Before(BackendCall.List, (call, _) => call == 1 ? throw EngineFault.Silent() : Task.CompletedTask);
        await Eventually.FailsAsync(AskAsync("a"), SandboxErrorId.EngineNotResponding);
        Assert.True(await AskAsync("a"));
    }

    [Fact]
    public async Task A_question_can_be_given_up_without_harm_to_others()
    {
        var gate = _backend.Hold(BackendCall.List);
        using var cancellation = new CancellationTokenSource();
        var first = _absence.IsAbsentAsync("a", cancellation.Token);
        await gate.UntilArrivedAsync();
        var second = AskAsync("b");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.Open();
        Assert.True(await second);
    }

    private Task<bool> AskAsync(string containerId) => Eventually.EndsAsync(_absence.IsAbsentAsync(containerId, CancellationToken.None));

    private FakeContainer Plant() => _backend.Plant(
        "cs-0123abcd-0001", new Dictionary<string, string> { [OwnershipLabels.Sandbox] = "0123abcd" }, Backends.BackendContainerState.Running);
}
