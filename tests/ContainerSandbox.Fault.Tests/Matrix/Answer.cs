namespace ContainerSandbox.Fault.Tests.Matrix;

/// <summary>What a caller got.</summary>
/// <param name="Call">What was called.</param>
/// <param name="Outcome">The error's id, or in a word what became of it.</param>
/// <param name="Took">How long that took.</param>
/// <param name="Limit">How long it may have taken.</param>
internal sealed record Answer(string Call, string Outcome, TimeSpan Took, TimeSpan Limit)
{
    public override string ToString() => $"{Call}: {Outcome} after {Took.TotalSeconds:0.0} s";
}
