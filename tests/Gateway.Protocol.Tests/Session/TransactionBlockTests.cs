using Gateway.Protocol.Messages;
using Gateway.Protocol.Session;
using Gateway.Types;

namespace Gateway.Protocol.Tests.Session;

public sealed class TransactionBlockTests
{
    private readonly TransactionBlock _block = new();

    [Fact]
    public void A_block_is_open_from_Open_to_Close()
    {
        Assert.Equal(TransactionStatus.Idle, _block.Status);
        _block.Open(null, readOnly: false);
        Assert.Equal(TransactionStatus.InBlock, _block.Status);
        _block.Close();
        Assert.Equal(TransactionStatus.Idle, _block.Status);
    }

    [Fact]
    public void Only_an_open_block_can_fail()
    {
        _block.Fail();
        Assert.Equal(TransactionStatus.Idle, _block.Status);
        _block.RequireUsable();

        _block.Open(null, readOnly: false);
        _block.Fail();
        Assert.Equal(TransactionStatus.Failed, _block.Status);
        AssertThrows(SqlStates.InFailedSqlTransaction, _block.RequireUsable);
    }

    [Fact]
    public void The_next_block_knows_nothing_of_the_last()
    {
        _block.Open("serializable", readOnly: true);
        _block.AddSavepoint("s");
        _block.HasRun = true;
        _block.Fail();
        _block.Close();

        _block.Open(null, readOnly: false);
        Assert.Equal(TransactionStatus.InBlock, _block.Status);
        Assert.Empty(_block.Savepoints);
        Assert.False(_block.HasRun);
        Assert.False(_block.ReadOnly);
        Assert.Null(_block.Isolation);
    }

    [Fact]
    public void What_needs_a_block_is_refused_without_one()
    {
        AssertThrows(SqlStates.NoActiveSqlTransaction, () => _block.RequireOpen("SAVEPOINT"));
        _block.Open(null, readOnly: false);
        _block.RequireOpen("SAVEPOINT");
        _block.Fail();
        _block.RequireOpen("ROLLBACK TO SAVEPOINT");
    }

    [Fact]
    public void Rolling_back_to_a_savepoint_keeps_it_and_makes_the_block_usable()
    {
        Open("a", "b", "c");
        _block.Fail();
        _block.RollBackTo(_block.FindSavepoint("b"));
        Assert.Equal(["a", "b"], _block.Savepoints);
        Assert.Equal(TransactionStatus.InBlock, _block.Status);
    }

    [Fact]
    public void Releasing_a_savepoint_ends_it_and_those_inside_it()
    {
        Open("a", "b", "c");
        _block.Release(_block.FindSavepoint("b"));
        Assert.Equal(["a"], _block.Savepoints);
    }

    [Fact]
    public void Of_two_savepoints_with_one_name_the_inner_one_counts()
    {
        Open("a", "b", "a");
        Assert.Equal(2, _block.FindSavepoint("a"));
        _block.Release(2);
        Assert.Equal(0, _block.FindSavepoint("a"));
    }

    [Fact]
    public void A_savepoint_that_does_not_exist_is_3B001()
    {
        Open("a");
        AssertThrows(SqlStates.InvalidSavepoint, () => _block.FindSavepoint("A"));
    }

    [Fact]
    public void The_isolation_level_is_fixed_by_the_first_statement()
    {
        _block.Open(null, readOnly: false);
        _block.SetModes("repeatable read", null);
        _block.SetModes("serializable", null);
        _block.HasRun = true;
        _block.SetModes("serializable", null);
        AssertThrows(SqlStates.ActiveSqlTransaction, () => _block.SetModes("read committed", null));
        Assert.Equal("serializable", _block.Isolation);
    }

    [Fact]
    public void A_block_may_become_read_only_at_any_time_and_read_write_only_before_the_first_statement()
    {
        _block.Open(null, readOnly: true);
        _block.SetModes(null, readOnly: false);
        _block.HasRun = true;
        _block.SetModes(null, readOnly: true);
        Assert.True(_block.ReadOnly);
        AssertThrows(SqlStates.ActiveSqlTransaction, () => _block.SetModes(null, readOnly: false));
        Assert.True(_block.ReadOnly);
    }

    private void Open(params string[] savepoints)
    {
        _block.Open(null, readOnly: false);
        foreach (var name in savepoints) _block.AddSavepoint(name);
    }

    private static void AssertThrows(string sqlState, Action action) =>
        Assert.Equal(sqlState, Assert.Throws<PgException>(action).SqlState);
}
