namespace ContainerSandbox.Presentation.Live;

/// <summary>A terminal that somebody looks at and types in.</summary>
internal interface ITerminal
{
    /// <summary>Its size now.</summary>
    ScreenSize Size { get; }

    /// <summary>Whether it shows more than ASCII.</summary>
    bool IsUnicode { get; }

    /// <summary>Whether colours are wanted.</summary>
    bool HasColor { get; }

    /// <summary>Why nothing can be shown on it; null when it can.</summary>
    string? FindObstacle();

    /// <summary>The next key that was pressed; null when none was.</summary>
    ConsoleKeyInfo? ReadKey();

    /// <summary>Writes text, control sequences included.</summary>
    void Write(string text);
}
