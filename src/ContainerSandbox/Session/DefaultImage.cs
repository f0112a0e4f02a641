namespace ContainerSandbox.Session;

/// <summary>The image of a sandbox for which none is given.</summary>
internal static class DefaultImage
{
    private const string Variable = "CONTAINERSANDBOX_IMAGE";

    public static string Reference =>
        Environment.GetEnvironmentVariable(Variable) is { } configured && !string.IsNullOrWhiteSpace(configured)
            ? configured
            : "debian:stable-slim";
}
