using System.Text;

namespace ContainerSandbox.Configuration;

/// <summary>A file that is there whole or not at all: nobody reads half of it, also when the disk gets full.</summary>
internal static class WholeFile
{
    /// <summary>Writes it as UTF-8 beside its place, then puts it there, instead of whatever was.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="write">Writes the text.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It, or its folder, may not be written to.</exception>
    public static void Write(string path, Action<TextWriter> write)
    {
        // Taking its place asks for permission in its folder alone.
        if (File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
            throw new UnauthorizedAccessException($"The file '{path}' is read-only. Give another -Path, or make the file writable.");
        var beside = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var writer = new StreamWriter(beside, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
                write(writer);
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
