using Gateway.Protocol.Messages;
using Gateway.Protocol.Session;
using Gateway.Protocol.Wire;

namespace Gateway.Actors.Sessions.Copying;

/// <summary>Moves what the client copies in to the COPY that runs: CopyData in parts, as large as there is room for.</summary>
internal sealed class CopyFeed(SessionInput input, Protocol.Session.Session machine)
{
    public enum Outcome
    {
        /// <summary>There was no more to take; more is to be read.</summary>
        NeedsData,

        /// <summary>Something has to happen first: room, the end of the COPY, what was given being digested.</summary>
        Waits,
    }

    /// <summary>Gives on what has come.</summary>
    /// <exception cref="Types.PgException">08P01: a length that cannot be. Nothing behind it can be told apart.</exception>
    public Outcome Give(CopyIntake intake)
    {
        while (intake.IsTaking)
        {
            if (input.CopyRest == 0 && !Begin(intake)) return input.HasData ? Outcome.Waits : Outcome.NeedsData;
            while (input.CopyRest > 0)
            {
                if (input.IsEmpty)
                {
                    input.Advance();
                    return Outcome.NeedsData;
                }

                var room = intake.Room;
                if (room == 0) return Outcome.Waits;
                machine.Receive(new Frame(FrontendCode.CopyData, input.TakeCopyData(room)));
            }
        }

        return Outcome.Waits;
    }

    /// <summary>Looks at the head of a message; one that is no CopyData is handled at once.</summary>
    /// <returns>False when its head or the rest of it has not come yet, or its turn has not.</returns>
    private bool Begin(CopyIntake intake)
    {
        if (!input.TryPeek(out var code)) return NeedsMore();
        if (code == FrontendCode.CopyData) return input.TryBeginCopyData() || NeedsMore();

        // The rows before it may be wrong, which comes first.
        if (code is not (FrontendCode.CopyDone or FrontendCode.CopyFail) && !intake.IsDigested) return false;
        if (!Protocol.Session.Session.BelongsToCopyIn(code))
        {
            machine.Receive(new Frame(code, default));
            return true;
        }

        if (!input.TryRead(out var frame)) return NeedsMore();
        machine.Receive(frame);
        return true;
    }

    private bool NeedsMore()
    {
        input.Advance();
        return false;
    }
}
