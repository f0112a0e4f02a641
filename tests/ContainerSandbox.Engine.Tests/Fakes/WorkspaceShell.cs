using System.Diagnostics;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>A container's answer to whether it has the workspace's folder: the script runs here, on what the container has bound.</summary>
internal static class WorkspaceShell
{
    /// <summary>Lets a container answer with the folder that it has bound, or with another one.</summary>
    public static void Use(FakeContainer container, string? otherFolder = null) => container.OnControl = (session, text) =>
        text.Contains(".here-", StringComparison.Ordinal) ? Run(text, otherFolder ?? container.Spec.BindMounts.Single().Source) : FakeShell.Obey(session, text);

    private static (int Status, string Output) Run(string script, string folder)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script.Replace("/workspace", folder, StringComparison.Ordinal)])
        {
            RedirectStandardOutput = true,
        })!;
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return (shell.ExitCode, output);
    }
}
