using ContainerSandbox.Engine.Sessions;
using CsCheck;

namespace ContainerSandbox.Engine.Tests.Sessions;

/// <summary>Whatever text is quoted, a shell reads it back.</summary>
[Collection(nameof(LocalShellTests))]
public sealed class QuotingTests
{
    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String[Gen.Char["'\"\\$`!*?[]{}()<>|&;#~ \t\r\n-=%^,:./@aZ09"], 0, 40],
        Gen.Int[1, 0x10FFFF].Where(rune => rune is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32).Array[0, 30].Select(string.Concat));

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_quoted_word_is_read_back_as_it_was(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        foreach (var batch in AnyText.Array[40].Array[25].Single())
        {
            var words = string.Join(' ', batch.Select(ShellQuote.Word));
            var result = await rig.RunAsync($"printf '%s\\000' {words}");
            Assert.Equal([.. batch, ""], result.StandardOutput.Split('\0'));
        }
    }

    [Fact]
    public void A_word_without_apostrophes_is_only_enclosed() => Assert.Equal("'a b'", ShellQuote.Word("a b"));

    [Fact]
    public void An_empty_word_stays_a_word() => Assert.Equal("''", ShellQuote.Word(""));
}
