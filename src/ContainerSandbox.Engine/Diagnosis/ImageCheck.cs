using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Diagnosis;

/// <summary>Is the image there, or can its registry be asked for it?</summary>
internal static class ImageCheck
{
    public const string Name = "Image";
    private const string Registry = "Registry";

    /// <summary>Looks; true when the image is there.</summary>
    public static async Task<bool> RunAsync(ISandboxBackend backend, string image, List<EngineCheck> checks, CancellationToken cancellationToken)
    {
        try
        {
            if (await backend.ResolveImageAsync(image, cancellationToken).ConfigureAwait(false) is { } present)
            {
                checks.Add(Findings.Passed(Name, $"'{image}' is on the engine: {present.Id}."));
                return true;
            }
        }
        catch (SandboxException exception) when (exception.ErrorId == SandboxErrorId.ImageNotFound)
        {
            checks.Add(Findings.Failed(Name, exception.Message, "Give another -Image."));
            return false;
        }

        try
        {
            await backend.AskRegistryAsync(image, cancellationToken).ConfigureAwait(false);
            checks.Add(Findings.Warning(Name, $"'{image}' is not on the engine yet.", $"docker pull {image}   # or Test-SandboxEngine -Repair", canRepair: true));
            checks.Add(Findings.Passed(Registry, $"The registry of '{image}' answers."));
        }
        catch (SandboxException exception)
        {
            checks.Add(Findings.Failed(Name, $"'{image}' is not on the engine.", "docker images   # shows what is; name one of them with -Image"));
            checks.Add(Findings.Failed(Registry, exception.Message, $"docker pull {image}   # once its registry can be reached and allows it"));
        }

        return false;
    }
}
