using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ContainerSandbox.Benchmarks.Raw;

/// <summary>The processes behind an engine on this machine: whoever answers on its socket, and what that one started.</summary>
internal static class EngineProcesses
{
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    /// <summary>What the engine itself holds, without the shims of its containers.</summary>
    public static ProcessFootprint Measure(string endpoint)
    {
        var engine = ProcessIdBehind(endpoint);
        var total = ProcessFootprint.Of(engine);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var processId) && IsChild(processId, engine))
                total += ProcessFootprint.Of(processId);
        }

        return total;
    }

    // The kernel tells who listens: process, user and group, a number each.
    private static int ProcessIdBehind(string endpoint)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(new Uri(endpoint).LocalPath));
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        return MemoryMarshal.Read<int>(credentials);
    }

    private static bool IsChild(int processId, int parent)
    {
        try
        {
            return ProcessFootprint.ParentOf(processId) == parent;
        }
        catch (IOException)
        {
            // It ended while we looked.
            return false;
        }
    }
}
