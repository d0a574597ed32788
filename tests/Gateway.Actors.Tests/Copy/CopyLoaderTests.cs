using Gateway.Actors.Sessions.Copying;
using Gateway.Backends;
using Gateway.Sql.Analysis;
using Gateway.Types;

namespace Gateway.Actors.Tests.Copy;

/// <summary>The last step of a COPY FROM: what a failing backend says of its rows.</summary>
public class CopyLoaderTests
{
    [Theory]
    [InlineData(0, "COPY t, line 11: \"one\"")]
    [InlineData(1, "COPY t, line 12: \"two\"")]
    [InlineData(2, null)]   // the server ended behind the last row
    [InlineData(-1, null)]
    public async Task The_error_is_placed_at_the_row_it_is_about_if_any(int done, string? where)
    {
        var loader = new CopyLoader(new FailingInsert(done), new BoundCopy("t", [], null!), new RowBatches(), () => ValueTask.CompletedTask);
        var batch = new RowBatch();
        batch.EndRow(11, "one"u8);
        batch.EndRow(12, "two"u8);

        Assert.False(await loader.Load(batch));

        var failure = Assert.IsType<PgException>(loader.Failure);
        Assert.Equal(("08006", where), (failure.SqlState, failure.Where));
    }

    private sealed class FailingInsert(int done) : IBulkInsert
    {
        public int Done => done;

        public void Write(ValueList values, int rows) => throw new PgException(SqlStates.ConnectionFailure, "the connection is lost");

        public long Complete() => 0;

        public void Dispose()
        {
        }
    }
}
