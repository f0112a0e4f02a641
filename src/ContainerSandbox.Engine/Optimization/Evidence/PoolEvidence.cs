namespace ContainerSandbox.Engine.Optimization;

/// <summary>What is known of the demand on one pool.</summary>
/// <param name="Specialization">Its specialization.</param>
/// <param name="Target">Containers that it keeps ready now.</param>
/// <param name="Observed">How long it has had this target; an hour counts at most.</param>
/// <param name="Claims">Claims within the last hour.</param>
/// <param name="Misses">Of these, those that found nothing ready.</param>
/// <param name="MissedAtTarget">The highest target at which that happened.</param>
/// <param name="Burst">The most claims that came within the time of one refill.</param>
/// <param name="RefillTime">How long the start of a container takes for whoever waits for it.</param>
internal sealed record PoolEvidence(
    string Specialization, int Target, TimeSpan Observed, int Claims, int Misses, int MissedAtTarget, int Burst, TimeSpan RefillTime);
