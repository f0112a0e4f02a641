using System.Globalization;

namespace ContainerSandbox.Parameters;

[AttributeUsage(AttributeTargets.Property)]
internal sealed class CountAttribute : ValueTransformationAttribute
{
    public int Minimum { get; init; } = 1;

    internal override string AcceptedForms =>
        string.Create(CultureInfo.InvariantCulture, $"a whole number, {Minimum} or more");

    internal override object? Read(object value)
    {
        decimal number;
        if (value is string text)
        {
            if (!Quantity.TrySplit(text, out number, out var unit) || unit.Length > 0)
                return null;
        }
        else if (!Quantity.TryToDecimal(value, out number))
        {
            return null;
        }

        return number == decimal.Truncate(number) && number >= Minimum && number <= int.MaxValue ? (int)number : null;
    }
}
