using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Actor;

/// <summary>A constructor with its arguments.</summary>
internal sealed class ActorFactory
{
    private readonly ConstructorInvoker _constructor;
    private readonly object[] _arguments;

    private ActorFactory(ConstructorInfo constructor, object[] arguments)
    {
        _constructor = ConstructorInvoker.Create(constructor);
        _arguments = arguments;
    }

    public static ActorFactory Of(ConstructorInfo constructor, object[] arguments) => new(constructor, arguments);

    public static ActorFactory Of(Type type, object[] arguments)
    {
        foreach (var constructor in type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
            if (TryComplete(constructor.GetParameters(), arguments, out var completed)) return new ActorFactory(constructor, completed);

        var given = string.Join(", ", arguments.Select(argument => argument?.GetType().Name ?? "null"));
        throw new MissingMethodException($"{type.FullName} has no constructor that takes ({given}).");
    }

    public ActorBase Create() => (ActorBase)_constructor.Invoke(_arguments.AsSpan());

    private static bool TryComplete(ParameterInfo[] parameters, object[] arguments, out object[] completed)
    {
        completed = null;
        if (arguments.Length > parameters.Length) return false;
        var values = new object[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            var type = parameters[i].ParameterType;
            if (i >= arguments.Length && !parameters[i].HasDefaultValue) return false;
            values[i] = i < arguments.Length ? arguments[i] : parameters[i].DefaultValue;
            var fits = values[i] is null ? !type.IsValueType || Nullable.GetUnderlyingType(type) is not null : type.IsInstanceOfType(values[i]);
            if (!fits) return false;
        }
        completed = values;
        return true;
    }
}

/// <summary>Evaluates the argument expressions of Props.Create, the common shapes without compiling anything.</summary>
internal static class ConstructorArgument
{
    public static object Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member when member.Expression is null or ConstantExpression or MemberExpression =>
            field.GetValue(member.Expression is null ? null : Evaluate(member.Expression)),
        _ => Expression.Lambda<Func<object>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };
}
