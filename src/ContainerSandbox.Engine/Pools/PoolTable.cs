using System.Collections.Concurrent;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Pools;

/// <summary>The pools of a sandbox: the default one, and one for each specialization with a template of its own. Names count without their case.</summary>
internal sealed class PoolTable(SandboxPool standard)
{
    private readonly object _gate = new();
    private readonly ConcurrentDictionary<string, SandboxPool> _own = new(StringComparer.OrdinalIgnoreCase);
    private bool _isClosed;

    /// <summary>The pool of whoever has none of its own.</summary>
    public SandboxPool Default => standard;

    /// <summary>All, the default one first.</summary>
    public IReadOnlyList<SandboxPool> All => [standard, .. Own];

    /// <summary>Those of specializations, by name.</summary>
    public IReadOnlyList<SandboxPool> Own =>
        [.. _own.Values.OrderBy(pool => pool.Template.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Containers that all pools together keep ready.</summary>
    public int Target => All.Where(pool => !pool.IsDisabled).Sum(pool => pool.Target);

    /// <summary>Slots that are ready in any pool.</summary>
    public int Ready => All.Sum(pool => pool.Ready);

    /// <summary>Finds the pool of a template; null when there is none of that name.</summary>
    public SandboxPool? Find(string name) =>
        SandboxTemplate.IsDefault(name) ? standard : _own.GetValueOrDefault(name);

    /// <summary>Adds the pool of a specialization; false when it has one, or the sandbox ends.</summary>
    public bool TryAdd(SandboxPool pool)
    {
        lock (_gate)
            return !_isClosed && _own.TryAdd(pool.Template.Name, pool);
    }

    /// <summary>Takes out the pool of a specialization; another that has its name by now stays.</summary>
    public void Remove(SandboxPool pool) => _own.TryRemove(KeyValuePair.Create(pool.Template.Name, pool));

    /// <summary>A container ended, maybe that of a slot of any of them.</summary>
    public void OnContainerGone(string containerId)
    {
        standard.OnContainerGone(containerId);
        foreach (var pool in _own.Values)
            pool.OnContainerGone(containerId);
    }

    /// <summary>Starts nothing more, takes no more pools, and gives up what is ready.</summary>
    public IReadOnlyList<Slot> Close()
    {
        lock (_gate)
            _isClosed = true;
        return [.. All.SelectMany(pool => pool.Close())];
    }
}
