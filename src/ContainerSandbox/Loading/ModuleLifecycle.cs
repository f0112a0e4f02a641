using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using ContainerSandbox.Session;

namespace ContainerSandbox.Loading;

/// <summary>What happens when the module is imported into a runspace, and when it is removed from it.</summary>
public sealed class ModuleLifecycle : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>Makes the engine findable. Loads none of it and looks at nothing outside.</summary>
    public void OnImport()
    {
        // The vocabulary must be in the default context before the engine asks for it from its own.
        RuntimeHelpers.RunClassConstructor(typeof(SandboxInfo).TypeHandle);
        EngineLoadContext.Hook();
    }

    /// <summary>Removes the sandboxes that the runspace owns; touches nothing of another one.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        if (Runspace.DefaultRunspace is { } runspace)
            RunspaceTeardown.OnModuleRemoved(runspace);
    }
}
