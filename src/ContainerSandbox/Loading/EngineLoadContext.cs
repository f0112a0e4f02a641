using System.Reflection;
using System.Runtime.Loader;

namespace ContainerSandbox.Loading;

/// <summary>
/// Keeps the engine and every third-party assembly apart from those of other modules. PowerShell's default context asks it for one name
/// only, which nobody else has; from there on it serves what the engine asks for.
/// </summary>
internal sealed class EngineLoadContext : AssemblyLoadContext
{
    private const string ContextName = "ContainerSandbox";
    private const string EngineName = "ContainerSandbox.Engine";

    private static readonly EngineLoadContext Instance = new();
    private static int s_hooked;

    private readonly string _folder = Path.Combine(Path.GetDirectoryName(typeof(EngineLoadContext).Assembly.Location)!, "dependencies");

    private EngineLoadContext()
        : base(ContextName)
    {
    }

    /// <summary>Answers for the engine from now on. Once in a process, however many runspaces import the module.</summary>
    public static void Hook()
    {
        if (Interlocked.Exchange(ref s_hooked, 1) == 0)
            Default.Resolving += static (_, name) => name.Name == EngineName ? Instance.Load(name) : null;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
