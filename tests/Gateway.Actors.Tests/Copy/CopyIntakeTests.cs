using System.Buffers;
using Gateway.Actors.Buffers;
using Gateway.Actors.Sessions.Copying;

namespace Gateway.Actors.Tests.Copy;

public class CopyIntakeTests
{
    [Fact]
    public async Task What_was_promised_room_is_not_lost_when_the_reader_takes_the_chunk_in_between()
    {
        var intake = new CopyIntake(BufferLimits.Default, () => { });
        await using var reader = intake.ReadAll().GetAsyncEnumerator();
        Assert.True(intake.Room > 0);
        intake.Give(new ReadOnlySequence<byte>("a"u8.ToArray()));
        var room = intake.Room;
        Assert.True(room > 0);
        Assert.Equal("a", await Next());
        intake.Give(new ReadOnlySequence<byte>(new byte[room]));
        Assert.Equal(room, (await Next()).Length);
        intake.End(null);
        Assert.Equal("", await Next());
        intake.Close();

        async Task<string> Next()
        {
            Assert.True(await reader.MoveNextAsync());
            using var chunk = reader.Current;
            return System.Text.Encoding.Latin1.GetString(chunk.Span);
        }
    }
}
