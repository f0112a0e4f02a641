using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Workspaces;

namespace ContainerSandbox.Engine.Tests.Workspaces;

public sealed class WorkspaceOpeningTests : IDisposable
{
    private const string One = "0123abcd";
    private const string Other = "89abcdef";

    private readonly WorkspaceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_workspace_that_is_closed_keeps_the_agents_folders_and_nothing_of_ours()
    {
        var workspace = await _folder.OpenAsync(One);
        workspace.MakeSlotFolder($"cs-{One}-0001");
        (await workspace.ClaimAsync("planner", CancellationToken.None)).Complete();
        _folder.Write("kept", "planner", "file");

        await workspace.CloseAsync();

        Assert.Equal(["planner", "planner/file"], _folder.Tree().Keys.Order());
    }

    [Theory]
    [InlineData("nothing", "does not exist")]
    [InlineData("file", "no folder")]
    [InlineData("link", "is a link")]
    public async Task What_is_no_folder_is_refused_with_the_reason(string name, string reason)
    {
        _folder.Write("", "file");
        File.CreateSymbolicLink(_folder["link"], "/tmp");

        var failure = await Assert.ThrowsAsync<SandboxException>(() => _folder.OpenAsync(One, path: _folder[name]));

        Assert.Equal((SandboxErrorId.InvalidWorkspace, _folder[name]), (failure.ErrorId, failure.Target));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_in_place_of_the_slots_folder_leads_nowhere()
    {
        Directory.CreateDirectory(_folder["elsewhere"]);
        File.CreateSymbolicLink(_folder[".slots"], _folder["elsewhere"]);

        var failure = await Assert.ThrowsAsync<SandboxException>(() => _folder.OpenAsync(One));

        Assert.Equal(SandboxErrorId.InvalidWorkspace, failure.ErrorId);
        Assert.Empty(_folder.Tree("elsewhere"));
    }

    [Fact]
    public async Task A_folder_within_the_workspace_of_another_sandbox_is_refused()
    {
        using var outer = await _folder.OpenAsync(One);
        Directory.CreateDirectory(_folder["planner", "inner"]);

        var failure = await Assert.ThrowsAsync<SandboxException>(() => _folder.OpenAsync(Other, path: _folder["planner", "inner"]));

        Assert.Contains(_folder.Path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_sandboxes_on_one_folder_never_have_the_same_agents_folder()
    {
        _folder.Write("mine", "planner", "file");
        using var one = await _folder.OpenAsync(One);
        using var other = await _folder.OpenAsync(Other);
        var claim = await one.ClaimAsync("planner", CancellationToken.None);
        claim.Complete();

        var failure = await Assert.ThrowsAsync<SandboxException>(() => other.ClaimAsync("planner", CancellationToken.None).AsTask());

        Assert.Equal((SandboxErrorId.WorkspaceInUse, "planner"), (failure.ErrorId, failure.Target));
        Assert.Equal("mine", _folder.Tree("planner")["file"]);
        one.Release("planner");
        (await other.ClaimAsync("planner", CancellationToken.None)).Complete();
    }

    [Fact]
    public async Task The_folder_of_a_dead_owner_is_taken_over_with_what_it_had_half_moved()
    {
        using var other = await _folder.OpenAsync(Other);
        using (var dead = await _folder.OpenAsync(One, WorkspaceFolder.Dead))
        {
            dead.MakeSlotFolder($"cs-{One}-0001");
            (await dead.ClaimAsync("planner", CancellationToken.None)).Complete();
        }

        _folder.Write("1", ".slots", $"cs-{One}-0001", "moved");
        _folder.Write("2", "planner", "not moved");
        File.WriteAllText(_folder[".slots", WorkspaceNames.Move($"cs-{One}-0001", "planner")], "");

        (await other.ClaimAsync("planner", CancellationToken.None)).Complete();

        Assert.Equal(["1", "2"], _folder.Tree("planner").Values.Order());
        Assert.DoesNotContain(_folder.Tree(".slots").Keys, key => key.Contains(One, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sandbox_of_this_process_that_ended_holds_nothing()
    {
        using var other = await _folder.OpenAsync(Other);
        using (var ended = await _folder.OpenAsync(One))
            (await ended.ClaimAsync("planner", CancellationToken.None)).Complete();
        _folder.Ended.End(One);

        (await other.ClaimAsync("planner", CancellationToken.None)).Complete();
    }

    [Theory]
    [InlineData("another machine", null)]
    [InlineData("", null)]
    [InlineData(null, "another namespace")]
    public async Task An_owner_that_cannot_be_verified_keeps_its_folders(string? machine, string? processNamespace)
    {
        var dead = WorkspaceFolder.Dead;
        var owner = dead with { Machine = machine ?? dead.Machine, ProcessNamespace = processNamespace ?? dead.ProcessNamespace };
        using (var unknown = await _folder.OpenAsync(One, owner))
        {
            unknown.MakeSlotFolder($"cs-{One}-0001");
            (await unknown.ClaimAsync("planner", CancellationToken.None)).Complete();
        }

        using var other = await _folder.OpenAsync(Other);
        var failure = await Assert.ThrowsAsync<SandboxException>(() => other.ClaimAsync("planner", CancellationToken.None).AsTask());

        Assert.Equal(SandboxErrorId.WorkspaceInUse, failure.ErrorId);
        Assert.Contains(WorkspaceNames.Use("planner"), failure.Message, StringComparison.Ordinal);
        Assert.True(Directory.Exists(_folder[".slots", $"cs-{One}-0001"]));
    }

    [Fact]
    public async Task What_was_left_before_this_machine_started_is_nobodys_on_a_disk_of_its_own()
    {
        using (var before = await _folder.OpenAsync(One, OwnerIdentity.Current with { Boot = "an earlier run" }))
            (await before.ClaimAsync("planner", CancellationToken.None)).Complete();

        using var next = await _folder.OpenAsync(Other);
        (await next.ClaimAsync("planner", CancellationToken.None)).Complete();
    }

    [Fact]
    public async Task A_half_written_record_names_nobody_who_could_be_gone()
    {
        using var workspace = await _folder.OpenAsync(One);
        File.WriteAllText(_folder[".slots", WorkspaceNames.Use("planner")], "89abcdef\nmach");

        var failure = await Assert.ThrowsAsync<SandboxException>(() => workspace.ClaimAsync("planner", CancellationToken.None).AsTask());

        Assert.Equal(SandboxErrorId.WorkspaceInUse, failure.ErrorId);
    }

    [Fact]
    public async Task A_slots_folder_that_is_not_empty_is_never_deleted()
    {
        using (var dead = await _folder.OpenAsync(One, WorkspaceFolder.Dead))
            dead.MakeSlotFolder($"cs-{One}-0001");
        _folder.Write("whose?", ".slots", $"cs-{One}-0001", "file");

        var next = await _folder.OpenAsync(Other);
        await next.CloseAsync();

        Assert.Equal("whose?", _folder.Tree(".slots")[$"cs-{One}-0001/file"]);
    }
}
