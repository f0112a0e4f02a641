namespace ContainerSandbox.Engine.Presenting;

/// <summary>What a live view shows, again and again.</summary>
public interface ILiveSource
{
    /// <summary>What is known now, all of it from memory.</summary>
    LiveContent Read();

    /// <summary>Takes samples where nobody else does.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.SandboxRemoved"/>.</exception>
    Task SampleAsync(CancellationToken cancellationToken);
}
