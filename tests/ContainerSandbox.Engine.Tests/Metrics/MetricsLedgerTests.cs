using ContainerSandbox.Engine.Metrics;
using CsCheck;

namespace ContainerSandbox.Engine.Tests.Metrics;

/// <summary>Whatever is counted in whatever order adds up.</summary>
public sealed class MetricsLedgerTests
{
    private static readonly Dictionary<string, AgentEnvironmentState> NoStates = [];

    private static readonly AgentEnvironment[] Seven = [.. Enumerable.Range(0, 7).Select(index => Environment($"now-{index}", StartupSource.Warm))];

    private enum What
    {
        Warm,
        Cold,
        ClaimFailed,
        Ran,
        NonZero,
        TimedOut,
        OutOfMemory,
        CommandFailed,
        Healthy,
        Warning,
        Critical,
        Unknown,
    }

    [Fact]
    public void Rates_are_between_0_and_1_and_counts_add_up() =>
        Gen.Select(Gen.Enum<What>(), Gen.Int[0, 2], Gen.Int[1, 5000]).Array[0, 60].Sample(events =>
        {
            var ledger = new MetricsLedger(TimeProvider.System);
            foreach (var (what, agent, milliseconds) in events)
                Record(ledger, what, $"agent-{agent}", milliseconds);
            var agents = ledger.Agents(NoStates);
            var summary = ledger.Summary("0123abcd", "default", Seven);
            foreach (var metrics in agents)
            {
                Check(metrics, [.. events.Where(happened => $"agent-{happened.Item2}" == metrics.AgentId).Select(happened => (happened.Item1, happened.Item3))]);
            }

            Assert.Equal(Count(events, What.Warm), summary.WarmClaims);
            Assert.Equal(Count(events, What.Cold), summary.ColdClaims);
            Assert.Equal(summary.WarmClaims + summary.ColdClaims, summary.Claims);
            Assert.Equal(agents.Sum(metrics => metrics.Claims), summary.Claims);
            Assert.Equal(summary.Claims == 0 ? null : (double)summary.WarmClaims / summary.Claims, summary.HitRate);
            Assert.Equal(Count(events, What.Ran, What.NonZero, What.TimedOut, What.OutOfMemory, What.CommandFailed), summary.Commands);
            Assert.Equal(7, summary.Environments);
            CheckRate(summary.ErrorRate);
        });

    [Fact]
    public void Nothing_counted_is_no_rate_and_no_mean()
    {
        var summary = new MetricsLedger(TimeProvider.System).Summary("0123abcd", "default", []);
        Assert.Null(summary.HitRate);
        Assert.Null(summary.ErrorRate);
        Assert.Null(summary.AverageWarmStartupTime);
        Assert.Null(summary.AverageColdStartupTime);
        Assert.Empty(new MetricsLedger(TimeProvider.System).Agents(NoStates));
    }

    [Fact]
    public void Agents_are_one_whatever_the_case_and_keep_the_order_of_their_first_claims()
    {
        var ledger = new MetricsLedger(TimeProvider.System);
        foreach (var id in new[] { "zed", "Ada", "ZED", "ada" })
            ledger.Claimed(Environment(id, StartupSource.Warm), new ClaimTimes(TimeSpan.FromMilliseconds(1)));
        Assert.Equal([("ZED", 2L), ("ada", 2L)], ledger.Agents(NoStates).Select(metrics => (metrics.AgentId, metrics.Claims)));
    }

    [Fact]
    public void The_state_is_that_of_the_newest_environment_and_Removed_when_it_is_gone()
    {
        var ledger = new MetricsLedger(TimeProvider.System);
        var environment = Environment("a", StartupSource.Warm);
        ledger.Claimed(environment, default);
        Assert.Equal(AgentEnvironmentState.Removed, ledger.Agents(NoStates).Single().State);
        var states = new Dictionary<string, AgentEnvironmentState> { [environment.EnvironmentId] = AgentEnvironmentState.Lost };
        Assert.Equal(AgentEnvironmentState.Lost, ledger.Agents(states).Single().State);
    }

    [Fact]
    public async Task Many_writers_lose_nothing()
    {
        var ledger = new MetricsLedger(TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
        {
            for (var turn = 0; turn < 1000; turn++)
                Record(ledger, turn % 2 == 0 ? What.Warm : What.Ran, $"agent-{turn % 3}", 1);
        })));
        var summary = ledger.Summary("0123abcd", "default", []);
        Assert.Equal((4000L, 4000L), (summary.Claims, summary.Commands));
    }

    private static void Check(PerformanceMetrics metrics, (What What, int Milliseconds)[] events)
    {
        long Of(params What[] kinds) => events.Count(happened => kinds.Contains(happened.What));
        double? Rate(long part, long whole) => whole == 0 ? null : (double)part / whole;
        var commands = Of(What.Ran, What.NonZero, What.TimedOut, What.OutOfMemory, What.CommandFailed);
        var failed = Of(What.ClaimFailed, What.TimedOut, What.OutOfMemory, What.CommandFailed);
        Assert.Equal((Of(What.Warm), Of(What.Cold), commands), (metrics.WarmClaims, metrics.ColdClaims, metrics.Commands));
        Assert.Equal(metrics.WarmClaims + metrics.ColdClaims, metrics.Claims);
        Assert.Equal(Rate(failed, metrics.Claims + Of(What.ClaimFailed) + commands), metrics.ErrorRate);
        Assert.Equal(1 - metrics.ErrorRate, metrics.SuccessRate);
        Assert.Equal(Rate(Of(What.NonZero, What.TimedOut, What.OutOfMemory), commands), metrics.NonZeroExitRate);
        Assert.Equal(Rate(Of(What.Healthy, What.Warning), Of(What.Healthy, What.Warning, What.Critical)), metrics.HealthCheckSuccessRate);
        var claims = events.Where(happened => happened.What is What.Warm or What.Cold).Select(happened => happened.Milliseconds).ToArray();
        Assert.Equal(claims.Length == 0 ? null : TimeSpan.FromMilliseconds(claims.Sum()) / claims.Length, metrics.AverageStartupTime);
        Array.ForEach([metrics.ErrorRate, metrics.SuccessRate, metrics.NonZeroExitRate, metrics.HealthCheckSuccessRate], CheckRate);
    }

    private static void CheckRate(double? rate) => Assert.True(rate is null or (>= 0 and <= 1), $"a rate of {rate}");

    private static long Count((What, int, int)[] events, params What[] kinds) => events.Count(happened => kinds.Contains(happened.Item1));

    private static void Record(MetricsLedger ledger, What what, string agentId, int milliseconds)
    {
        var time = TimeSpan.FromMilliseconds(milliseconds);
        switch (what)
        {
            case What.Warm: ledger.Claimed(Environment(agentId, StartupSource.Warm), new ClaimTimes(time)); break;
            case What.Cold: ledger.Claimed(Environment(agentId, StartupSource.Cold), new ClaimTimes(time)); break;
            case What.ClaimFailed: ledger.ClaimFailed(agentId); break;
            case What.Ran: ledger.Ran(Samples.Result(agentId, 0)); break;
            case What.NonZero: ledger.Ran(Samples.Result(agentId, 3)); break;
            case What.TimedOut: ledger.Ran(Samples.Result(agentId, 137) with { TimedOut = true }); break;
            case What.OutOfMemory: ledger.Ran(Samples.Result(agentId, 137) with { OomKilled = true }); break;
            case What.CommandFailed: ledger.CommandFailed(agentId); break;
            case What.Healthy: ledger.Checked(Samples.Health(agentId, HealthStatus.Healthy)); break;
            case What.Warning: ledger.Checked(Samples.Health(agentId, HealthStatus.Warning)); break;
            case What.Critical: ledger.Checked(Samples.Health(agentId, HealthStatus.Critical)); break;
            default: ledger.Checked(Samples.Health(agentId, HealthStatus.Unknown)); break;
        }
    }

    private static AgentEnvironment Environment(string agentId, StartupSource source) => Samples.Environment(agentId, source);
}
