using ContainerSandbox.Configuration;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>A file that cannot be written to its end, as on a full disk.</summary>
public sealed class WholeFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void HalfAFile_IsNone()
    {
        var path = Path.Combine(_folder.FullName, "file");

        Assert.Throws<IOException>(() => WholeFile.Write(path, FailHalfWay));
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public void HalfAFile_LeavesTheOneBefore()
    {
        var path = Path.Combine(_folder.FullName, "file");
        WholeFile.Write(path, writer => writer.Write("before"));

        Assert.Throws<IOException>(() => WholeFile.Write(path, FailHalfWay));
        Assert.Equal("before", File.ReadAllText(Assert.Single(_folder.EnumerateFiles()).FullName));
    }

    private static void FailHalfWay(TextWriter writer)
    {
        writer.Write(new string('x', 100_000));
        throw new IOException("No space left on device");
    }
}
