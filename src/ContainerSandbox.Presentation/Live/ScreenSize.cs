namespace ContainerSandbox.Presentation.Live;

/// <summary>The size of a screen in cells, 1 or more each.</summary>
internal readonly record struct ScreenSize(int Width, int Height);
