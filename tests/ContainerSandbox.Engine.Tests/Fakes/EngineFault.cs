namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>The errors of an engine.</summary>
internal static class EngineFault
{
    public static SandboxException Silent() => new(
        SandboxErrorId.EngineNotResponding, SandboxErrorCategory.OperationTimeout, "The engine did not answer.");

    public static SandboxException Refused() => new(
        SandboxErrorId.EngineError, SandboxErrorCategory.InvalidOperation, "The engine refused.");

    public static SandboxException Broken() => new(
        SandboxErrorId.EngineLost, SandboxErrorCategory.ConnectionError, "The connection broke.");

    public static SandboxException EndedSession() => new(
        SandboxErrorId.SessionFailed, SandboxErrorCategory.ResourceUnavailable, "The session ended instead of answering.");

    public static SandboxException NoImage(string reference) => new(
        SandboxErrorId.ImageNotFound, SandboxErrorCategory.ObjectNotFound, $"No image '{reference}' was found.", reference);

    public static SandboxException NoContainer() => new(
        SandboxErrorId.ContainerNotFound, SandboxErrorCategory.ObjectNotFound, "No such container.");
}
