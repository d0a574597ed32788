using Conversations.Tests.Bare;
using Conversations.Tests.Format;
using Xunit.Sdk;

namespace Conversations.Tests;

/// <summary>A player that lets everything pass would prove nothing.</summary>
public sealed class PlayerTests
{
    private static readonly string[] Right =
    [
        "# A rule.",
        "> Query \"SELECT 1\"",
        "! a:int4 | 1",
        "< RowDescription a:int4",
        "< DataRow 1",
        "< CommandComplete \"SELECT 1\"",
        "< ReadyForQuery I",
    ];

    [Fact]
    public void A_right_conversation_passes() => Play(Right);

    [Theory]
    [InlineData("< RowDescription a:int4", "< RowDescription a:int8")]
    [InlineData("< RowDescription a:int4", "< RowDescription b:int4")]
    [InlineData("< RowDescription a:int4", "< RowDescription a:int4/binary")]
    [InlineData("< RowDescription a:int4", "< RowDescription a:int4 b:int4")]
    [InlineData("< RowDescription a:int4", "< RowDescription a:int4@1")]
    [InlineData("< DataRow 1", "< DataRow 2")]
    [InlineData("< DataRow 1", "< DataRow null")]
    [InlineData("< DataRow 1", "< DataRow 1 1")]
    [InlineData("< DataRow 1", "< ErrorResponse 22012")]
    [InlineData("< CommandComplete \"SELECT 1\"", "< CommandComplete \"SELECT 2\"")]
    [InlineData("< ReadyForQuery I", "< ReadyForQuery T")]
    [InlineData("< ReadyForQuery I", "< Closed")]
    public void A_wrong_line_fails(string right, string wrong) =>
        Assert.Throws<XunitException>(() => Play([.. Right.Select(line => line == right ? wrong : line)]));

    [Fact]
    public void A_message_too_many_fails() => Assert.Throws<XunitException>(() => Play(Right[..^1]));

    [Fact]
    public void An_answer_that_is_not_asked_for_fails() =>
        Assert.Throws<FormatException>(() => Play([.. Right[..3], "! b:int4", .. Right[3..]]));

    [Theory]
    [InlineData("< ErrorResponse 42601")]
    [InlineData("< ErrorResponse 42P01 position=9")]
    [InlineData("< ErrorResponse 42P01 message~\"other\"")]
    public void A_wrong_field_of_an_error_fails(string wrong)
    {
        string[] right = ["# A rule.", "> Query \"SELECT x\"", "! 42P01 position=8 message=\"no x\"", "< ErrorResponse 42P01 position=8 message~\"x\"", "< ReadyForQuery I"];
        Play(right);
        Assert.Throws<XunitException>(() => Play([.. right[..3], wrong, .. right[4..]]));
    }

    [Fact]
    public void Every_file_names_its_rule_in_a_sentence() =>
        Assert.All(Conversation.Names(), name => Assert.Contains(". ", Conversation.Load(name, "bare").Rule + " "));

    private static void Play(string[] lines) => Player.Play(Conversation.Parse("test.talk", lines, "bare"), new BarePeer());
}
