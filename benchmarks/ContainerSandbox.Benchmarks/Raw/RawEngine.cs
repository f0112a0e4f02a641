using Docker.DotNet;
using Docker.DotNet.Models;

namespace ContainerSandbox.Benchmarks.Raw;

/// <summary>The engine through its client library alone: what everybody would write without the module.</summary>
internal sealed class RawEngine : IDisposable
{
    /// <summary>Marks what this program makes; not a label of the module's.</summary>
    public const string Label = "containersandbox-benchmark";

    private const string OwnerLabel = "containersandbox.owner-pid";

    private readonly DockerClient client;

    public RawEngine(string endpoint) => client = new DockerClientBuilder().WithEndpoint(new Uri(endpoint)).Build();

    public Task<ContainerInspectResponse> InspectAsync(string id) => client.Containers.InspectContainerAsync(id, CancellationToken.None);

    /// <summary>Makes a container, takes its input and starts it: three calls, in the order that the lease needs.</summary>
    public async Task<RawContainer> StartAsync(CreateContainerParameters parameters)
    {
        var container = await AttachAsync(await CreateAsync(parameters));
        await LaunchAsync(container.Id);
        return container;
    }

    /// <summary>The first of the three: makes a container that does not run.</summary>
    public async Task<string> CreateAsync(CreateContainerParameters parameters) =>
        (await client.Containers.CreateContainerAsync(parameters, CancellationToken.None)).ID;

    /// <summary>The second: takes its input.</summary>
    public async Task<RawContainer> AttachAsync(string id) => new(
        client,
        id,
        await client.Containers.AttachContainerAsync(id, new ContainerAttachParameters { Stream = true, Stdin = true }, CancellationToken.None));

    /// <summary>The third: starts it.</summary>
    public Task LaunchAsync(string id) => client.Containers.StartContainerAsync(id, null, CancellationToken.None);

    /// <summary>Makes an image of a container.</summary>
    public async Task<string> CommitAsync(string id, string repository)
    {
        var parameters = new CommitContainerChangesParameters { ContainerID = id, RepositoryName = repository, Tag = "latest" };
        return (await client.Images.CommitContainerChangesAsync(parameters, CancellationToken.None)).ID;
    }

    public Task DeleteImageAsync(string id) =>
        client.Images.DeleteImageAsync(id, new ImageDeleteParameters { Force = true }, CancellationToken.None);

    /// <summary>Runs a command the way the API offers: make, start, read to the end, ask for the exit code.</summary>
    public async Task<long> ExecuteAsync(string id, string user, params string[] command)
    {
        var created = await client.Exec.CreateContainerExecAsync(
            id,
            new ContainerExecCreateParameters { AttachStdout = true, AttachStderr = true, User = user, Cmd = command },
            CancellationToken.None);
        using (var stream = await client.Exec.StartContainerExecAsync(
            created.ID, new ContainerExecStartParameters { Detach = false, TTY = false }, CancellationToken.None))
        {
            await stream.ReadOutputToEndAsync(CancellationToken.None);
        }
        var state = await client.Exec.InspectContainerExecAsync(created.ID, CancellationToken.None);
        return state.ExitCode ?? throw new InvalidOperationException("The engine knows no exit code.");
    }

    /// <summary>The containers that a process made through the module, whatever their state.</summary>
    public Task<IList<ContainerListResponse>> ListOfOwnerAsync(int processId) => client.Containers.ListContainersAsync(
        new ContainersListParameters
        {
            All = true,
            Filters = new Dictionary<string, IDictionary<string, bool>>
            {
                ["label"] = new Dictionary<string, bool> { [$"{OwnerLabel}={processId}"] = true },
            },
        },
        CancellationToken.None);

    /// <summary>Removes a container by force, as the command line does.</summary>
    public Task RemoveAsync(string id) =>
        client.Containers.RemoveContainerAsync(id, new ContainerRemoveParameters { Force = true }, CancellationToken.None);

    public void Dispose() => client.Dispose();
}
