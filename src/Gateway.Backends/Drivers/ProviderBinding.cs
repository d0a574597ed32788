using System.Data.Common;
using System.Reflection;
using System.Runtime.Loader;
using Gateway.Types;

namespace Gateway.Backends.Drivers;

/// <summary>Finds a provider of System.Data.Common by name, while the node runs: nothing is compiled against any driver.</summary>
public static class ProviderBinding
{
    /// <summary>Where drivers' DLLs are put, unless the configuration says otherwise.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "drivers");

    /// <summary>Binds the drivers of a configuration: <see cref="Load"/> with its folder.</summary>
    public static Func<string, DbProviderFactory> In(string folder) => name => Load(name, folder);

    /// <param name="name">
    /// A driver's assembly (<c>InterSystems.Data.IRISClient</c>, <c>Npgsql</c>), or <c>Namespace.Type, Assembly</c> where the type
    /// is its factory or its connection.
    /// </param>
    /// <param name="folder">Where to look when the assembly is not beside the node; null for <see cref="DefaultFolder"/>.</param>
    /// <exception cref="PgException">58P01 when there is no such driver: the hint says where to get it and where to put it.</exception>
    public static DbProviderFactory Load(string name, string? folder = null)
    {
        var (type, assemblyName) = Split(name);
        folder ??= DefaultFolder;
        var assembly = Guarded(assemblyName, folder, () => BesideTheNode(assemblyName) ?? DriverFolder.Of(folder).Load(assemblyName))
            ?? throw Missing(assemblyName, folder);
        return Guarded(assemblyName, folder, () => Factory(assembly, type))
            ?? throw new PgException(SqlStates.UndefinedFile, $"\"{name}\" is no driver of System.Data.Common")
            {
                Detail = type is null
                    ? $"{assembly.Location} holds no provider factory and no connection."
                    : $"{assembly.Location} holds no provider factory or connection named {type}.",
            };
    }

    /// <summary>The same, from the folder alone.</summary>
    internal static DbProviderFactory? LoadFrom(string folder, string name)
    {
        var (type, assemblyName) = Split(name);
        return DriverFolder.Of(folder).Load(assemblyName) is { } assembly ? Factory(assembly, type) : null;
    }

    private static (string? Type, string Assembly) Split(string name) =>
        name.IndexOf(',') is > 0 and var comma ? (name[..comma].Trim(), name[(comma + 1)..].Trim()) : (null, name.Trim());

    private static Assembly? BesideTheNode(string name)
    {
        // A name with a path in it would be a file somewhere else.
        if (name.AsSpan().IndexOfAny('/', '\\') >= 0 || name.Length == 0) return null;
        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(name));
        }
        catch (FileNotFoundException)
        {
            var file = Path.Combine(AppContext.BaseDirectory, name + ".dll");
            return File.Exists(file) ? AssemblyLoadContext.Default.LoadFromAssemblyPath(file) : null;
        }
    }

    internal static DbProviderFactory? Factory(Assembly assembly, string? type)
    {
        if (type is not null) return Named(assembly, type);
        foreach (var known in KnownDrivers.Find(assembly.GetName().Name!)?.Types ?? [])
            if (Named(assembly, known) is { } factory) return factory;

        // A factory before a bare connection; the shortest name before those derived from it.
        return assembly.GetExportedTypes()
            .Where(candidate => candidate is { IsAbstract: false, IsClass: true })
            .OrderBy(candidate => !candidate.IsSubclassOf(typeof(DbProviderFactory)))
            .ThenBy(candidate => candidate.Name.Length)
            .Select(Make)
            .FirstOrDefault(factory => factory is not null);
    }

    private static DbProviderFactory? Named(Assembly assembly, string type) => assembly.GetType(type) is { } found ? Make(found) : null;

    private static DbProviderFactory? Make(Type type)
    {
        if (type.IsSubclassOf(typeof(DbProviderFactory)))
        {
            return type.GetField("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as DbProviderFactory
                ?? (type.GetConstructor([]) is { } constructor ? (DbProviderFactory)constructor.Invoke(null) : null);
        }

        return type.IsSubclassOf(typeof(DbConnection)) && type.GetConstructor([]) is not null ? new ConnectionFactory(type) : null;
    }

    private static T? Guarded<T>(string name, string folder, Func<T?> load)
        where T : class
    {
        try
        {
            return load();
        }
        catch (Exception error) when (error is BadImageFormatException or FileLoadException or FileNotFoundException or TypeLoadException
            or ReflectionTypeLoadException or TargetInvocationException or TypeInitializationException)
        {
            throw new PgException(SqlStates.UndefinedFile, $"the driver {name} cannot be loaded: {error.Message}", error)
            {
                Hint = error is FileNotFoundException { FileName: { } missing }
                    ? $"It needs {missing.Split(',')[0]}.dll, which belongs into {folder} beside it."
                    : $"It must be built for .NET 8 to 10 and this processor; the one at hand is in {folder} or beside the node.",
            };
        }
    }

    private static PgException Missing(string name, string folder) =>
        new(SqlStates.UndefinedFile, $"the driver {name} was not found beside the node nor in {folder}")
        {
            Hint = $"{KnownDrivers.Find(name)?.Source ?? $"Get {name}.dll from the maker of the driver"}, "
                + $"and put it with the DLLs it needs into {folder}, or name another folder in the configuration.",
        };

    /// <summary>For a driver that has only a connection.</summary>
    private sealed class ConnectionFactory(Type type) : DbProviderFactory
    {
        public override DbConnection CreateConnection() => (DbConnection)Activator.CreateInstance(type)!;
    }
}
