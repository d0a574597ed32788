using System.Text;

namespace Gateway.Types.Tests;

public sealed class UserTypeTests
{
    private const uint Mood = 20001, Moods = 20000, Other = 20011;

    private static UserTypes Types { get; } = new(
    [
        new UserType(Mood, Moods, "public", "mood", "_mood")
        {
            Labels = [new(20002, "sad", 1, 100), new(20003, "ok", 2, 200), new(20004, "it's \"fine\"", 3, 300)],
        },
        new UserType(Other, 20010, "Else where", "user", "_user") { Labels = [new(20012, "a", 1, 1)] },
    ]);

    [Fact]
    public void An_enum_is_a_number_inside_and_its_label_on_the_wire()
    {
        using var scope = TypeScope.Enter(Types, null);
        var codec = Assert.IsType<EnumCodec>(Codecs.Get(Mood));
        Assert.Equal(200, codec.DecodeText("ok"u8, FormatSettings.Default));
        Assert.Equal(100, codec.DecodeBinary("sad"u8));
        using var text = new ByteWriter();
        codec.EncodeText(300, FormatSettings.Default, text);
        codec.EncodeBinary(100, text);
        Assert.Equal("it's \"fine\"sad", Encoding.UTF8.GetString(text.WrittenSpan));
    }

    [Theory]
    [InlineData(Mood, "SAD", "invalid input value for enum mood: \"SAD\"")]
    [InlineData(Mood, "", "invalid input value for enum mood: \"\"")]
    [InlineData(Other, "b", "invalid input value for enum \"Else where\".\"user\": \"b\"")]
    public void Another_label_is_refused_with_the_types_name(uint type, string label, string message)
    {
        var codec = (EnumCodec)Types.FindCodec(type)!;
        foreach (var entered in (UserTypes[])[Types, UserTypes.Empty])
        {
            using var scope = TypeScope.Enter(entered, null);
            var error = Assert.Throws<PgException>(() => codec.DecodeText(Encoding.UTF8.GetBytes(label), FormatSettings.Default));
            Assert.Equal(("22P02", message), (error.SqlState, error.Message));
        }
    }

    [Fact]
    public void A_number_without_a_label_is_an_error_and_no_empty_text()
    {
        using var output = new ByteWriter();
        Assert.Throws<PgException>(() => ((EnumCodec)Types.FindCodec(Mood)!).EncodeText(150, FormatSettings.Default, output));
    }

    [Fact]
    public void An_array_holds_numbers_inside_and_labels_on_the_wire()
    {
        using var scope = TypeScope.Enter(Types, null);
        var codec = (ArrayCodec)Codecs.Get(Moods);
        using var carrier = new ByteWriter();
        codec.DecodeText("{sad,NULL,\"it's \\\"fine\\\"\"}"u8, FormatSettings.Default, carrier);
        using var text = new ByteWriter();
        codec.EncodeText(carrier.WrittenSpan, FormatSettings.Default, text);
        Assert.Equal("{sad,NULL,\"it's \\\"fine\\\"\"}", Encoding.UTF8.GetString(text.WrittenSpan));

        using var wire = new ByteWriter();
        codec.EncodeBinary(carrier.WrittenSpan, wire);
        Assert.Contains("sad", Encoding.UTF8.GetString(wire.WrittenSpan), StringComparison.Ordinal);
        Assert.Equal((int)Mood, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(wire.WrittenSpan[8..]));
        using var back = new ByteWriter();
        codec.DecodeBinary(wire.WrittenSpan, back);
        Assert.Equal(carrier.WrittenSpan, back.WrittenSpan);
    }

    [Fact]
    public void An_array_in_binary_form_is_checked_to_its_end()
    {
        using var scope = TypeScope.Enter(Types, null);
        var codec = (ArrayCodec)Codecs.Get(Moods);
        using var carrier = new ByteWriter();
        codec.DecodeText("{sad}"u8, FormatSettings.Default, carrier);
        using var wire = new ByteWriter();
        codec.EncodeBinary(carrier.WrittenSpan, wire);
        var data = wire.WrittenSpan.ToArray();
        using var into = new ByteWriter();
        Assert.Throws<PgException>(() => codec.DecodeBinary(data.AsSpan(0, data.Length - 1), into));
        Assert.Throws<PgException>(() => codec.DecodeBinary([.. data, 0], into));
        data[^1] = (byte)'x';
        Assert.Equal("22P02", Assert.Throws<PgException>(() => codec.DecodeBinary(data, into)).SqlState);
        data[11]++;
        Assert.Equal("42804", Assert.Throws<PgException>(() => codec.DecodeBinary(data, into)).SqlState);
    }

    [Fact]
    public void A_scope_ends_and_gives_back_the_one_around_it()
    {
        Assert.Null(PgTypes.Find(Mood));
        using (TypeScope.Enter(Types, ["Else where"]))
        {
            Assert.Equal("mood", PgTypes.Get(Mood).Name);
            Assert.Equal("\"user\"", TypeNames.Format(Other));
            Assert.Equal("public.mood[]", TypeNames.Format(Moods));
            using (TypeScope.Enter(UserTypes.Empty, null)) Assert.Null(PgTypes.Find(Mood));
            Assert.NotNull(PgTypes.Find(Moods));
        }

        Assert.Null(PgTypes.Find(Mood));
        Assert.Equal("???", TypeNames.Format(Mood));
    }

    [Theory]
    [InlineData("mood", Mood), InlineData(" MOOD ", Mood), InlineData("public.mood", Mood), InlineData("mood[]", Moods), InlineData("_mood", Moods)]
    [InlineData("\"Else where\".\"user\"", Other), InlineData("\"user\"", 0u), InlineData("pg_catalog.mood", 0u), InlineData("\"Mood\"", 0u)]
    public void A_spelling_is_found_along_the_search_path(string spelling, uint oid)
    {
        using var scope = TypeScope.Enter(Types, ["public"]);
        Assert.Equal(oid, TypeNames.Find(spelling)?.Oid ?? 0);
    }
}
