using Gateway.Protocol.Sasl;

namespace Gateway.Protocol.Tests.Sasl;

public class ScramVerifierTests
{
    private const string Pencil =
        "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";

    [Fact]
    public void A_verifier_is_what_PostgreSQL_would_have_stored() =>
        Assert.Equal(Pencil, ScramVerifier.Create("pencil", 4096, Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ==")).Format());

    [Fact]
    public void Reading_and_writing_are_inverse() => Assert.Equal(Pencil, ScramVerifier.Parse(Pencil).Format());

    [Theory]
    [InlineData("")]
    [InlineData("pencil")]
    [InlineData("md5c8b1e2a5f2c8c9b0c7b0d1a0b9b5c1f2")]
    [InlineData("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==")]
    [InlineData("SCRAM-SHA-256$0:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("SCRAM-SHA-256$-1:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("SCRAM-SHA-256$4096:$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("SCRAM-SHA-1$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    public void What_is_no_verifier_is_refused(string text)
    {
        Assert.False(ScramVerifier.TryParse(text, out _));
        Assert.Throws<FormatException>(() => ScramVerifier.Parse(text));
    }

    [Fact]
    public void Two_verifiers_of_one_password_have_different_salts() =>
        Assert.NotEqual(ScramVerifier.Create("x").Format(), ScramVerifier.Create("x").Format());

    [Fact]
    public void A_password_sent_as_it_is_can_be_checked()
    {
        var verifier = ScramVerifier.Create("pencil");
        Assert.True(verifier.Matches("pencil"));
        Assert.False(verifier.Matches("Pencil"));
    }

    [Fact]
    public void A_verifier_is_not_printed() => Assert.Equal("SCRAM-SHA-256$4096:…", ScramVerifier.Parse(Pencil).ToString());

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a\u00A0b", "a b")]
    [InlineData("I\u00ADX", "IX")]
    [InlineData("\u00AD", "\u00AD")]
    [InlineData("é\u0085", "é\u0085")]
    [InlineData("é", "é")]
    public void Passwords_are_prepared_or_left_alone(string password, string prepared) =>
        Assert.Equal(prepared, SaslPrep.Prepare(password));
}
