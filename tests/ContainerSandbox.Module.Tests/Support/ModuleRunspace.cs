using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.Loader;

namespace ContainerSandbox.Module.Tests.Support;

/// <summary>A runspace of a real PowerShell engine with the built module in it.</summary>
internal sealed class ModuleRunspace : IDisposable
{
    // Other modules of a process bring assemblies of the same names: here they do, before anything of this module is loaded.
    static ModuleRunspace()
    {
        foreach (var name in new[] { "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Logging", "Docker.DotNet" })
            AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(Repository.ModuleFolder, "bin", "dependencies", name + ".dll"));
    }

    private ModuleRunspace()
    {
        Runspace = RunspaceFactory.CreateRunspace(Host, InitialSessionState.CreateDefault2());
        Runspace.Open();
    }

    public Runspace Runspace { get; }

    public TestHost Host { get; } = new();

    public static ModuleRunspace Open()
    {
        var runspace = OpenWithoutModule();
        runspace.Run($"Import-Module '{Repository.Manifest}' -ErrorAction Stop").NoErrors();
        return runspace;
    }

    public static ModuleRunspace OpenWithoutModule() => new();

    /// <summary>One with a sandbox that was initialized in it.</summary>
    public static ModuleRunspace OpenInitialized(string parameters = "-WarmupContainers 1")
    {
        TestEngine.Require();
        var runspace = Open();
        try
        {
            runspace.Run($"$sandbox = Initialize-Sandbox {parameters} -ErrorAction Stop").NoErrors();
            return runspace;
        }
        catch
        {
            runspace.Dispose();
            throw;
        }
    }

    /// <summary>What Initialize-Sandbox emitted.</summary>
    public SandboxInfo Sandbox => Run("$sandbox").Single<SandboxInfo>();

    /// <summary>A pipeline that the test runs itself.</summary>
    public PowerShell Create(string script)
    {
        var shell = PowerShell.Create();
        shell.Runspace = Runspace;
        shell.AddScript(script);
        return shell;
    }

    public ModuleRunspace Set(string name, object? value)
    {
        Runspace.SessionStateProxy.SetVariable(name, value);
        return this;
    }

    public ScriptResult Run(string script)
    {
        using var shell = Create(script);
        var output = new List<PSObject>();
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException exception)
        {
            shell.Streams.Error.Add(exception.ErrorRecord);
        }

        return new ScriptResult(
            output,
            [.. shell.Streams.Error],
            [.. shell.Streams.Warning.Select(record => record.Message)],
            [.. shell.Streams.Verbose.Select(record => record.Message)],
            [.. shell.Streams.Progress]);
    }

    public void Dispose() => Runspace.Dispose();
}
