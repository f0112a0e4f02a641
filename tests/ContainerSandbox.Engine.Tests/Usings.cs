global using ContainerSandbox.Engine.Tests.Fakes;
global using Xunit;
