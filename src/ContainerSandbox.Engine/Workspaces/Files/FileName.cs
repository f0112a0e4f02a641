using System.Text;

namespace ContainerSandbox.Engine.Workspaces.Files;

/// <summary>A name in a folder, as the kernel has it: any bytes, which need not be text.</summary>
internal readonly record struct FileName
{
    private FileName(byte[] terminated) => Terminated = terminated;

    /// <summary>Its bytes and the zero that ends them.</summary>
    public byte[] Terminated { get; }

    /// <summary>Takes the bytes of a name, without the zero.</summary>
    public static FileName From(ReadOnlySpan<byte> name) => new([.. name, 0]);

    public static implicit operator FileName(string name) => From(Encoding.UTF8.GetBytes(name));

    /// <summary>For people: bytes that are no text are replaced.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Terminated, 0, Terminated.Length - 1);
}
