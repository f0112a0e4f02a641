namespace ContainerSandbox.Engine.Ownership;

/// <summary>The names of our labels. The prefix is reserved.</summary>
internal static class OwnershipLabels
{
    public const string Sandbox = "containersandbox.sandbox";
    public const string SandboxName = "containersandbox.sandbox-name";
    public const string OwnerMachine = "containersandbox.owner-machine";
    public const string OwnerBoot = "containersandbox.owner-boot";
    public const string OwnerProcessNamespace = "containersandbox.owner-pidns";
    public const string OwnerProcess = "containersandbox.owner-pid";
    public const string OwnerStart = "containersandbox.owner-start";
    public const string CreatedAt = "containersandbox.created-at";
    public const string Template = "containersandbox.template";
    public const string Version = "containersandbox.version";
}
