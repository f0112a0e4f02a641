namespace ContainerSandbox.Engine.Tests.Sessions;

/// <summary>The shells that images have for /bin/sh.</summary>
public sealed class Shells : TheoryData<string>
{
    public Shells()
    {
        Add(LocalShell.Busybox);
        Add(LocalShell.Dash);
        Add(LocalShell.Bash);
    }
}
