using System.Management.Automation;
using ContainerSandbox.Errors;

namespace ContainerSandbox.Commands;

/// <summary>Emits receipts; one without proof brings an error as well.</summary>
internal static class ReceiptOutput
{
    public static void Write(Cmdlet cmdlet, CleanupReceipt receipt)
    {
        cmdlet.WriteObject(receipt);
        if (!receipt.Verified)
            cmdlet.WriteError(SandboxErrors.CleanupNotVerified(receipt));
    }
}
