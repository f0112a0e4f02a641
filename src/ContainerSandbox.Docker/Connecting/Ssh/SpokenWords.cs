using System.Text;

namespace ContainerSandbox.Docker.Connecting.Ssh;

/// <summary>What a process says of itself, read to its end; the last of it is kept.</summary>
internal sealed class SpokenWords
{
    private const int Most = 8 * 1024;

    public SpokenWords(StreamReader from) => All = ReadAsync(from);

    /// <summary>The last of it, once all was said.</summary>
    public Task<string> All { get; }

    private static async Task<string> ReadAsync(StreamReader from)
    {
        var kept = new StringBuilder();
        var buffer = new char[1024];
        int count;
        while ((count = await from.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            kept.Append(buffer, 0, count);
            if (kept.Length > Most)
                kept.Remove(0, kept.Length - Most);
        }

        return kept.ToString();
    }
}
