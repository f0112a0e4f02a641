namespace ContainerSandbox.Presentation.Charts;

/// <summary>A part of a row of a chart of bands.</summary>
/// <param name="Kind">The class that gives it its looks; letters alone.</param>
/// <param name="From">Where it begins, 0 to 1.</param>
/// <param name="To">Where it ends, 0 to 1.</param>
/// <param name="Title">What it means.</param>
internal sealed record BandPart(string Kind, double From, double To, string Title);
