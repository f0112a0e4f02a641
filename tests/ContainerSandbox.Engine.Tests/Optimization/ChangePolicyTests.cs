using ContainerSandbox.Engine.Optimization;
using static ContainerSandbox.Engine.Tests.Optimization.EvidenceSamples;

namespace ContainerSandbox.Engine.Tests.Optimization;

/// <summary>How much may be changed without anybody asking.</summary>
public sealed class ChangePolicyTests
{
    private readonly TestClock _clock = new();
    private readonly ChangePolicy _policy;

    public ChangePolicyTests() => _policy = new ChangePolicy(_clock);

    [Fact]
    public void One_thing_changes_once_in_its_cool_down_and_another_meanwhile()
    {
        var (one, other) = (About("e1"), About("e2"));
        Assert.True(_policy.Allows(one));
        _policy.Tried(one);
        Assert.False(_policy.Allows(one));
        Assert.True(_policy.Allows(other));
        _clock.Advance(ChangePolicy.CoolDown - TimeSpan.FromSeconds(1));
        Assert.False(_policy.Allows(one));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_policy.Allows(one));
    }

    [Fact]
    public void An_hour_has_a_budget()
    {
        for (var index = 0; index < ChangePolicy.Budget; index++)
        {
            Assert.True(_policy.Allows(About($"e{index}")));
            _policy.Tried(About($"e{index}"));
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.False(_policy.Allows(About("another")));
        _clock.Advance(TimeSpan.FromMinutes(60 - ChangePolicy.Budget));
        Assert.True(_policy.Allows(About("another")));
        _policy.Tried(About("another"));
        Assert.False(_policy.Allows(About("one more")));
    }

    [Fact]
    public void A_kind_that_made_things_worse_rests_for_an_hour_and_others_do_not()
    {
        _policy.MadeWorse(RecommendationKind.MemoryLimit);
        Assert.False(_policy.Allows(About("e1")));
        Assert.True(_policy.Allows(About("e1") with { Kind = RecommendationKind.CpuLimit }));
        _clock.Advance(ChangePolicy.Stop);
        Assert.True(_policy.Allows(About("e1")));
    }

    private static SandboxRecommendation About(string environmentId) => Recommendations.From(
        Of(agent: CalmAgent with { UsedUpAt = 512 * Megabyte, UsedUp = 1 }))[0] with { EnvironmentId = environmentId };
}
