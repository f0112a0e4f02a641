using ContainerSandbox.Engine.Presenting;
using Spectre.Console;

namespace ContainerSandbox.Presentation.Live;

/// <summary>One column of the table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Sort">What sorts by it; null when nothing does.</param>
/// <param name="Width">Its cells.</param>
/// <param name="IsNumber">True when it is aligned to the right.</param>
/// <param name="Text">What it shows of an agent.</param>
/// <param name="Look">How.</param>
internal sealed record AgentColumn(
    string Title, SortColumn? Sort, int Width, bool IsNumber, Func<LiveAgent, string> Text, Func<LiveAgent, Style>? Look = null);
