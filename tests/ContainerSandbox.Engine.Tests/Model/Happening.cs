namespace ContainerSandbox.Engine.Tests.Model;

/// <summary>What can happen to a pool.</summary>
internal enum Happening
{
    Take,
    Claim,
    PutBack,
    Discard,
    Die,
    DieUntold,
    AllDie,
    EngineDown,
    EngineUp,
    StartSucceeds,
    StartFails,
    ClosingEnds,
    WorkGoesOn,
    TimePasses,
    ClockJumps,
    Resize,
}
