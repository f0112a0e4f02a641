namespace ContainerSandbox.Engine.Tests.Templates;

/// <summary>Specializations with templates and pools of their own.</summary>
public sealed class TemplateTests
{
    private const long Megabyte = 1L << 20;

    [Fact]
    public async Task Each_template_has_a_pool_of_its_own_with_its_image_and_limits()
    {
        await using var rig = await OpenAsync(new TemplateOptions
        {
            Specialization = "python",
            Image = "python:3",
            WarmupContainers = 3,
            Memory = 1024 * Megabyte,
            Cpu = 2,
            PidsLimit = 64,
        });
        Assert.Equal(["default", "python"], rig.Sandbox.GetPools().Select(pool => pool.Specialization));
        Assert.Equal((1, 3), (rig.Pool().Ready, rig.Pool("python").Ready));
        var environment = await rig.ClaimAsync(new ClaimRequest { AgentId = "a", Specialization = "PYTHON" });
        Assert.Equal(
            (StartupSource.Warm, "python", "PYTHON", "python:3", 1024 * Megabyte, 2.0, 64),
            (environment.StartupSource, environment.Template, environment.Specialization, environment.Image, environment.MemoryLimit, environment.CpuLimit, environment.PidsLimit));
        Assert.Equal("sha256:python:3", rig.Container(environment).Spec.ImageId);
        Assert.Equal("python", rig.Container(environment).Spec.Labels["containersandbox.template"]);
        var other = await rig.ClaimAsync("b");
        Assert.Equal(("default", "image:1", 512 * Megabyte), (other.Template, other.Image, other.MemoryLimit));
    }

    [Fact]
    public async Task Hits_and_misses_are_counted_for_each_pool()
    {
        await using var rig = await OpenAsync(Template("python", 1));
        await rig.ClaimAsync(For("python", "a"));
        await rig.ClaimAsync(For("python", "b"));
        await rig.ClaimAsync("c");
        var (python, usual) = (rig.Pool("python"), rig.Pool());
        Assert.Equal((1, 1, 0.5, MissReason.PoolEmpty), (python.WarmClaims, python.ColdClaims, python.HitRate, python.LastMissReason));
        Assert.Equal((1, 0, 1.0, MissReason.None), (usual.WarmClaims, usual.ColdClaims, usual.HitRate, usual.LastMissReason));
    }

    [Fact]
    public async Task An_unknown_specialization_takes_the_default_template_with_one_warning()
    {
        await using var rig = await OpenAsync(Template("python", 1));
        var environment = await rig.ClaimAsync(For("ruby", "a"));
        await rig.ClaimAsync(For("Ruby", "b"));
        Assert.Equal(("default", "ruby", "image:1"), (environment.Template, environment.Specialization, environment.Image));
        var warning = Assert.Single(rig.Warnings);
        Assert.Contains("'ruby'", warning, StringComparison.Ordinal);
        Assert.Contains("python", warning, StringComparison.Ordinal);
        await rig.ClaimAsync(For("perl", "c"));
        Assert.Equal(2, rig.Warnings.Count);
    }

    [Fact]
    public async Task Where_no_template_has_a_name_a_specialization_is_no_mistake()
    {
        await using var rig = await OpenAsync();
        await rig.ClaimAsync(For("ruby", "a"));
        Assert.Empty(rig.Warnings);
    }

    [Fact]
    public async Task Another_image_is_a_cold_start_of_that_image()
    {
        await using var rig = await OpenAsync();
        var environment = await rig.ClaimAsync(new ClaimRequest { AgentId = "a", Image = "other:1" });
        Assert.Equal((StartupSource.Cold, MissReason.ImageDiffers, "other:1"), (environment.StartupSource, environment.MissReason, environment.Image));
        Assert.Equal("sha256:other:1", rig.Container(environment).Spec.ImageId);
        Assert.Equal(1, rig.Pool().Ready);
        var miss = Assert.Single(rig.Sandbox.GetPools(isDetailed: true)[0].Misses);
        Assert.Equal(("a", MissReason.ImageDiffers, "Image"), (miss.AgentId, miss.Reason, miss.Field));
        Assert.Contains("other:1", miss.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_name_of_the_same_image_is_served_warm()
    {
        await using var rig = new SandboxRig();
        rig.Backend.Image = rig.Backend.Image! with { References = ["image:1", "image:latest"] };
        await rig.InitializeAsync();
        var environment = await rig.ClaimAsync(new ClaimRequest { AgentId = "a", Image = "image:latest" });
        Assert.Equal(StartupSource.Warm, environment.StartupSource);
    }

    [Fact]
    public async Task Ten_templates_of_which_one_has_no_image_fill_nine_pools_and_say_which_is_missing()
    {
        await using var rig = new SandboxRig();
        rig.Optimize(optimization => optimization with { WarmupContainers = 1, PreloadBaseImages = true });
        rig.Options = rig.Options with { Templates = [.. Enumerable.Range(1, 10).Select(number => Template($"t{number}", 1))] };
        rig.Backend.Missing["t7:1"] = false;
        await rig.InitializeAsync();
        Assert.Equal(9, rig.Sandbox.GetPools().Count(pool => pool.Specialization != "default" && pool.Ready == 1));
        var warning = Assert.Single(rig.Warnings);
        Assert.Contains("'t7'", warning, StringComparison.Ordinal);
        Assert.Contains("t7:1", warning, StringComparison.Ordinal);
        await Eventually.FailsAsync(rig.ClaimAsync(For("t7", "a")), SandboxErrorId.ImageNotFound);
        Assert.Equal(StartupSource.Warm, (await rig.ClaimAsync(For("t6", "b"))).StartupSource);

        await Eventually.PassTimeAsync(
            rig.Clock, TimeSpan.FromMilliseconds(100), () => rig.Pool("t7").State == PoolState.Degraded, "the pool without an image is degraded");
        Assert.Equal(SandboxState.Degraded, rig.Sandbox.GetInfo().State);
        rig.Backend.Missing.Clear();
        await Eventually.PassTimeAsync(rig.Clock, TimeSpan.FromMilliseconds(100), () => rig.Pool("t7").Ready == 1, "it fills when its image is there");
        Assert.Equal(SandboxState.Ready, rig.Sandbox.GetInfo().State);
    }

    [Fact]
    public async Task Without_the_default_image_there_is_no_sandbox()
    {
        await using var rig = new SandboxRig();
        rig.Options = rig.Options with { Image = "gone:1", Templates = [Template("python", 1)] };
        rig.Backend.Missing["gone:1"] = false;
        await Eventually.FailsAsync(rig.InitializeAsync(), SandboxErrorId.ImageNotFound);
        Assert.Empty(rig.Backend.Containers);
        Assert.True(rig.Backend.IsDisposed);
    }

    [Fact]
    public async Task Templates_that_cannot_be_used_are_named_in_one_error_before_anything_is_asked()
    {
        await using var rig = new SandboxRig();
        rig.Options = rig.Options with
        {
            Templates =
            [
                Template("python", 1), Template("Python", 1), Template("default", 1), Template("none", 1) with { Image = " " },
                Template("small", -1) with { Memory = 1, Cpu = 0, PidsLimit = 1 },
            ],
        };
        var error = await Eventually.FailsAsync(rig.InitializeAsync(), SandboxErrorId.InvalidTemplate);
        foreach (var part in new[] { "'python' and 'Python'", "'default'", "none.Image", "small.Memory", "small.Cpu", "small.PidsLimit", "small.WarmupContainers" })
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, rig.Backend.Count(BackendCall.Probe));
    }

    [Fact]
    public async Task Pools_fill_together_within_one_bound()
    {
        await using var rig = new SandboxRig();
        rig.Options = rig.Options with { Templates = [Template("a", 4), Template("b", 4)] };
        rig.Optimize(optimization => optimization with { WarmupContainers = 4 });
        var gate = rig.Backend.Hold(BackendCall.Start);
        var initializing = rig.InitializeAsync();
        await gate.UntilArrivedAsync(4);
        await Eventually.NothingMoreAsync();
        Assert.Equal(4, gate.Arrived);
        gate.Open();
        await Eventually.EndsAsync(initializing);
        Assert.Equal(12, rig.Backend.Count(BackendCall.Start));
        Assert.All(rig.Sandbox.GetPools(), pool => Assert.Equal(4, pool.Ready));
    }

    [Fact]
    public async Task The_configuration_in_force_is_shown()
    {
        await using var rig = await OpenAsync(Template("python", 3) with { Memory = 1024 * Megabyte }, Template("node", null));
        var info = rig.Sandbox.GetInfo();
        Assert.Equal(("node, python", 5, 5), (info.Templates, info.WarmupContainers, info.Ready));
        Assert.Equal(rig.Options.Optimization, info.Optimization);
        rig.Sandbox.Pools.Change("default", new PoolChange { WarmupContainers = 2, Cpu = 0.5 }, rig.Observer);
        rig.Sandbox.Pools.Change("node", new PoolChange { PidsLimit = 99 }, rig.Observer);
        var now = rig.Sandbox.GetConfiguration();
        Assert.Equal((2, 0.5), (now.Optimization.WarmupContainers, now.Cpu));
        Assert.Equal(
            [("node", 1, 512 * Megabyte, 99), ("python", 3, 1024 * Megabyte, 256)],
            now.Templates.Select(template => (template.Specialization, template.WarmupContainers, template.Memory, template.PidsLimit ?? 0))
                .Select(each => (each.Specialization, each.WarmupContainers ?? -1, each.Memory ?? 0, each.Item4)));
        await rig.UntilFullAsync();
    }

    private static TemplateOptions Template(string name, int? warmup) =>
        new() { Specialization = name, Image = $"{name}:1", WarmupContainers = warmup };

    private static ClaimRequest For(string specialization, string agentId) => new() { AgentId = agentId, Specialization = specialization };

    private static Task<SandboxRig> OpenAsync(params TemplateOptions[] templates) =>
        SandboxRig.OpenAsync(1, options: options => options with { Templates = templates });
}
