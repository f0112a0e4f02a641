namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>The calls that a backend gets.</summary>
public enum BackendCall
{
    Probe,
    Describe,
    AskRegistry,
    ResolveImage,
    PullImage,
    ListImages,
    Start,
    OpenSession,
    Update,
    List,
    Remove,
    Watch,
    CreateNetwork,
    ListNetworks,
    RemoveNetwork,
    GetProcessId,
    ReadStatistics,
}
