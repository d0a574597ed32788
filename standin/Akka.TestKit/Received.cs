using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A received message and its sender.</summary>
internal readonly record struct Received(object Message, IActorRef Sender);
