using System.Buffers;
using System.Net.Sockets;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Startup;
using Gateway.Protocol.Wire;

namespace Gateway.Node.Tests;

/// <summary>A message from the server, as it came.</summary>
internal readonly record struct Answer(byte Code, byte[] Body)
{
    public char Letter => (char)Code;

    public string? SqlState => Code == BackendCode.ErrorResponse ? Frames.Read<ErrorResponse>(Body).Fields.Code : null;
}

/// <summary>A client that writes bytes and reads messages, and knows no manners of its own.</summary>
internal sealed class RawClient : IDisposable
{
    /// <summary>Nothing in these tests takes that long unless something hangs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpClient _socket;
    private byte[] _input = new byte[64 * 1024];
    private int _start;
    private int _end;

    private RawClient(int port)
    {
        _socket = new TcpClient("127.0.0.1", port) { NoDelay = true };
        Stream = _socket.GetStream();
    }

    public NetworkStream Stream { get; }

    public BackendKeyData Key { get; private set; }

    public static RawClient Connect(int port) => new(port);

    public static async Task<RawClient> Open(int port, string database = "scratch")
    {
        var client = new RawClient(port);
        await client.Start(database);
        return client;
    }

    public static byte[] Startup(string database = "scratch", string? options = null)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var more = options is null ? Array.Empty<KeyValuePair<string, string>>() : [new("options", options)];
        new StartupMessage(ProtocolVersion.Oldest, [new("user", "ana"), new("database", database), .. more]).WriteTo(bytes);
        return bytes.WrittenSpan.ToArray();
    }

    public static byte[] Query(string sql) => Bytes(new Query(System.Text.Encoding.UTF8.GetBytes(sql)));

    public static byte[] Bytes<T>(T message) where T : struct, IMessage, allows ref struct
    {
        var bytes = new ArrayBufferWriter<byte>();
        bytes.Write(message);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Parse, Bind, Execute with nothing named and no parameters.</summary>
    public static byte[] Extended(string sql) =>
        [.. Bytes(new Parse([], System.Text.Encoding.UTF8.GetBytes(sql))), .. Bytes(new Bind([], [])), .. Bytes(new Execute([]))];

    public async Task Start(string database = "scratch", string? options = null)
    {
        await Send(Startup(database, options));
        foreach (var answer in await ReadUntilReady())
        {
            if (answer.SqlState is { } state) throw new InvalidOperationException($"refused with {state}");
            if (answer.Code == BackendCode.BackendKeyData) Key = Frames.Read<BackendKeyData>(answer.Body);
        }
    }

    public Task Send(byte[] bytes) => Stream.WriteAsync(bytes).AsTask().WaitAsync(Patience);

    public async Task SendByteByByte(byte[] bytes)
    {
        for (var i = 0; i < bytes.Length; i++) await Stream.WriteAsync(bytes.AsMemory(i, 1)).AsTask().WaitAsync(Patience);
    }

    /// <summary>Sends a query and reads its answer.</summary>
    /// <returns>The SQLSTATE of the error if there was one.</returns>
    public async Task<string?> Run(string sql)
    {
        await Send(Query(sql));
        var error = (await ReadUntilReady()).FirstOrDefault(answer => answer.SqlState is not null);
        return error.SqlState != "XX000"
            ? error.SqlState
            : throw new InvalidOperationException(Frames.Read<ErrorResponse>(error.Body).Fields.Message);
    }

    /// <summary>The next message, or null when the connection is closed.</summary>
    public async Task<Answer?> Read()
    {
        while (true)
        {
            var buffer = new ReadOnlySequence<byte>(_input, _start, _end - _start);
            if (Frames.TryRead(ref buffer, int.MaxValue, out var frame))
            {
                _start = _end - (int)buffer.Length;
                return new Answer(frame.Code, frame.Body.ToArray());
            }

            if (_start > 0)
            {
                _input.AsSpan(_start, _end - _start).CopyTo(_input);
                (_start, _end) = (0, _end - _start);
            }

            if (_end == _input.Length) Array.Resize(ref _input, 2 * _input.Length);
            int count;
            try
            {
                count = await Stream.ReadAsync(_input.AsMemory(_end)).AsTask().WaitAsync(Patience);
            }
            catch (IOException)
            {
                return null;
            }

            if (count == 0) return null;
            _end += count;
        }
    }

    /// <summary>Everything up to ReadyForQuery, or to the end of the connection.</summary>
    public async Task<List<Answer>> ReadUntilReady()
    {
        var answers = new List<Answer>();
        while (await Read() is { } answer)
        {
            answers.Add(answer);
            if (answer.Code == BackendCode.ReadyForQuery) break;
        }

        return answers;
    }

    /// <summary>Everything until the server closes; the letters of the messages, errors as their SQLSTATE.</summary>
    public async Task<string> ReadToEnd()
    {
        var answers = new List<string>();
        while (await Read() is { } answer) answers.Add(answer.SqlState ?? answer.Letter.ToString());
        return string.Join(' ', answers);
    }

    /// <summary>Sends this session's CancelRequest, or one with another key, and waits for the end of that connection.</summary>
    /// <param name="wait">False: closed as soon as it is sent.</param>
    public async Task Cancel(int port, byte[]? key = null, bool wait = true)
    {
        using var other = new RawClient(port);
        var bytes = new ArrayBufferWriter<byte>();
        new CancelRequest(Key.ProcessId, key ?? Key.SecretKey).WriteTo(bytes);
        await other.Send(bytes.WrittenSpan.ToArray());
        if (wait) Assert.Null(await other.Read());
    }

    /// <summary>Says that nothing will follow, and goes on listening.</summary>
    public void HalfClose() => _socket.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Gone without a word, as when the client's process is killed.</summary>
    public void Reset()
    {
        _socket.Client.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();
}
