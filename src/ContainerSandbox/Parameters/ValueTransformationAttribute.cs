using System.Management.Automation;

namespace ContainerSandbox.Parameters;

/// <summary>
/// Reads what people give for a parameter. An empty value, such as an empty cell of a CSV file, means that nothing was given.
/// </summary>
internal abstract class ValueTransformationAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = Unwrap(inputData);
        if (value is null || (value is string text && string.IsNullOrWhiteSpace(text)))
            return null;
        return Read(value)
            ?? throw new ArgumentTransformationMetadataException($"'{value}' cannot be used here. Accepted are: {AcceptedForms}.");
    }

    /// <summary>What to write instead, for the error message.</summary>
    internal abstract string AcceptedForms { get; }

    /// <summary>Reads a value; null when it makes no sense.</summary>
    internal abstract object? Read(object value);

    protected static object? Unwrap(object? value) => value is PSObject wrapper ? wrapper.BaseObject : value;
}
