namespace ContainerSandbox.Fault.Tests.Matrix;

/// <summary>What is under way when the fault comes.</summary>
public enum Operation
{
    /// <summary>Initialize-Sandbox.</summary>
    Fill,

    /// <summary>New-AgentEnvironment, more of them than the pool has containers.</summary>
    Claim,

    /// <summary>Invoke-AgentCommand, with input and without.</summary>
    Command,

    /// <summary>Remove-AgentEnvironment.</summary>
    Removal,

    /// <summary>Nothing.</summary>
    Idle,
}
