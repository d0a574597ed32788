using System.Data.Common;
namespace Gateway.Backends.Drivers;
public static class ProviderBinding { public static Func<string, DbProviderFactory> In(string folder) => _ => throw new NotSupportedException(); }
