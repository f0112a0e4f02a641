using System.Runtime.CompilerServices;

namespace ContainerSandbox.Engine.History;

/// <summary>
/// Keeps the newest of what is added. It grows chunk by chunk up to a bound, so that what lives for a short time costs little; at the bound, or when the
/// sandbox has no bytes left, its oldest chunk is used again. Two chunks it has in any case, so that something stays when one is used again.
/// </summary>
/// <param name="least">How many it keeps at least, as long as there are bytes.</param>
/// <param name="budget">Where the bytes come from.</param>
internal sealed class ChunkedRing<T>(int least, HistoryBudget budget)
    where T : unmanaged
{
    public const int ChunkLength = 30;

    private readonly List<T[]> _chunks = [];

    /// <summary>Bytes of one chunk with its array's own.</summary>
    public static int ChunkBytes => (ChunkLength * Unsafe.SizeOf<T>()) + 24;

    /// <summary>How many are kept.</summary>
    public int Count { get; private set; }

    /// <summary>True once something was given up.</summary>
    public bool HasDropped { get; private set; }

    /// <summary>Bytes that it holds.</summary>
    public long Bytes => (long)_chunks.Count * ChunkBytes;

    /// <summary>By age, the oldest first.</summary>
    public ref readonly T this[int index] => ref _chunks[index / ChunkLength][index % ChunkLength];

    /// <summary>The most bytes that one which keeps so many ever holds.</summary>
    public static long MaximumBytes(int least) => (long)MaximumChunks(least) * ChunkBytes;

    public void Add(in T entry)
    {
        if (Count == _chunks.Count * ChunkLength)
            AddChunk();
        _chunks[^1][Count % ChunkLength] = entry;
        Count++;
    }

    // One more than holds what must be kept: the oldest goes as a whole.
    private static int MaximumChunks(int least) => ((least + ChunkLength - 1) / ChunkLength) + 1;

    private void AddChunk()
    {
        if (_chunks.Count < 2)
        {
            budget.Take(ChunkBytes);
            _chunks.Add(new T[ChunkLength]);
        }
        else if (_chunks.Count < MaximumChunks(least) && budget.TryTake(ChunkBytes))
        {
            _chunks.Add(new T[ChunkLength]);
        }
        else
        {
            var oldest = _chunks[0];
            _chunks.RemoveAt(0);
            _chunks.Add(oldest);
            Count -= ChunkLength;
            HasDropped = true;
        }
    }
}
