using Gateway.Backends.Embedded;
using Gateway.Types;

namespace Gateway.Backends.Tests.Embedded;

public sealed class AdvisoryLockTests
{
    private static readonly AdvisoryKey Key = new(false, 7);
    private readonly AdvisoryLocks _locks = new();

    [Fact]
    public void A_session_may_take_its_own_lock_again_and_gives_back_each()
    {
        Assert.True(_locks.TryTake(Key, 1, shared: false, transaction: false));
        Assert.True(_locks.TryTake(Key, 1, shared: false, transaction: false));
        Assert.True(_locks.Release(Key, 1, shared: false));
        Assert.False(_locks.TryTake(Key, 2, shared: true, transaction: false));
        Assert.True(_locks.Release(Key, 1, shared: false));
        Assert.False(_locks.Release(Key, 1, shared: false));
        Assert.True(_locks.TryTake(Key, 2, shared: true, transaction: false));
    }

    [Fact]
    public void Shared_locks_share_and_keys_of_two_kinds_do_not_meet()
    {
        Assert.True(_locks.TryTake(Key, 1, shared: true, transaction: false));
        Assert.True(_locks.TryTake(Key, 2, shared: true, transaction: false));
        Assert.False(_locks.TryTake(Key, 1, shared: false, transaction: false));
        Assert.True(_locks.TryTake(new AdvisoryKey(true, 7), 3, shared: false, transaction: false));
    }

    [Fact]
    public void A_transactions_lock_ends_with_it_and_not_with_the_sessions()
    {
        Assert.True(_locks.TryTake(Key, 1, shared: false, transaction: true));
        Assert.False(_locks.Release(Key, 1, shared: false));
        _locks.ReleaseSession(1);
        Assert.False(_locks.TryTake(Key, 2, shared: false, transaction: false));
        _locks.ReleaseTransaction(1);
        Assert.True(_locks.TryTake(Key, 2, shared: false, transaction: false));
    }

    [Fact]
    public async Task A_wait_ends_with_the_lock_the_timeout_or_a_cancel()
    {
        Assert.True(_locks.TryTake(Key, 1, shared: false, transaction: false));
        var waiting = Task.Run(() => _locks.Take(Key, 2, false, false, TimeSpan.Zero, () => { }));
        Assert.Equal("55P03", Assert.Throws<PgException>(() => _locks.Take(Key, 3, false, false, TimeSpan.FromMilliseconds(50), () => { })).SqlState);
        Assert.Equal("57014", Assert.Throws<PgException>(() => _locks.Take(Key, 3, false, false, TimeSpan.Zero, () => throw new PgException("57014", "canceled"))).SqlState);
        Assert.False(waiting.IsCompleted);
        _locks.ReleaseSession(1);
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.False(_locks.TryTake(Key, 3, shared: false, transaction: false));
    }

    [Fact]
    public async Task Two_that_wait_for_each_other_do_not_wait_for_ever()
    {
        var other = new AdvisoryKey(false, 8);
        Assert.True(_locks.TryTake(Key, 1, shared: false, transaction: false));
        Assert.True(_locks.TryTake(other, 2, shared: false, transaction: false));
        var first = Task.Run(() => Try(other, 1));
        var second = Task.Run(() => Try(Key, 2));
        var states = await Task.WhenAll(first, second).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Contains("40P01", states);

        // Whoever fails lets go of its locks, as a session does that rolls back and leaves.
        string? Try(AdvisoryKey key, int session)
        {
            try
            {
                _locks.Take(key, session, false, false, TimeSpan.Zero, () => { });
                return null;
            }
            catch (PgException error)
            {
                _locks.ReleaseSession(session);
                return error.SqlState;
            }
        }
    }
}
