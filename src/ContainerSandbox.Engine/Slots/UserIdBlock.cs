using System.Security.Cryptography;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Slots;

/// <summary>
/// The user and group ids of one sandbox: a block drawn at random from far above what people and services use, or, where the engine
/// maps users, from the range that it maps.
/// </summary>
internal sealed class UserIdBlock
{
    private const long PreferredFirst = 1_900_000_000;
    private const int LargeBlock = 100_000;
    private const int SmallBlock = 10_000;

    private readonly long _first;
    private readonly int _slots;
    private readonly int _sessionGroups;
    private int _next = -1;

    private UserIdBlock(long first, int size)
    {
        _first = first;
        _slots = size / 5;
        _sessionGroups = size / 2;
    }

    /// <summary>Draws a block.</summary>
    public static UserIdBlock Draw(BackendCapabilities capabilities)
    {
        var wide = capabilities.LastUserId >= PreferredFirst + LargeBlock;
        var size = wide ? LargeBlock : SmallBlock;
        var first = wide ? PreferredFirst : Math.Max(capabilities.FirstUserId, size);
        var blocks = (int)Math.Max(1, (capabilities.LastUserId - first) / size);
        return new UserIdBlock(first + (long)RandomNumberGenerator.GetInt32(blocks) * size, size);
    }

    /// <summary>Ids for one more slot. After as many slots as the block holds they begin again; the first are long gone by then.</summary>
    public SlotIdentity Next()
    {
        var slot = (uint)Interlocked.Increment(ref _next) % _slots;
        var userId = _first + (2 * slot);
        return new SlotIdentity(userId, userId + 1, userId, _first + _sessionGroups, _sessionGroups);
    }
}
