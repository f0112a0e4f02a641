using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Session;

/// <summary>The sandboxes that a runspace owns: it initialized them, and its end is theirs. The newest is its default.</summary>
internal sealed class RunspaceSandboxes
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceSandboxes> Table = [];

    private readonly object _gate = new();
    private readonly List<EngineSandbox> _owned = [];
    private bool _isOver;

    private RunspaceSandboxes()
    {
    }

    /// <summary>What this runspace owns; null when it never initialized a sandbox. On a pipeline thread only.</summary>
    public static RunspaceSandboxes? Current => Runspace.DefaultRunspace is { } runspace ? Find(runspace) : null;

    /// <summary>What a runspace owns; null when it never initialized a sandbox.</summary>
    public static RunspaceSandboxes? Find(Runspace runspace) => Table.TryGetValue(runspace, out var owned) ? owned : null;

    /// <summary>What a runspace owns, from now on watched for the runspace's end.</summary>
    public static RunspaceSandboxes GetOrCreate(Runspace runspace)
    {
        lock (Table)
        {
            if (Find(runspace) is { } known)
                return known;
            var owned = new RunspaceSandboxes();
            Table.Add(runspace, owned);
            RunspaceTeardown.Watch(runspace);
            return owned;
        }
    }

    /// <summary>Those that are not removed, oldest first.</summary>
    public IReadOnlyList<EngineSandbox> All
    {
        get
        {
            lock (_gate)
                return Living();
        }
    }

    public EngineSandbox? Default
    {
        get
        {
            lock (_gate)
                return _owned.FindLast(sandbox => SandboxRegistry.Find(sandbox.Id) is not null);
        }
    }

    public EngineSandbox? FindByName(string name) => All.FirstOrDefault(sandbox => SameName(sandbox.Name, name));

    /// <summary>Makes a sandbox the runspace's newest; false when the runspace is over.</summary>
    public bool TryAdd(EngineSandbox sandbox)
    {
        lock (_gate)
        {
            if (!_isOver)
                _owned.Add(sandbox);
            return !_isOver;
        }
    }

    public void Remove(EngineSandbox sandbox)
    {
        lock (_gate)
            _owned.Remove(sandbox);
    }

    /// <summary>Takes all, for their removal.</summary>
    /// <param name="isOver">True when no other may follow.</param>
    public IReadOnlyList<EngineSandbox> TakeAll(bool isOver)
    {
        lock (_gate)
        {
            _isOver |= isOver;
            var all = Living();
            _owned.Clear();
            return all;
        }
    }

    public static SandboxInfo Describe(EngineSandbox sandbox) =>
        sandbox.GetInfo() with { IsDefault = ReferenceEquals(Current?.Default, sandbox) };

    // Another runspace may have removed one.
    private EngineSandbox[] Living()
    {
        _owned.RemoveAll(sandbox => SandboxRegistry.Find(sandbox.Id) is null);
        return [.. _owned];
    }

    private static bool SameName(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
