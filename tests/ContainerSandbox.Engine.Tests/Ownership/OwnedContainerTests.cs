using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Ownership;

namespace ContainerSandbox.Engine.Tests.Ownership;

/// <summary>Ours is what labels and name agree about.</summary>
public sealed class OwnedContainerTests
{
    private static readonly SandboxIdentity Sandbox = new("0123abcd", "name", new OwnerIdentity("m", "b", "n", 42, "77"));

    [Fact]
    public void Labels_are_read_back_as_they_were_written()
    {
        var createdAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
        var owned = OwnedContainer.From(Container("cs-0123abcd-0001", Sandbox.Labels("default", createdAt)));
        Assert.NotNull(owned);
        Assert.Equal(Sandbox.Owner, owned.Marks.Owner);
        Assert.Equal("0123abcd", owned.Marks.SandboxId);
        Assert.Equal(createdAt, owned.Marks.CreatedAt);
    }

    [Fact]
    public void The_name_after_a_claim_is_ours_too() => Assert.NotNull(
        OwnedContainer.From(Container(ContainerNames.Claimed("cs-0123abcd-0001", "agent"), Sandbox.Labels("default", default))));

    [Theory]
    [InlineData("web")]
    [InlineData("cs-0123abce-0001")]
    [InlineData("cs-0123abcd")]
    [InlineData("xcs-0123abcd-0001")]
    [InlineData("CS-0123abcd-0001")]
    [InlineData("")]
    public void Another_name_is_not_ours_whatever_the_labels_say(string name) =>
        Assert.Null(OwnedContainer.From(Container(name, Sandbox.Labels("default", default))));

    [Theory]
    [InlineData("")]
    [InlineData("0123ABCD")]
    [InlineData("0123abc")]
    [InlineData("0123abcd\n")]
    [InlineData("zzzzzzzz")]
    public void A_label_that_is_no_sandbox_id_is_not_ours(string id) => Assert.Null(
        OwnedContainer.From(Container($"cs-{id}-0001", new Dictionary<string, string> { [OwnershipLabels.Sandbox] = id })));

    [Fact]
    public void A_container_without_labels_is_not_ours() =>
        Assert.Null(OwnedContainer.From(Container("cs-0123abcd-0001", new Dictionary<string, string>())));

    [Fact]
    public void Labels_that_make_no_sense_say_nothing_of_the_owner()
    {
        var owned = OwnedContainer.From(Container("cs-0123abcd-0001", new Dictionary<string, string>
        {
            [OwnershipLabels.Sandbox] = "0123abcd", [OwnershipLabels.OwnerProcess] = "many", [OwnershipLabels.CreatedAt] = "yesterday",
        }));
        Assert.NotNull(owned);
        Assert.Null(owned.Marks.CreatedAt);
        Assert.Equal(new OwnerIdentity("", "", "", 0, ""), owned.Marks.Owner);
    }

    private static BackendContainer Container(string name, IReadOnlyDictionary<string, string> labels) =>
        new("id", name, BackendContainerState.Running, labels);
}
