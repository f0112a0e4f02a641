using ContainerSandbox.Docker.Calls;
using ContainerSandbox.Engine.Backends;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Containers;

/// <summary>Lists and finds containers.</summary>
internal sealed class ContainerLookup(IDockerClient client, EngineCall call)
{
    /// <summary>Lists those that carry a label, in every state.</summary>
    public async Task<IReadOnlyList<BackendContainer>> ListAsync(string label, CancellationToken cancellationToken)
    {
        var found = await ListAsync(Filter("label", label), cancellationToken).ConfigureAwait(false);
        return found.Select(Describe).ToList();
    }

    /// <summary>
    /// Finds the container that a request made. Name and labels must both agree: somebody else's container may have the name.
    /// </summary>
    public async Task<string?> FindAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        // The name filter matches parts of names too, and takes patterns: the comparison is done here.
        var found = await ListAsync(Filter("name", spec.Name), cancellationToken).ConfigureAwait(false);
        return found.Select(Describe).FirstOrDefault(container => container.Name == spec.Name && HasLabels(container, spec))?.Id;
    }

    private Task<IList<ContainerListResponse>> ListAsync(
        IDictionary<string, IDictionary<string, bool>> filters, CancellationToken cancellationToken) => call.RunAsync(
        EngineRequest.Question("list containers"),
        token => client.Containers.ListContainersAsync(new ContainersListParameters { All = true, Filters = filters }, token),
        cancellationToken);

    private static Dictionary<string, IDictionary<string, bool>> Filter(string kind, string value) =>
        new() { [kind] = new Dictionary<string, bool> { [value] = true } };

    private static bool HasLabels(BackendContainer container, ContainerSpec spec) =>
        spec.Labels.All(label => container.Labels.TryGetValue(label.Key, out var value) && value == label.Value);

    private static BackendContainer Describe(ContainerListResponse container) => new(
        container.ID,
        (container.Names?.FirstOrDefault() ?? string.Empty).TrimStart('/'),
        State(container.State),
        new Dictionary<string, string>(container.Labels ?? new Dictionary<string, string>()));

    private static BackendContainerState State(string state) => state switch
    {
        "created" or "configured" or "initialized" => BackendContainerState.Created,
        "running" or "restarting" => BackendContainerState.Running,
        "paused" => BackendContainerState.Paused,
        _ => BackendContainerState.Ended,
    };
}
