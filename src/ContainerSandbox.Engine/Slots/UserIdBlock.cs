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

    /// <summary>Draws a block, as large as the range allows and without the id of the leases.</summary>
    public static UserIdBlock Draw(BackendCapabilities capabilities)
    {
        var (first, last) = Range(capabilities);
        var size = (int)Math.Min(first >= PreferredFirst ? LargeBlock : SmallBlock, last - first + 1);
        var blocks = (int)Math.Min(int.MaxValue, (last - first + 1) / size);
        return new UserIdBlock(first + (long)RandomNumberGenerator.GetInt32(blocks) * size, size);
    }

    private static (long First, long Last) Range(BackendCapabilities capabilities)
    {
        var (first, last) = (capabilities.FirstUserId, capabilities.LastUserId);
        var preferred = Math.Max(first, PreferredFirst);
        if (last - preferred >= LargeBlock)
            return (preferred, last);

        // Above the ids of an image's services where there is room for a block.
        var side = BesideLease(Math.Max(first, SmallBlock), last);
        return side.Last - side.First >= SmallBlock ? side : BesideLease(first, last);
    }

    // What is longer: the ids below that of the leases, or those above.
    private static (long First, long Last) BesideLease(long first, long last)
    {
        var below = (First: first, Last: Math.Min(last, SlotIdentity.LeaseId - 1));
        var above = (First: Math.Max(first, SlotIdentity.LeaseId + 1), Last: last);
        return below.Last - below.First > above.Last - above.First ? below : above;
    }

    /// <summary>Ids for one more slot. After as many slots as the block holds they begin again; the first are long gone by then.</summary>
    /// <param name="user">The agent's user, where it is to be one that was given.</param>
    public SlotIdentity Next(long? user = null)
    {
        if (user is not { } given)
            return Next();
        var identity = Next();
        return (identity.IsolatedUserId == given ? Next() : identity) with { UserId = given };
    }

    private SlotIdentity Next()
    {
        var slot = (uint)Interlocked.Increment(ref _next) % _slots;
        var userId = _first + (2 * slot);
        return new SlotIdentity(userId, userId + 1, userId, _first + _sessionGroups, _sessionGroups);
    }
}
