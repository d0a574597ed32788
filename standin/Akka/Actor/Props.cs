using System.Linq.Expressions;

namespace Akka.Actor;

/// <summary>The recipe of an actor: its class, constructor arguments and where it runs. Immutable.</summary>
public class Props : IEquatable<Props>
{
    private ActorFactory _factory;

    private Props(Type type, object[] arguments)
    {
        Type = type;
        Arguments = arguments;
    }

    protected Props(Props copy) : this(copy.Type, copy.Arguments)
    {
        _factory = copy._factory;
        Dispatcher = copy.Dispatcher;
        Mailbox = copy.Mailbox;
        SupervisorStrategy = copy.SupervisorStrategy;
        StashCapacity = copy.StashCapacity;
    }

    public Type Type { get; }
    public object[] Arguments { get; }
    public string Dispatcher { get; private set; } = Dispatch.Dispatchers.DefaultDispatcherId;
    public string Mailbox { get; private set; }
    public SupervisorStrategy SupervisorStrategy { get; private set; }
    internal int StashCapacity { get; private set; } = -1;
    public string TypeName => Type.AssemblyQualifiedName;

    public static Props Empty { get; } = Create<EmptyActor>();
    public static readonly Props None = Empty;

    /// <summary>The constructor arguments are evaluated here, once; the constructor runs at every start and restart.</summary>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy supervisorStrategy = null)
        where TActor : ActorBase
    {
        if (factory.Body is not NewExpression { Constructor: not null } construction)
            throw new ArgumentException("The create function must be a 'new T (args)' expression");
        var arguments = construction.Arguments.Select(ConstructorArgument.Evaluate).ToArray();
        return new Props(construction.Type, arguments)
        {
            _factory = ActorFactory.Of(construction.Constructor, arguments),
            SupervisorStrategy = supervisorStrategy,
        };
    }

    public static Props Create<TActor>(params object[] args) where TActor : ActorBase => Create(typeof(TActor), args);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy) where TActor : ActorBase, new() =>
        new(typeof(TActor), []) { SupervisorStrategy = supervisorStrategy };

    public static Props Create(Type type, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!typeof(ActorBase).IsAssignableFrom(type)) throw new ArgumentException($"{type} is not an actor.", nameof(type));
        return new Props(type, args ?? []);
    }

    public Props WithDispatcher(string dispatcher) => With(copy => copy.Dispatcher = dispatcher);
    public Props WithMailbox(string mailbox) => With(copy => copy.Mailbox = mailbox);
    public Props WithStashCapacity(int stashCapacity) => With(copy => copy.StashCapacity = stashCapacity);
    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) => With(copy => copy.SupervisorStrategy = supervisorStrategy);

    public virtual ActorBase NewActor()
    {
        // Resolved late: a constructor that does not exist is a failure of the actor, answered by its supervisor.
        _factory ??= ActorFactory.Of(Type, Arguments);
        return _factory.Create();
    }

    protected virtual Props Copy() => new(this);

    private Props With(Action<Props> change)
    {
        var copy = Copy();
        change(copy);
        return copy;
    }

    public bool Equals(Props other) =>
        other is not null && Type == other.Type && Dispatcher == other.Dispatcher && Mailbox == other.Mailbox
        && Arguments.SequenceEqual(other.Arguments);

    public override bool Equals(object obj) => Equals(obj as Props);
    public override int GetHashCode() => HashCode.Combine(Type, Dispatcher, Mailbox, Arguments.Length);

    private sealed class EmptyActor : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
