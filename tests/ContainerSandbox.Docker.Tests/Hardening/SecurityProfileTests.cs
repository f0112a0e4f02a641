using System.Text.Json;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>Rules that the profile keeps as a text, whichever kernel and library read it.</summary>
public sealed class SecurityProfileTests
{
    private static readonly JsonElement Profile = JsonDocument.Parse(File.ReadAllText(Repository.SecurityProfile)).RootElement;

    private static IEnumerable<JsonElement> Rules => Profile.GetProperty("syscalls").EnumerateArray();

    [Fact]
    public void What_is_not_named_is_refused()
    {
        Assert.Equal("SCMP_ACT_ERRNO", Profile.GetProperty("defaultAction").GetString());
        Assert.Equal(1, Profile.GetProperty("defaultErrnoRet").GetInt32());
    }

    [Fact]
    public void Only_native_calls_are_let_in()
    {
        var architectures = Profile.GetProperty("archMap").EnumerateArray().ToArray();
        Assert.Equal(["SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64"], architectures.Select(each => each.GetProperty("architecture").GetString()!));
        Assert.All(architectures, each => Assert.Equal(0, each.GetProperty("subArchitectures").GetArrayLength()));
        Assert.False(Profile.TryGetProperty("architectures", out _));
    }

    // libseccomp and runc differ in whether two conditions on one argument both hold or either: no rule has two.
    [Fact]
    public void No_rule_has_two_conditions_on_one_argument() => Assert.All(Conditions(), conditions => Assert.Distinct(conditions.Select(each => each.GetProperty("index").GetInt32())));

    // Comparisons that see all 64 bits of a number of which the kernel uses 32 are walked around by setting one above.
    [Fact]
    public void Conditions_look_at_named_bits_or_at_an_exact_value() => Assert.All(
        Conditions().SelectMany(conditions => conditions),
        condition => Assert.Contains(condition.GetProperty("op").GetString(), (string[])["SCMP_CMP_MASKED_EQ", "SCMP_CMP_EQ"]));

    [Fact]
    public void No_rule_depends_on_a_capability() => Assert.DoesNotContain("CAP_", Profile.GetRawText(), StringComparison.Ordinal);

    [Fact]
    public void A_call_with_a_condition_is_not_allowed_without_one_elsewhere()
    {
        var free = Rules.Where(rule => !rule.TryGetProperty("args", out _)).SelectMany(Names).ToArray();
        var bound = Rules.Where(rule => rule.TryGetProperty("args", out _)).SelectMany(Names).ToHashSet();
        Assert.Distinct(free);
        Assert.DoesNotContain(free, bound.Contains);
        string[] expected =
        [
            "chmod", "clone", "creat", "fchmod", "fchmodat", "fchmodat2", "mknod", "mknodat", "open", "openat", "personality", "socket", "socketpair",
        ];
        Assert.Equal(expected, bound.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<JsonElement[]> Conditions() =>
        Rules.Where(rule => rule.TryGetProperty("args", out _)).Select(rule => rule.GetProperty("args").EnumerateArray().ToArray());

    private static IEnumerable<string> Names(JsonElement rule) => rule.GetProperty("names").EnumerateArray().Select(name => name.GetString()!);
}
