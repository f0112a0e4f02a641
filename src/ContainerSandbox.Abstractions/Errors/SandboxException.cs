namespace ContainerSandbox;

/// <summary>A failure that the user can do something about: what failed, on what, and the next step.</summary>
public sealed class SandboxException : Exception
{
    /// <summary>Makes a failure.</summary>
    /// <param name="errorId">One of <see cref="SandboxErrorId"/>.</param>
    /// <param name="category">Its kind.</param>
    /// <param name="message">What failed and what to do next, in full sentences.</param>
    /// <param name="target">The user's input that it is about.</param>
    /// <param name="innerException">What caused it.</param>
    public SandboxException(
        string errorId, SandboxErrorCategory category, string message, object? target = null, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        Category = category;
        Target = target;
    }

    /// <summary>One of <see cref="SandboxErrorId"/>.</summary>
    public string ErrorId { get; }

    /// <summary>Its kind.</summary>
    public SandboxErrorCategory Category { get; }

    /// <summary>The user's input that it is about; null when there is none.</summary>
    public object? Target { get; }
}
