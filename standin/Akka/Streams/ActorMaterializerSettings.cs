using Akka.Actor;

namespace Akka.Streams;

/// <summary>What a materializer can be told.</summary>
public sealed class ActorMaterializerSettings
{
    public readonly int InitialInputBufferSize;
    public readonly int MaxInputBufferSize;

    private ActorMaterializerSettings(int initialInputBufferSize, int maxInputBufferSize)
    {
        InitialInputBufferSize = initialInputBufferSize;
        MaxInputBufferSize = maxInputBufferSize;
    }

    public static ActorMaterializerSettings Create(ActorSystem system)
    {
        var config = system.Settings.Config.GetConfig("akka.stream.materializer");
        return new ActorMaterializerSettings(config.GetInt("initial-input-buffer-size", 4), config.GetInt("max-input-buffer-size", 16));
    }

    public ActorMaterializerSettings WithInputBuffer(int initialSize, int maxSize) => new(initialSize, maxSize);
}
