using ContainerSandbox.Engine.Pools;

namespace ContainerSandbox.Engine.Tests.Pools;

/// <summary>What a pool remembers of the claims that came to it.</summary>
public sealed class PoolClaimsTests
{
    [Fact]
    public void The_last_miss_stays_the_first_shown_when_warm_claims_follow()
    {
        var claims = new PoolClaims();
        Assert.Empty(claims.Read().Misses);
        claims.Add(Miss("a", MissReason.PoolEmpty));
        claims.Add(Miss("b", MissReason.ImageDiffers));
        claims.Add(null);
        var (warm, cold, misses) = claims.Read();
        Assert.Equal((1, 2), (warm, cold));
        Assert.Equal([MissReason.ImageDiffers, MissReason.PoolEmpty], misses.Select(miss => miss.Reason));
    }

    [Fact]
    public void Ten_misses_are_remembered_and_all_are_counted()
    {
        var claims = new PoolClaims();
        for (var number = 1; number <= 25; number++)
            claims.Add(Miss($"{number}", MissReason.PoolEmpty));
        Assert.Equal(25, claims.Read().Cold);
        Assert.Equal(Enumerable.Range(16, 10).Reverse().Select(number => $"{number}"), claims.Read().Misses.Select(miss => miss.AgentId));
    }

    private static SandboxPoolMiss Miss(string agentId, MissReason reason) => new()
    {
        At = DateTimeOffset.UnixEpoch,
        AgentId = agentId,
        Reason = reason,
        Field = "",
        Detail = "",
    };
}
