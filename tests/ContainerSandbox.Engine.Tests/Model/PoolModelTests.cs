using System.Globalization;
using CsCheck;

namespace ContainerSandbox.Engine.Tests.Model;

/// <summary>
/// Whatever happens to a pool in whatever order, no slot is handed out twice, nothing is started that is not needed, and it ends whole.
/// <para>
/// A failure prints the shortest sequence found and a seed; <c>CsCheck_Seed=&lt;seed&gt;</c> in the environment runs exactly that again.
/// <c>CONTAINERSANDBOX_MODEL_OPERATIONS=1000000</c> makes the run that long.
/// </para>
/// </summary>
public sealed class PoolModelTests
{
    private const int UsualOperations = 200_000;
    private const int OperationsInARow = 80;

    private static readonly Gen<Happening> Often = Gen.OneOf(
        Happening.Take, Happening.Take, Happening.Claim, Happening.StartSucceeds, Happening.StartSucceeds, Happening.ClosingEnds,
        Happening.WorkGoesOn, Happening.WorkGoesOn, Happening.WorkGoesOn, Happening.TimePasses, Happening.TimePasses);

    private static readonly Gen<(Happening What, int Which)[]> Sequences =
        Gen.Select(Gen.Frequency((2, Often), (1, Gen.Enum<Happening>())), Gen.Int[0, 999]).Array[OperationsInARow];

    private static long Runs
    {
        get
        {
            var asked = Environment.GetEnvironmentVariable("CONTAINERSANDBOX_MODEL_OPERATIONS");
            return (asked is null ? UsualOperations : long.Parse(asked, CultureInfo.InvariantCulture)) / OperationsInARow;
        }
    }

    [Fact]
    public void Whatever_happens_in_whatever_order_a_pool_keeps_its_promises_and_ends_whole() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[1, 4], Gen.Int[1, 2], Gen.Bool, Sequences).Sample(
            (target, first, later, settles, happenings) => StepScheduler.OnOneThread(() =>
            {
                var world = new PoolWorld(target, first, later);
                foreach (var (what, which) in happenings)
                    world.Happen(what, which);
                if (settles)
                    world.Settle();
                world.Close();
            }),
            iter: Runs,
            threads: 1,
            print: sample => $"target {sample.Item1}, {sample.Item2} then {sample.Item3} at once, settles {sample.Item4}: "
                + string.Join(", ", sample.Item5.Select(happening => $"{happening.What} {happening.Which}")));
}
