using ContainerSandbox.Engine.Workspaces;

namespace ContainerSandbox.Engine.Tests.Workspaces;

public sealed class WorkspaceClaimTests : IDisposable
{
    private readonly WorkspaceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_warm_claim_renames_the_folder_that_its_container_has()
    {
        await using var rig = await OpenAsync(warmup: 2);
        var containers = rig.Backend.Containers;

        var environment = await rig.ClaimAsync("planner");

        Assert.Equal((StartupSource.Warm, _folder["planner"]), (environment.StartupSource, environment.WorkspacePath));
        var mount = Assert.Single(rig.Container(environment).Spec.BindMounts);
        Assert.Equal("/workspace", mount.Path);
        Assert.Equal(_folder[".slots", rig.Container(environment).Spec.Name], mount.Source);
        Assert.False(Directory.Exists(mount.Source));
        Assert.True(Directory.Exists(_folder["planner"]));
        Assert.Contains(rig.Container(environment), containers);
    }

    [Fact]
    public async Task A_prepared_workspace_stays_warm_and_comes_back_to_its_agent()
    {
        _folder.Write("prepared", "planner", "data", "file");
        await using var rig = await OpenAsync(warmup: 2);

        Assert.Equal(StartupSource.Warm, (await rig.ClaimAsync("planner")).StartupSource);
        _folder.Write("made", "planner", "result");
        await rig.RemoveAsync("planner");
        await rig.UntilFullAsync();
        var again = await rig.ClaimAsync("planner");

        Assert.Equal(StartupSource.Warm, again.StartupSource);
        Assert.Equal(["made", "prepared"], _folder.Tree("planner").Values.Where(value => value != "folder").Order());
    }

    [Fact]
    public async Task All_slots_have_one_agents_user_and_different_users_for_isolated_commands()
    {
        await using var rig = await OpenAsync(warmup: 2);
        var user = WorkspaceUserOf();

        var users = rig.Backend.Containers.SelectMany(container => container.Sessions).Select(session => session.Spec.UserId).Distinct();

        Assert.Equal([user.UserId], users);
        Assert.All(rig.Backend.Containers, container => Assert.Equal(user.GroupId, container.Spec.SharedGroupId));
        Assert.DoesNotContain(rig.Backend.Containers.SelectMany(container => container.Spec.TmpfsMounts), mount => mount.Path == "/workspace");
    }

    [Fact]
    public async Task A_cold_claim_binds_the_agents_folder_itself()
    {
        await using var rig = await OpenAsync(warmup: 0);

        var environment = await rig.ClaimAsync("planner");

        Assert.Equal(StartupSource.Cold, environment.StartupSource);
        Assert.Equal(_folder["planner"], Assert.Single(rig.Container(environment).Spec.BindMounts).Source);
        Assert.Equal(_folder["planner"], environment.WorkspacePath);
    }

    [Fact]
    public async Task A_folder_with_too_many_entries_is_a_cold_start_on_the_folder_itself()
    {
        for (var i = 0; i <= WorkspaceAdoption.MostEntries; i++)
            _folder.Write("", "planner", $"{i}");
        await using var rig = await OpenAsync(warmup: 1);

        var environment = await rig.ClaimAsync("planner");

        Assert.Equal((StartupSource.Cold, MissReason.WorkspaceNotMovable), (environment.StartupSource, environment.MissReason));
        Assert.Equal(_folder["planner"], Assert.Single(rig.Container(environment).Spec.BindMounts).Source);
        Assert.Equal(WorkspaceAdoption.MostEntries + 1, Directory.GetFiles(_folder["planner"]).Length);
        Assert.Equal("Workspace", rig.Sandbox.GetPools(isDetailed: true)[0].Misses[0].Field);
    }

    [Fact]
    public async Task A_claim_that_fails_leaves_the_folder_to_the_next_one()
    {
        _folder.Write("kept", "planner", "file");
        await using var rig = await OpenAsync(warmup: 0);
        rig.Backend.Fail(BackendCall.Start, EngineFault.Broken);

        await Assert.ThrowsAsync<SandboxException>(() => rig.ClaimAsync("planner"));
        await Assert.ThrowsAsync<SandboxException>(() => rig.ClaimAsync("coder"));

        Assert.Equal("kept", _folder.Tree("planner")["file"]);
        Assert.False(Directory.Exists(_folder["coder"]));
        rig.Backend.Heal(BackendCall.Start);
        using var other = await _folder.OpenAsync("89abcdef");
        (await other.ClaimAsync("planner", CancellationToken.None)).Complete();
    }

    [Fact]
    public async Task An_agents_file_in_place_of_its_folder_is_an_error_of_the_claim()
    {
        _folder.Write("", "planner");
        await using var rig = await OpenAsync(warmup: 1);

        var failure = await Assert.ThrowsAsync<SandboxException>(() => rig.ClaimAsync("planner"));

        Assert.Equal(SandboxErrorId.InvalidWorkspace, failure.ErrorId);
        Assert.Equal(1, rig.Pool().Ready);
    }

    [Fact]
    public async Task Without_removal_the_folder_stays_and_with_it_there_is_a_receipt()
    {
        await using var rig = await OpenAsync(warmup: 2);
        await rig.ClaimAsync("planner");
        await rig.ClaimAsync("coder");
        _folder.Write("1", "planner", "file");
        _folder.Write("2", "coder", "file");

        await rig.RemoveAsync("planner");
        var receipts = await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(20), rig.Sandbox.RemoveEnvironmentAsync(
            "coder", null, TimeSpan.Zero, true, rig.Observer, CancellationToken.None));

        Assert.Equal([CleanupKind.Environment, CleanupKind.Workspace], receipts.Select(receipt => receipt.Kind));
        Assert.Equal((_folder["coder"], true), (receipts[1].Name, receipts[1].Verified));
        Assert.Equal(["planner", "planner/file"], _folder.Tree().Keys.Where(key => !key.StartsWith(".slots", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task A_workspace_is_not_deleted_under_a_container_that_may_live()
    {
        await using var rig = await OpenAsync(warmup: 1);
        var container = rig.Container(await rig.ClaimAsync("planner"));
        (container.EndsWithLease, container.IsStuck) = (false, true);
        _folder.Write("1", "planner", "file");

        var receipts = await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(100), rig.Sandbox.RemoveEnvironmentAsync(
            "planner", null, TimeSpan.Zero, true, rig.Observer, CancellationToken.None));

        Assert.Equal([false, false], receipts.Select(receipt => receipt.Verified));
        Assert.Equal("1", _folder.Tree("planner")["file"]);
        (container.EndsWithLease, container.IsStuck) = (true, false);
    }

    [Fact]
    public async Task A_removed_sandbox_leaves_the_agents_folders_and_nothing_else()
    {
        await using (var rig = await OpenAsync(warmup: 2))
        {
            await rig.ClaimAsync("planner");
            _folder.Write("1", "planner", "file");
        }

        Assert.Equal(["planner", "planner/file"], _folder.Tree().Keys.Order());
    }

    [Fact]
    public async Task An_engine_with_another_folder_of_the_same_name_is_found_out()
    {
        Directory.CreateDirectory(_folder["elsewhere"]);
        await using var rig = new SandboxRig();
        rig.Options = rig.Options with { Workspace = _folder.Path };
        rig.Backend.OnStart = container => WorkspaceShell.Use(container, _folder["elsewhere"]);

        var failure = await Assert.ThrowsAsync<SandboxException>(rig.InitializeAsync);

        Assert.Equal((SandboxErrorId.WorkspaceNotShared, SandboxErrorCategory.ResourceUnavailable), (failure.ErrorId, failure.Category));
        Assert.False(Directory.Exists(_folder[".slots"]));
    }

    [Fact]
    public async Task A_folder_that_the_agents_user_cannot_write_is_named_with_both_users()
    {
        await using var rig = new SandboxRig();
        rig.Options = rig.Options with { Workspace = _folder.Path };
        rig.Backend.OnStart = container => container.OnControl = (session, text) =>
            text.Contains(".here-", StringComparison.Ordinal) ? (4, "sh: can't create file: Permission denied") : FakeShell.Obey(session, text);

        var failure = await Assert.ThrowsAsync<SandboxException>(rig.InitializeAsync);

        Assert.Equal(SandboxErrorId.WorkspaceNotWritable, failure.ErrorId);
        Assert.Contains($"User {WorkspaceUserOf().UserId} in a container", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Permission denied", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_above_its_limit_is_a_warning_of_the_environments_health()
    {
        await using var rig = await OpenAsync(warmup: 1, options => options with { WorkspaceLimit = 1 << 20 });
        await rig.ClaimAsync("planner");
        File.CreateSymbolicLink(_folder["planner", "link"], "/usr");
        var before = await rig.Sandbox.CheckHealthAsync("planner", null, rig.Observer, CancellationToken.None);

        File.WriteAllBytes(_folder["planner", "large"], System.Security.Cryptography.RandomNumberGenerator.GetBytes(3 << 20));
        var after = await rig.Sandbox.CheckHealthAsync("planner", null, rig.Observer, CancellationToken.None);

        Assert.Equal((HealthStatus.Healthy, HealthStatus.Warning), (before.Status, after.Status));
        Assert.Contains("MB of 1 MB", after.Reasons, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_may_keep_its_workspaces_in_memory()
    {
        var template = new TemplateOptions { Specialization = "scratch", Image = "image:1", WarmupContainers = 1, WorkspaceKind = WorkspaceKind.Memory };
        await using var rig = await OpenAsync(warmup: 1, options => options with { Templates = [template] });

        var environment = await rig.ClaimAsync(new ClaimRequest { AgentId = "planner", Specialization = "scratch" });

        Assert.Equal(("/workspace", StartupSource.Warm), (environment.WorkspacePath, environment.StartupSource));
        Assert.Empty(rig.Container(environment).Spec.BindMounts);
        Assert.False(Directory.Exists(_folder["planner"]));
    }

    [Fact]
    public async Task A_limit_for_folders_needs_folders()
    {
        await using var rig = new SandboxRig();
        rig.Options = rig.Options with { WorkspaceLimit = 1 };

        var failure = await Assert.ThrowsAsync<SandboxException>(rig.InitializeAsync);

        Assert.Equal((SandboxErrorId.InvalidWorkspace, 1L), (failure.ErrorId, failure.Target));
    }

    [Fact]
    public async Task A_bound_template_needs_a_workspace()
    {
        var template = new TemplateOptions { Specialization = "bound", Image = "image:1", WorkspaceKind = WorkspaceKind.Bound };
        await using var rig = new SandboxRig();
        rig.Options = rig.Options with { Templates = [template] };

        var failure = await Assert.ThrowsAsync<SandboxException>(rig.InitializeAsync);

        Assert.Equal(SandboxErrorId.InvalidTemplate, failure.ErrorId);
        Assert.Contains("bound.WorkspaceKind", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agents_work_as_the_user_that_was_asked_for_where_somebody_can_give_it_their_folders()
    {
        Task<SandboxRig> OpenAsAsync(long user) => OpenAsync(warmup: 1, options => options with { Openers = new SandboxOpeners { User = user } });
        if (!WorkspaceUserOf().GivesRootsFiles)
        {
            Assert.Equal(SandboxErrorId.UserNotAllowed, (await Assert.ThrowsAsync<SandboxException>(() => OpenAsAsync(4321))).ErrorId);
            return;
        }

        await using var rig = await OpenAsAsync(4321);
        var environment = await rig.ClaimAsync("planner");
        Assert.All(rig.Container(environment).Sessions, session => Assert.Equal(4321, session.Spec.UserId));
    }

    [Fact]
    public async Task A_bound_template_has_no_user_of_its_own()
    {
        var template = new TemplateOptions { Specialization = "own", Image = "image:1", Openers = new SandboxOpeners { User = 4321 } };
        var failure = await Assert.ThrowsAsync<SandboxException>(() => OpenAsync(warmup: 1, options => options with { Templates = [template] }));
        Assert.Equal(SandboxErrorId.InvalidTemplate, failure.ErrorId);
        Assert.Contains("own.User: all agents in a workspace are one user", failure.Message, StringComparison.Ordinal);

        await using var rig = await OpenAsync(
            warmup: 1, options => options with { Templates = [template with { WorkspaceKind = WorkspaceKind.Memory }] });
        Assert.Equal(2, rig.Sandbox.GetPools().Count);
    }

    private async Task<SandboxRig> OpenAsync(int warmup, Func<SandboxOptions, SandboxOptions>? options = null)
    {
        var rig = new SandboxRig();
        rig.Optimize(optimization => optimization with { WarmupContainers = warmup });
        rig.Options = (options ?? (same => same))(rig.Options with { Workspace = _folder.Path });
        rig.Backend.OnStart = container =>
        {
            if (container.Spec.BindMounts.Count > 0)
                WorkspaceShell.Use(container);
        };
        await rig.InitializeAsync();
        return rig;
    }

    private WorkspaceUser WorkspaceUserOf()
    {
        using var root = ContainerSandbox.Engine.Workspaces.Files.Folder.Open(_folder.Path);
        return WorkspaceUser.Of(root.Facts, _folder.Path, null);
    }
}
