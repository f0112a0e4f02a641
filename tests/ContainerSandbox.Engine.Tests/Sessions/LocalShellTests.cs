namespace ContainerSandbox.Engine.Tests.Sessions;

/// <summary>Tests that start shells come one after another: what one counts must not be another's.</summary>
[CollectionDefinition(nameof(LocalShellTests))]
public sealed class LocalShellTests;
