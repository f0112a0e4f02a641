global using EngineSandbox = ContainerSandbox.Engine.Sandboxes.Sandbox;
