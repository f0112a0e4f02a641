using Xunit;

// Most tests share one container engine, and some count what it holds.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
