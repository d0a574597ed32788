using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Gateway.Backends.Drivers;

/// <summary>A folder with a driver's DLLs. What the driver needs is looked for in the same folder first, then in the node.</summary>
internal sealed class DriverFolder
{
    private static readonly Dictionary<string, DriverFolder> Known = new(StringComparer.Ordinal);

    // The framework's own assemblies are never taken from a folder: their types must be the node's.
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "";

    private readonly string _path;
    private readonly Context _context;

    private DriverFolder(string path)
    {
        _path = path;
        _context = new Context(this);
    }

    /// <summary>One for each path, so that two routes with one driver share its types and its connection pool.</summary>
    public static DriverFolder Of(string path)
    {
        path = Path.GetFullPath(path);
        lock (Known)
        {
            if (!Known.TryGetValue(path, out var folder)) Known.Add(path, folder = new DriverFolder(path));
            return folder;
        }
    }

    /// <summary>Null when the folder has no such file.</summary>
    /// <exception cref="BadImageFormatException">The file is no .NET assembly.</exception>
    public Assembly? Load(string name) => Find(name) is { } file ? _context.LoadFromAssemblyPath(file) : null;

    private string? Find(string name) =>
        name.AsSpan().IndexOfAny('/', '\\') < 0 && Path.Combine(_path, name + ".dll") is var file && File.Exists(file) ? file : null;

    private sealed class Context(DriverFolder folder) : AssemblyLoadContext("drivers")
    {
        protected override Assembly? Load(AssemblyName name) =>
            name.Name is { } simple && !File.Exists(Path.Combine(Framework, simple + ".dll")) && folder.Find(simple) is { } file
                ? LoadFromAssemblyPath(file)
                : null;

        protected override nint LoadUnmanagedDll(string name)
        {
            foreach (var place in (ReadOnlySpan<string>)["", Path.Combine("runtimes", RuntimeInformation.RuntimeIdentifier, "native")])
                foreach (var file in (ReadOnlySpan<string>)[name, $"lib{name}.so", $"{name}.dll", $"lib{name}.dylib"])
                    if (Path.Combine(folder._path, place, file) is var path && File.Exists(path)) return LoadUnmanagedDllFromPath(path);
            return 0;
        }
    }
}
