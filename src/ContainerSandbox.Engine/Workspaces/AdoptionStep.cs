namespace ContainerSandbox.Engine.Workspaces;

/// <summary>What is done next while an agent's folder takes the place of a slot's.</summary>
internal enum AdoptionStep
{
    /// <summary>Write down that entries are about to move.</summary>
    Journal,

    /// <summary>Move one entry.</summary>
    Move,

    /// <summary>Move an entry back.</summary>
    MoveBack,

    /// <summary>Give the slot's folder the permissions of the agent's.</summary>
    SetMode,

    /// <summary>Give the slot's folder the agent's name.</summary>
    Swap,

    /// <summary>Remove what was written down.</summary>
    Finish,
}
