// The library has types of the same names; here these are meant.
global using ContainerSpec = ContainerSandbox.Engine.Backends.ContainerSpec;
global using Version = System.Version;
global using NetworkSpec = ContainerSandbox.Engine.Backends.NetworkSpec;
