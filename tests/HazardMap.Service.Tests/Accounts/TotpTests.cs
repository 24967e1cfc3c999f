using System.Text;
using HazardMap.Service.Accounts;

namespace HazardMap.Service.Tests.Accounts;

/// <summary>Codes are those of RFC 6238 and of every authenticator app.</summary>
public sealed class TotpTests
{
    // RFC 6238, appendix B (SHA-1), the last six of its eight digits.
    [Theory]
    [InlineData(59, "287082"), InlineData(1111111109, "081804"), InlineData(1111111111, "050471"), InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037"), InlineData(20000000000, "353130")]
    public void A_moment_has_the_code_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeOf("12345678901234567890"u8, Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Fact]
    public void A_code_of_the_steps_beside_is_taken_and_one_of_the_step_after_those_is_not()
    {
        var (secret, now) = (Totp.NewSecret(), DateTimeOffset.UtcNow);
        foreach (var off in new[] { -1, 0, 1 })
            Assert.Equal(Totp.StepOf(now) + off, Totp.Match(secret, Totp.CodeOf(secret, Totp.StepOf(now) + off), now));
        Assert.Null(Totp.Match(secret, Totp.CodeOf(secret, Totp.StepOf(now) + 2), now));
        Assert.Null(Totp.Match(secret, Totp.CodeOf(secret, Totp.StepOf(now) - 2), now));
    }

    // RFC 4648, section 10, without the padding that apps do not want.
    [Theory, InlineData("f", "MY"), InlineData("fo", "MZXQ"), InlineData("foo", "MZXW6"), InlineData("foobar", "MZXW6YTBOI")]
    public void A_secret_is_written_in_base_32(string bytes, string text) => Assert.Equal(text, Totp.Text(Encoding.ASCII.GetBytes(bytes)));

    [Fact]
    public void A_code_from_paper_is_read_however_it_is_typed()
    {
        var code = ReadableCode.Create();
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$", code);
        var typed = code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal).Replace('0', 'o').Replace('1', 'l');
        Assert.Equal(ReadableCode.Hash(code), ReadableCode.Hash(typed));
        Assert.Null(ReadableCode.Hash(code[..^1]));
        Assert.Null(ReadableCode.Hash(new string('9', 500)));
    }
}
