using System.Globalization;
using ContainerSandbox.Engine.Environments;
using ContainerSandbox.Engine.Workspaces;

namespace ContainerSandbox.Engine.Health.Probes;

/// <summary>Looks whether an agent's folder takes more of its disk than it is to. Nothing stops an agent from that: it is said, no more.</summary>
internal sealed class WorkspaceProbe(BoundWorkspace? workspace, long? limit)
{
    private const double Megabyte = 1L << 20;

    /// <summary>What is wrong with the size; null when nothing is, or when there is no limit.</summary>
    public async Task<string?> RunAsync(LiveEnvironment environment, CancellationToken cancellationToken)
    {
        if (workspace is null || limit is not { } most || environment.Slot.Workspace is null)
            return null;
        try
        {
            var size = await workspace.MeasureAsync(environment.AgentId, cancellationToken).ConfigureAwait(false);
            if (size.Bytes <= most)
                return size.IsWhole ? null : "its workspace has so many files that its size is not known";
            var more = size.IsWhole ? "" : "more than ";
            return string.Create(CultureInfo.InvariantCulture, $"its workspace takes {more}{size.Bytes / Megabyte:0.#} MB of {most / Megabyte:0.#} MB (-WorkspaceLimit): delete files there");
        }
        catch (IOException exception)
        {
            return $"the size of its workspace is not known: {exception.Message}";
        }
    }
}
