using ContainerSandbox.Engine.Environments;

namespace ContainerSandbox.Engine.Tests.Environments;

public sealed class AgentIdsTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("7")]
    [InlineData("Agent_1.of-Team")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123")]
    public void A_usual_id_is_taken(string id) => AgentIds.Check(id);

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData(".a")]
    [InlineData("_a")]
    [InlineData("..")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a:b")]
    [InlineData("a*")]
    [InlineData("a\n")]
    [InlineData("ä")]
    [InlineData("a\0")]
    [InlineData("١")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234")]
    public void An_id_that_could_not_be_part_of_a_name_is_refused(string id)
    {
        var exception = Assert.Throws<SandboxException>(() => AgentIds.Check(id));
        Assert.Equal(SandboxErrorId.InvalidAgentId, exception.ErrorId);
        Assert.Equal(id, exception.Target);
    }

    [Fact]
    public void Random_ids_are_valid_and_differ()
    {
        string[] ids = [.. Enumerable.Range(0, 100).Select(_ => AgentIds.Random())];
        Assert.All(ids, AgentIds.Check);
        Assert.True(ids.Distinct().Count() > 95);
    }
}
