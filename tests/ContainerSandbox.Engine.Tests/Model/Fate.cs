namespace ContainerSandbox.Engine.Tests.Model;

/// <summary>Whose a container of the model is.</summary>
internal enum Fate
{
    /// <summary>The pool's.</summary>
    Pooled,

    /// <summary>Taken, and neither claimed nor given back.</summary>
    Lent,

    /// <summary>An agent's.</summary>
    Claimed,

    /// <summary>Given to the pool to be ended.</summary>
    Discarded,

    /// <summary>It ended by itself.</summary>
    Dead,

    /// <summary>What the pool gave up when it was closed.</summary>
    HandedOver,
}
