using System.Text.Json;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Fault.Tests.Matrix;

/// <summary>The engine of the matrix, with an image and with containers that are somebody else's.</summary>
public sealed class MatrixFixture : IAsyncLifetime
{
    private PrivateEngine? _engine;
    private string[] _foreign = [];

    internal PrivateEngine Engine => _engine!;

    internal string Image { get; private set; } = "";

    public async Task InitializeAsync()
    {
        UnobservedTasks.Watch();
        _engine = await PrivateEngine.StartAsync();
        Image = await new TestImages(Engine.Api).BusyboxAsync();

        // One that runs, and one whose labels say that it is ours while its name does not.
        _foreign =
        [
            await MakeForeignAsync("foreign-running", []),
            await MakeForeignAsync("foreign-labelled", new() { ["containersandbox.sandbox"] = "0badcafe" }),
        ];
        await Engine.Api.PostAsync($"containers/{_foreign[0]}/start");
    }

    public async Task DisposeAsync()
    {
        if (_engine is not null)
            await _engine.DisposeAsync();
    }

    /// <summary>True while everything that is not ours is there.</summary>
    internal async Task<bool> IsForeignUntouchedAsync()
    {
        var there = (await Engine.Api.GetAsync("containers/json?all=1")).EnumerateArray().Select(container => container.GetProperty("Id").GetString());
        return _foreign.All(there.Contains);
    }

    /// <summary>
    /// What the engine says of the containers of a sandbox. After a kill it may list one for good that it does not know: it can
    /// neither be looked at nor removed, and is none.
    /// </summary>
    internal async Task<IReadOnlyDictionary<string, string>> ContainersAsync(string sandboxName)
    {
        var known = new Dictionary<string, string>();
        foreach (var id in await Engine.Api.ContainersAsync($"containersandbox.sandbox-name={sandboxName}"))
        {
            try
            {
                var container = await Engine.Api.GetAsync($"containers/{id}/json");
                known[id] = $"{container.GetProperty("Name")} {container.GetProperty("State")}";
            }
            catch (InvalidOperationException unknown) when (unknown.Message.Contains("No such container", StringComparison.Ordinal))
            {
                continue;
            }
        }

        return known;
    }

    private async Task<string> MakeForeignAsync(string name, Dictionary<string, string> labels)
    {
        var request = new { Image, Cmd = new[] { "/bin/sleep", "1000000" }, Labels = labels, HostConfig = new { Init = true, NetworkMode = "none" } };
        var made = await Engine.Api.PostAsync($"containers/create?name={name}", JsonSerializer.Serialize(request));
        return made.GetProperty("Id").GetString()!;
    }
}
