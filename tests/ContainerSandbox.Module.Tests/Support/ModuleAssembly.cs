using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace ContainerSandbox.Module.Tests.Support;

/// <summary>The built assembly of the cmdlets, as PowerShell loaded it.</summary>
internal static class ModuleAssembly
{
    private static readonly Lazy<Assembly> Loaded = new(Load);

    public static Assembly Instance => Loaded.Value;

    /// <summary>The cmdlet classes by the names of their cmdlets.</summary>
    public static IReadOnlyDictionary<string, Type> Cmdlets => Instance.GetExportedTypes()
        .Where(type => type.GetCustomAttribute<CmdletAttribute>() is not null)
        .ToDictionary(type => type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet ? $"{cmdlet.VerbName}-{cmdlet.NounName}" : "");

    private static Assembly Load()
    {
        ModuleRunspace.Open().Dispose();
        return AssemblyLoadContext.Default.Assemblies.Single(assembly => assembly.GetName().Name == "ContainerSandbox");
    }
}
