using System.Text;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>A command that a fake session was given: the test says what it does.</summary>
internal sealed class FakeCommand(FakeSessionChannel session, string text, string prelude, string arm, string mark, bool isWorker)
{
    public FakeSessionChannel Session => session;

    /// <summary>The command as the user gave it.</summary>
    public string Text => text;

    /// <summary>What the session runs before it.</summary>
    public string Prelude => prelude;

    /// <summary>What came before it in the request: the variables of the claim, or nothing.</summary>
    public string Arm => arm;

    public bool IsWorker => isWorker;

    /// <summary>Takes the command up.</summary>
    public FakeCommand Begin() => Write($"{mark}+");

    public FakeCommand Write(string output)
    {
        session.Say(SessionOutput.Standard, Encoding.UTF8.GetBytes(output));
        return this;
    }

    public FakeCommand WriteError(string output)
    {
        session.Say(SessionOutput.Error, Encoding.UTF8.GetBytes(output));
        return this;
    }

    /// <summary>Ends as session.sh does: a worker says so, what became the command ends with it.</summary>
    public void Finish(int exitCode, int left = 0)
    {
        if (!isWorker)
        {
            session.End(exitCode);
            return;
        }

        WriteError(mark);
        Write($"{mark} {exitCode} {left}\n");
    }
}
