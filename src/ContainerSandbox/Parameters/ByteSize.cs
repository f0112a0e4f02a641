namespace ContainerSandbox.Parameters;

/// <summary>Sizes in bytes, on the base of 1024 as PowerShell's own literals: <c>512MB</c>, <c>512m</c>, <c>1.5GiB</c>, a plain number.</summary>
internal static class ByteSize
{
    public static bool TryRead(object value, out long bytes)
    {
        bytes = 0;
        decimal number;
        if (value is string text)
        {
            if (!Quantity.TrySplit(text, out number, out var unit) || Factor(unit) is not { } factor || number > long.MaxValue / factor)
                return false;
            number *= factor;
        }
        else if (!Quantity.TryToDecimal(value, out number))
        {
            return false;
        }

        number = decimal.Truncate(number);
        if (number < 1 || number > long.MaxValue)
            return false;
        bytes = (long)number;
        return true;
    }

    private static decimal? Factor(string unit) => unit.ToUpperInvariant() switch
    {
        "" or "B" => 1,
        "K" or "KB" or "KIB" => 1L << 10,
        "M" or "MB" or "MIB" => 1L << 20,
        "G" or "GB" or "GIB" => 1L << 30,
        "T" or "TB" or "TIB" => 1L << 40,
        _ => null,
    };
}
