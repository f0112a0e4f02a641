using ContainerSandbox.Benchmarks.Raw;
using ContainerSandbox.Benchmarks.Shells;

namespace ContainerSandbox.Benchmarks;

/// <summary>What every benchmark needs: the module, the engine without it, and the container that both make.</summary>
internal sealed class Bench : IDisposable
{
    public const int PoolSize = 5;

    private Bench(BenchmarkOptions options, ModuleShell module, SandboxInfo sandbox, RawEngine raw, HardenedTemplate template)
    {
        Options = options;
        Module = module;
        Sandbox = sandbox;
        Raw = raw;
        Template = template;
    }

    public BenchmarkOptions Options { get; }

    public ModuleShell Module { get; }

    /// <summary>A sandbox with a pool of <see cref="PoolSize"/>.</summary>
    public SandboxInfo Sandbox { get; }

    public RawEngine Raw { get; }

    public HardenedTemplate Template { get; }

    public static async Task<Bench> OpenAsync(BenchmarkOptions options)
    {
        var module = new ModuleShell();
        try
        {
            var sandbox = module.Initialize("benchmark", PoolSize);
            var raw = new RawEngine(sandbox.Engine.Endpoint);
            var environment = module.Claim(sandbox);
            var template = new HardenedTemplate(await raw.InspectAsync(environment.ContainerId));
            module.Remove(environment);
            return new Bench(options, module, sandbox, raw, template);
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        try
        {
            Module.RemoveSandbox(Sandbox);
        }
        finally
        {
            Raw.Dispose();
            Module.Dispose();
        }
    }
}
