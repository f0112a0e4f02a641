// Most of the time is waiting for deadlines, so there is room for more tests at once than cores.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
