using System.Globalization;

namespace ContainerSandbox.Parameters;

/// <summary>Numbers as people write them, with or without a unit. Invariant, without sign and exponent.</summary>
internal static class Quantity
{
    /// <summary>Takes text such as <c>1.5 GiB</c> apart.</summary>
    public static bool TrySplit(string text, out decimal number, out string unit)
    {
        var trimmed = text.AsSpan().Trim();
        var length = 0;
        while (length < trimmed.Length && (char.IsAsciiDigit(trimmed[length]) || trimmed[length] == '.'))
            length++;
        unit = trimmed[length..].TrimStart().ToString();
        return decimal.TryParse(trimmed[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Reads a number of whatever type.</summary>
    public static bool TryToDecimal(object value, out decimal number)
    {
        number = 0;
        switch (value)
        {
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
                number = Convert.ToDecimal(value, CultureInfo.InvariantCulture);
                return true;
            case float or double:
                var real = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                if (!(Math.Abs(real) < 1e18))
                    return false;
                number = (decimal)real;
                return true;
            default:
                return false;
        }
    }
}
