using ContainerSandbox.Engine.Metrics;

namespace ContainerSandbox.Engine.Tests.Metrics;

/// <summary>Agents come under ever new ids; memory does not grow with them.</summary>
public sealed class RetentionTests
{
    private readonly MetricsLedger _ledger = new(TimeProvider.System);

    [Fact]
    public void Of_removed_agents_the_newest_200_are_remembered()
    {
        for (var agent = 0; agent < 1000; agent++)
        {
            Claim($"agent-{agent}");
            _ledger.Removed($"agent-{agent}");
        }

        Assert.Equal(Enumerable.Range(800, 200).Select(agent => $"agent-{agent}"), Ids());
    }

    [Fact]
    public void The_newest_are_those_removed_last_whatever_their_claims()
    {
        Claim("first");
        for (var agent = 0; agent < 500; agent++)
            Claim($"agent-{agent}");
        for (var agent = 0; agent < 500; agent++)
            _ledger.Removed($"agent-{agent}");
        _ledger.Removed("FIRST");
        Assert.Equal(Enumerable.Range(301, 199).Select(agent => $"agent-{agent}").Prepend("first"), Ids());
    }

    [Fact]
    public void An_agent_that_has_an_environment_is_never_forgotten()
    {
        Claim("old");
        Claim("again");
        _ledger.Removed("again");
        Claim("Again");
        for (var agent = 0; agent < 1000; agent++)
        {
            Claim($"agent-{agent}");
            _ledger.Removed($"agent-{agent}");
        }

        Assert.Equal(["old", "Again"], Ids().Take(2));
        Assert.Equal(202, Ids().Length);
        Assert.Equal(2, _ledger.Agents(new Dictionary<string, AgentEnvironmentState>()).Single(agent => agent.AgentId == "Again").Claims);
    }

    [Fact]
    public void The_whole_counts_those_that_are_forgotten()
    {
        for (var agent = 0; agent < 1000; agent++)
        {
            Claim($"agent-{agent}");
            _ledger.Ran(Samples.Result($"agent-{agent}", 0));
            _ledger.Removed($"agent-{agent}");
        }

        var summary = _ledger.Summary("0123abcd", "default", []);
        Assert.Equal((1000L, 1000L, 1000L), (summary.Claims, summary.WarmClaims, summary.Commands));
    }

    [Fact]
    public void Ids_whose_claims_all_failed_are_forgotten_too()
    {
        for (var agent = 0; agent < 1000; agent++)
            _ledger.ClaimFailed($"agent-{agent}");
        Claim("agent-0");
        Claim("agent-999");
        Assert.Equal([0.0, 0.5], _ledger.Agents(new Dictionary<string, AgentEnvironmentState>()).OrderBy(agent => agent.ErrorRate).Select(agent => agent.ErrorRate!.Value));
        Assert.Equal(1000.0 / 1002, _ledger.Summary("0123abcd", "default", []).ErrorRate);
    }

    [Fact]
    public void What_is_counted_late_for_a_forgotten_agent_brings_nobody_back()
    {
        for (var agent = 0; agent < 1000; agent++)
        {
            Claim($"agent-{agent}");
            _ledger.Removed($"agent-{agent}");
        }

        _ledger.Ran(Samples.Result("agent-0", 0));
        _ledger.Removed("agent-1");
        Assert.DoesNotContain("agent-0", Ids());
        Assert.DoesNotContain("agent-1", Ids());
    }

    private void Claim(string agentId) => _ledger.Claimed(Samples.Environment(agentId, StartupSource.Warm), default);

    private string[] Ids() => [.. _ledger.Agents(new Dictionary<string, AgentEnvironmentState>()).Select(agent => agent.AgentId)];
}
