namespace ContainerSandbox;

/// <summary>One container of a pool as it was when this was emitted. One that is still being started has no name yet.</summary>
public sealed record SandboxSlotInfo
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The engine's id of it.</summary>
    public string ContainerId { get; init; } = "";

    /// <summary>What it is doing.</summary>
    public required SandboxSlotState State { get; init; }

    /// <summary>True when the next claim may get it.</summary>
    public bool CanServe { get; init; }

    /// <summary>How long ago it became ready.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>The image that it was made of, as that was asked for.</summary>
    public string Image { get; init; } = "";

    /// <summary>Its memory limit in bytes.</summary>
    public long Memory { get; init; }

    /// <summary>Its processor limit in cores.</summary>
    public double Cpu { get; init; }

    /// <summary>Its limit of processes.</summary>
    public int PidsLimit { get; init; }

    /// <summary>Why it can serve or cannot.</summary>
    public required string Reason { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{(Name.Length > 0 ? Name : "(new)")}: {State}, {Reason}";
}
