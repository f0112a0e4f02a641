using System.Buffers;
using System.Management.Automation;
using System.Runtime.InteropServices;
using System.Text;

namespace ContainerSandbox.Commands;

/// <summary>Collects what comes down the pipeline as the standard input of a command.</summary>
internal sealed class CommandInput
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>
    /// Takes a string with a newline after it, a byte or bytes as they are, or the output of another command; false for anything else.
    /// </summary>
    public bool TryAdd(object? input)
    {
        switch (input is PSObject wrapper ? wrapper.BaseObject : input)
        {
            case string text:
                Append(text);
                _buffer.Write("\n"u8);
                return true;
            case byte single:
                _buffer.Write([single]);
                return true;
            case byte[] bytes:
                _buffer.Write(bytes);
                return true;
            case CommandResult result:
                Append(result.StandardOutput);
                return true;
            default:
                return false;
        }
    }

    /// <summary>All of it, once for each command that reads it.</summary>
    public Stream OpenRead()
    {
        MemoryMarshal.TryGetArray(_buffer.WrittenMemory, out var written);
        return new MemoryStream(written.Array ?? [], written.Offset, written.Count, writable: false);
    }

    private void Append(string text) => Encoding.UTF8.GetBytes(text, _buffer);
}
