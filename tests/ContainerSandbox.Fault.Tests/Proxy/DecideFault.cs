namespace ContainerSandbox.Fault.Tests.Proxy;

/// <summary>Says what is done to a call, and when that ends.</summary>
internal delegate FaultRule? DecideFault(MessageHead head, out Task lifted);
