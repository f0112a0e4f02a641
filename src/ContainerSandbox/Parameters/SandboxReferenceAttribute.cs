using System.Management.Automation;

namespace ContainerSandbox.Parameters;

/// <summary>Takes a sandbox as an object of whatever kind that carries its id, as an id, or as a name.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SandboxReferenceAttribute : ValueTransformationAttribute
{
    internal override string AcceptedForms => "what Initialize-Sandbox or Get-Sandbox emits, the id of a sandbox, or its name";

    internal override object? Read(object value) => ReadReference(value);

    public static string? ReadReference(object value) =>
        value as string ?? Unwrap(PSObject.AsPSObject(value).Properties[nameof(SandboxInfo.SandboxId)]?.Value) as string;
}
