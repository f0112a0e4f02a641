using CsCheck;

namespace ContainerSandbox.Engine.Tests.Sessions;

/// <summary>Cuts what a stream brings into reads.</summary>
internal static class Slices
{
    public static Gen<int[]> Any { get; } = Gen.Int[1, 12].Array[1, 10];

    /// <summary>Cuts into pieces of these lengths, over and over.</summary>
    public static IEnumerable<byte[]> Cut(byte[] bytes, int[] lengths)
    {
        for (int at = 0, turn = 0; at < bytes.Length; turn++)
        {
            var length = Math.Min(lengths[turn % lengths.Length], bytes.Length - at);
            yield return bytes[at..(at + length)];
            at += length;
        }
    }
}
