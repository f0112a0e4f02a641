using System.Management.Automation;
using ContainerSandbox.Errors;

namespace ContainerSandbox.Commands;

/// <summary>Emits receipts; one without proof brings an error as well.</summary>
internal static class ReceiptOutput
{
    public static void Write(Cmdlet cmdlet, IReadOnlyList<CleanupReceipt> receipts)
    {
        foreach (var receipt in receipts)
            Write(cmdlet, receipt);
    }

    private static void Write(Cmdlet cmdlet, CleanupReceipt receipt)
    {
        cmdlet.WriteObject(receipt);
        if (!receipt.Verified)
            cmdlet.WriteError(SandboxErrors.CleanupNotVerified(receipt));
    }
}
