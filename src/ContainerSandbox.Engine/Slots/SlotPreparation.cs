using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Sessions;

namespace ContainerSandbox.Engine.Slots;

/// <summary>
/// What is done in every container before it counts as ready, as the agent's user. An engine ignores the mode of a mount where the
/// image has the folder, so it is set here; and what an agent relies on is tried here rather than found missing by it.
/// </summary>
internal static class SlotPreparation
{
    // The name is one that nobody has: a bound workspace may hold files of the user's.
    private static string TryPlaces(string check) => $$"""
        for d in /tmp /home/agent /workspace; do : >"$d/{{check}}" || exit 1; done
        printf '#!/bin/sh\nexit 7\n' >/workspace/{{check}} && chmod 700 /workspace/{{check}} || exit 1
        /workspace/{{check}}; s=$?; rm -f /tmp/{{check}} /home/agent/{{check}} /workspace/{{check}}
        [ $s = 7 ] || { echo 'a script could not be run from /workspace'; exit 1; }
        """;

    /// <summary>Prepares and verifies.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.StartFailed"/> with what the shell said.</exception>
    public static async Task RunAsync(
        ShellSession session, IReadOnlyList<TmpfsMount> mounts, SandboxTemplate template, CancellationToken cancellationToken)
    {
        var modes = string.Join(" && ", mounts.Where(mount => mount.Path != SlotPaths.SharedMemory)
            .Select(mount => $"chmod {Convert.ToString(mount.Mode, 8)} {ShellQuote.Word(mount.Path)}"));
        var (status, said) = await session.AskAsync($"({modes} || exit 1\n{TryPlaces($".check-{ShellSession.NewMark()}")}) 2>&1", cancellationToken).ConfigureAwait(false);
        if (status != 0)
        {
            throw new SandboxException(
                SandboxErrorId.StartFailed,
                SandboxErrorCategory.ResourceUnavailable,
                $"A container of '{template.ImageReference}' started and then failed its verification: {said.Trim()}. The image needs chmod and rm besides its shell.",
                template.ImageReference);
        }
    }
}
