namespace ContainerSandbox.Parameters;

/// <summary>Shares of processors in cores: <c>0.5</c>, <c>1.5</c>, or in thousandths of a core: <c>500m</c>.</summary>
internal static class CpuCount
{
    public static bool TryRead(object value, out double cores)
    {
        cores = 0;
        decimal number;
        if (value is string text)
        {
            if (!Quantity.TrySplit(text, out number, out var unit) || unit is not ("" or "m"))
                return false;
            if (unit == "m")
                number /= 1000;
        }
        else if (!Quantity.TryToDecimal(value, out number))
        {
            return false;
        }

        cores = (double)number;
        return cores > 0;
    }
}
