using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Sessions;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Networks;

/// <summary>
/// Shows that nothing leads from one container of a network to another: two are started, and one knocks at a closed port of the
/// other. Where a packet gets through, the other's kernel refuses at once; where none does, there is silence.
/// </summary>
internal sealed class NetworkProof(ISandboxBackend backend, SlotSpecFactory specs, UserIdBlock userIds, TimeProvider timeProvider)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerTakes = TimeSpan.FromSeconds(10);

    /// <summary>Proves it.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.NetworkNotIsolated"/>: it is not so, or cannot be shown.</exception>
    public async Task RunAsync(SandboxTemplate template, BackendImage image, string networkId, CancellationToken cancellationToken)
    {
        var starts = new[] { StartAsync(template, image, networkId, cancellationToken), StartAsync(template, image, networkId, cancellationToken) };
        try
        {
            var both = await Task.WhenAll(starts).ConfigureAwait(false);
            await ProveAsync(both[0], both[1], template, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var start in starts.Where(start => start.IsCompletedSuccessfully))
                await (await start.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task ProveAsync(ProofContainer one, ProofContainer other, SandboxTemplate template, CancellationToken cancellationToken)
    {
        var own = await one.AddressAsync(cancellationToken).ConfigureAwait(false);
        var far = await other.AddressAsync(cancellationToken).ConfigureAwait(false);
        if (own is null || far is null)
            throw Failed("its containers have no address on it");

        // First that each is there and that knocking is heard where it must be: silence alone would prove nothing.
        var knock = await FindKnockAsync(one, own, cancellationToken).ConfigureAwait(false)
            ?? throw Failed($"'{template.ImageReference}' holds none of the programs that can try it (bash, nc, perl, python3)");
        if (!await IsHeardAsync(other, knock, far, cancellationToken).ConfigureAwait(false))
            throw Failed("the second container does not hear itself");
        var answer = await one.AskAsync(knock.At(far), Silence, timeProvider, cancellationToken).ConfigureAwait(false);
        if (answer is not null && Knock.IsHeard(answer))
            throw Failed("one container reached another. The engine's firewall does not keep them apart: run it with iptables, and load the kernel module br_netfilter");
        if (!await other.IsThereAsync(cancellationToken).ConfigureAwait(false))
            throw Failed("the second container ended meanwhile");
    }

    private async Task<Knock?> FindKnockAsync(ProofContainer container, string address, CancellationToken cancellationToken)
    {
        foreach (var knock in Knock.All)
        {
            if (await IsHeardAsync(container, knock, address, cancellationToken).ConfigureAwait(false))
                return knock;
        }

        return null;
    }

    private async Task<bool> IsHeardAsync(ProofContainer container, Knock knock, string address, CancellationToken cancellationToken) =>
        await container.AskAsync(knock.At(address), AnswerTakes, timeProvider, cancellationToken).ConfigureAwait(false) is { } answer && Knock.IsHeard(answer);

    private async Task<ProofContainer> StartAsync(SandboxTemplate template, BackendImage image, string networkId, CancellationToken cancellationToken)
    {
        var identity = userIds.Next();
        var lease = await backend.StartContainerAsync(specs.Next(template, image, identity, template.Limits, networkId), cancellationToken).ConfigureAwait(false);
        try
        {
            Task<ShellSession> OpenAsync() => ShellSession.OpenAsync(
                backend, lease.ContainerId, identity.UserId, identity.NextSessionGroup(), "/", timeProvider, cancellationToken);
            return new ProofContainer(lease, await OpenAsync().ConfigureAwait(false), await OpenAsync().ConfigureAwait(false));
        }
        catch
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static SandboxException Failed(string why) => new(
        SandboxErrorId.NetworkNotIsolated,
        SandboxErrorCategory.ResourceUnavailable,
        $"The network '{NetworkNames.Isolated}' could not be shown to keep containers apart: {why}. Or give -Network {NetworkNames.None}.",
        NetworkNames.Isolated);
}
