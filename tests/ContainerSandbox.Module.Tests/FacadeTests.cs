using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>No third-party type may cross between the load contexts, and no engine type may be seen by PowerShell.</summary>
public sealed class FacadeTests
{
    private static readonly string[] Shared = ["ContainerSandbox.Abstractions", "ContainerSandbox.Engine"];

    [Fact]
    public void EngineTypes_ThatCmdletsUse_NameNothingForeign()
    {
        using var runspace = ModuleRunspace.Open();
        runspace.Run("Get-Sandbox nosuch -ErrorAction SilentlyContinue; Get-SandboxPool -Sandbox nosuch -ErrorAction SilentlyContinue");
        var context = Assert.Single(AssemblyLoadContext.All, each => each.Name == "ContainerSandbox");
        var engine = context.LoadFromAssemblyName(new AssemblyName("ContainerSandbox.Engine"));

        var used = EngineTypesInCmdlets().Select(name => engine.GetType(name, throwOnError: true)!).ToList();

        Assert.NotEmpty(used);
        Assert.Empty(used.SelectMany(Exposed).Where(type => IsForeign(type, Shared)).Distinct());
    }

    [Fact]
    public void PublicTypes_OfTheModule_ExposeNoEngineType()
    {
        var exposed = ModuleAssembly.Instance.GetExportedTypes().SelectMany(Exposed);

        Assert.Empty(exposed
            .Where(type => IsForeign(type, ["ContainerSandbox", "ContainerSandbox.Abstractions", "System.Management.Automation"]))
            .Distinct());
    }

    private static List<string> EngineTypesInCmdlets()
    {
        using var file = new PEReader(File.OpenRead(ModuleAssembly.Instance.Location));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Where(type => type.ResolutionScope.Kind == HandleKind.AssemblyReference
                && metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == "ContainerSandbox.Engine")
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")];
    }

    private static IEnumerable<Type> Exposed(Type type)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var members = type.GetMethods(All).Where(method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType));
        var constructors = type.GetConstructors(All).Where(constructor => constructor.IsPublic || constructor.IsFamily)
            .SelectMany(constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType));
        var fields = type.GetFields(All).Where(field => field.IsPublic || field.IsFamily).Select(field => field.FieldType);
        return members.Concat(constructors).Concat(fields).Concat(type.GetInterfaces()).Append(type.BaseType ?? type).SelectMany(Parts);
    }

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
            return Parts(type.GetElementType()!);
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition()) : [type];
    }

    private static bool IsForeign(Type type, string[] known)
    {
        if (type.IsGenericParameter)
            return false;
        var name = type.Assembly.GetName().Name!;
        return !known.Contains(name) && !type.Assembly.Location.StartsWith(Path.GetDirectoryName(typeof(object).Assembly.Location)!, StringComparison.Ordinal);
    }
}
