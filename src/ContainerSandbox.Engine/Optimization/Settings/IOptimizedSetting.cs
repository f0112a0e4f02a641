namespace ContainerSandbox.Engine.Optimization;

/// <summary>Something that a recommendation can change while the sandbox works.</summary>
internal interface IOptimizedSetting
{
    /// <summary>Its name in recommendations.</summary>
    string Name { get; }

    /// <summary>False for what cannot be taken back.</summary>
    bool CanUndo { get; }

    /// <summary>Its value now, as text.</summary>
    /// <exception cref="SandboxException">There is no such pool or environment.</exception>
    string Read(SettingSubject subject);

    /// <summary>Changes it.</summary>
    /// <param name="subject">Whose it is.</param>
    /// <param name="value">The value wanted, as text.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whose it is since then, and the value.</returns>
    /// <exception cref="SandboxException">The value makes no sense here, or it could not be changed.</exception>
    Task<(SettingSubject Subject, string Value)> ChangeAsync(SettingSubject subject, string value, CancellationToken cancellationToken);
}
