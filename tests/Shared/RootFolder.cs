using System.Diagnostics;
using System.Formats.Tar;
using System.Text;

namespace ContainerSandbox.Testing;

/// <summary>The files of an image to be made, written as one tar.</summary>
public sealed class RootFolder
{
    private const UnixFileMode Everyone = (UnixFileMode)0b111_101_101;
    private const UnixFileMode Readable = (UnixFileMode)0b110_100_100;
    private readonly Dictionary<string, Action<TarWriter>> _entries = [];

    /// <summary>The folders and files that a Linux image commonly has.</summary>
    public static RootFolder Common() => new RootFolder()
        .Folder("proc").Folder("sys").Folder("dev").Folder("etc").Folder("bin").Folder("home").Folder("root")
        .Folder("tmp", (UnixFileMode)0b1_111_111_111)
        .Text("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n")
        .Text("etc/group", "root:x:0:\nnogroup:x:65534:\n");

    public RootFolder Folder(string path, UnixFileMode mode = Everyone)
    {
        _entries[path] = tar => tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, path + "/") { Mode = mode });
        return this;
    }

    public RootFolder Link(string path, string target)
    {
        _entries[path] = tar => tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, path) { LinkName = target, Mode = (UnixFileMode)0b111_111_111 });
        return this;
    }

    public RootFolder Text(string path, string text, bool executable = false)
    {
        _entries[path] = tar => Write(tar, path, new MemoryStream(Encoding.UTF8.GetBytes(text)), executable ? Everyone : Readable);
        return this;
    }

    /// <summary>A file with a content.</summary>
    public RootFolder Content(string path, Stream content)
    {
        _entries[path] = tar => Write(tar, path, content, Readable);
        return this;
    }

    /// <summary>Copies a file of this machine; links are followed.</summary>
    public RootFolder Copy(string source, string path, UnixFileMode mode = Everyone)
    {
        _entries[path] = tar => Write(tar, path, File.OpenRead(source), mode);
        return this;
    }

    /// <summary>Copies a program of this machine and the libraries that it is linked to.</summary>
    public RootFolder Program(string source, string path)
    {
        Copy(source, path);
        foreach (var library in Output("ldd", source).Split('\n').SelectMany(line => line.Split(' ', '\t')).Where(word => word.StartsWith('/')))
            Copy(library, library.TrimStart('/'));
        return this;
    }

    /// <summary>Adds busybox under the names of all its programs but those given.</summary>
    public RootFolder Busybox(params string[] without)
    {
        Copy("/bin/busybox", "bin/busybox");
        foreach (var name in Output("/bin/busybox", "--list").Split('\n', StringSplitOptions.RemoveEmptyEntries).Except(without).Where(name => name != "busybox"))
            Link("bin/" + name, "busybox");
        return this;
    }

    /// <summary>Writes everything down.</summary>
    public MemoryStream ToTar()
    {
        var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var write in _entries.Values)
                write(tar);
        }

        stream.Position = 0;
        return stream;
    }

    private static void Write(TarWriter tar, string path, Stream content, UnixFileMode mode)
    {
        using (content)
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = content, Mode = mode });
    }

    private static string Output(string program, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {argument} ended with {process.ExitCode}.");
    }
}
