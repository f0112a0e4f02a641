using System.Net;
using Docker.DotNet;

namespace ContainerSandbox.Benchmarks.Raw;

/// <summary>A container that ends when its input is closed.</summary>
internal sealed class RawContainer(DockerClient client, string id, MultiplexedStream input) : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public string Id => id;

    /// <summary>Closes the input and waits until the engine has removed the container.</summary>
    public async ValueTask DisposeAsync()
    {
        input.Dispose();
        while (true)
        {
            try
            {
                await client.Containers.InspectContainerAsync(id, CancellationToken.None);
            }
            catch (DockerApiException gone) when (gone.StatusCode == HttpStatusCode.NotFound)
            {
                return;
            }
            await Task.Delay(Look, TimeProvider.System);
        }
    }
}
