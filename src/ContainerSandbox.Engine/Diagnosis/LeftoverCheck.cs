using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Ownership;

namespace ContainerSandbox.Engine.Diagnosis;

/// <summary>What did sandboxes leave behind that have ended, and what is there of which that cannot be told?</summary>
internal static class LeftoverCheck
{
    public const string Name = "Leftovers";
    private const int NamesShown = 5;

    /// <summary>Looks.</summary>
    public static async Task<EngineCheck> RunAsync(
        ISandboxBackend backend, OrphanSweep sweep, OrphanNetworks networks, CancellationToken cancellationToken)
    {
        var orphanNetworks = (await backend.ListNetworksAsync(cancellationToken).ConfigureAwait(false)).Count(networks.IsOrphan);
        var ours = await sweep.ListAsync(cancellationToken).ConfigureAwait(false);
        var orphans = ours.Where(sweep.IsOrphan).ToArray();
        var doubtful = ours.Except(orphans).Where(each => !each.Marks.Owner.CanBeJudged(OwnerIdentity.Current)).Select(each => each.Container.Name).ToArray();
        if (orphans.Length + orphanNetworks == 0 && doubtful.Length == 0)
            return Findings.Passed(Name, ours.Count == 0 ? "There are none." : $"There are none; {ours.Count} containers are in use.");

        var found = new List<string>();
        var remedies = new List<string>();
        if (orphans.Length + orphanNetworks > 0)
        {
            found.Add($"{orphans.Length} containers and {orphanNetworks} networks of sandboxes that have ended");
            remedies.Add("Test-SandboxEngine -Repair");
        }

        if (doubtful.Length > 0)
        {
            var more = doubtful.Length > NamesShown ? ", ..." : "";
            found.Add($"{doubtful.Length} containers of owners on other machines, in other containers or before a restart, who may live ({string.Join(", ", doubtful.Take(NamesShown))}{more})");
            remedies.Add($"if you know them to be nobody's: docker rm -f {string.Join(' ', doubtful.Take(NamesShown))}");
        }

        return Findings.Warning(Name, $"{string.Join("; ", found)}.", string.Join("; ", remedies), canRepair: orphans.Length + orphanNetworks > 0);
    }
}
