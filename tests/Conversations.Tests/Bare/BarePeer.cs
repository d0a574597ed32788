using System.Buffers;
using Conversations.Tests.Format;
using Gateway.Protocol.Session;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Conversations.Tests.Bare;

/// <summary>The state machine alone: no socket, task or clock.</summary>
internal sealed class BarePeer : IPeer
{
    private const int MaxBody = 1 << 20;

    private readonly FakeHost _host;
    private readonly Session _session;
    private readonly bool _isByteByByte;
    private readonly List<byte> _input = [];
    private int _read;

    public BarePeer(bool isByteByByte = false, bool isDeferred = false)
    {
        _host = new FakeHost(isDeferred);
        _host.Session = _session = new Session(_host);
        _isByteByByte = isByteByByte;
    }

    public void Send(Say say, bool syncFollows)
    {
        _host.Expect(say.Answers);
        if (_isByteByByte)
        {
            foreach (var value in say.Bytes)
            {
                _input.Add(value);
                Handle(Segment.Bytes(_input), syncFollows);
            }
        }
        else
        {
            _input.AddRange(say.Bytes);
            Handle(new ReadOnlySequence<byte>(_input.ToArray()), syncFollows);
        }

        _host.RequireAllAsked();
    }

    public Received Receive(bool singleByte)
    {
        var output = new ReadOnlySequence<byte>(_host.Output.WrittenMemory[_read..]);
        var before = output.Length;
        if (!Frames.TryRead(ref output, int.MaxValue, out var frame)) return _session.IsClosed ? Received.Closed : Received.Nothing;
        _read += (int)(before - output.Length);
        return new Received(frame.Code, frame.Body.ToArray());
    }

    public IEnumerable<Received> Rest()
    {
        _host.Flush();
        while (Receive(singleByte: false) is { IsMessage: true } received) yield return received;
    }

    public void Dispose() { }

    private void Handle(ReadOnlySequence<byte> input, bool syncFollows)
    {
        var before = input.Length;
        try
        {
            while (!_session.IsClosed && Frames.TryRead(ref input, MaxBody, out var frame))
            {
                _session.Receive(frame, syncFollows);
                while (!_session.CanReceive && !_session.IsClosed) _host.Finish();
            }
        }
        catch (PgException error)
        {
            _session.Failed(error);
        }

        _input.RemoveRange(0, (int)(before - input.Length));
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public static ReadOnlySequence<byte> Bytes(List<byte> bytes)
        {
            var first = new Segment { Memory = new[] { bytes[0] } };
            var last = first;
            foreach (var value in bytes.Skip(1))
            {
                var next = new Segment { Memory = new[] { value }, RunningIndex = last.RunningIndex + 1 };
                last.Next = next;
                last = next;
            }

            return new ReadOnlySequence<byte>(first, 0, last, 1);
        }
    }
}
