using System.Reflection;
using Akka.Actor;
using Gateway.Actors.Settings;

namespace Gateway.Node.Commands;

internal static class VersionCommand
{
    public static Task<int> Execute()
    {
        Console.WriteLine(Line());
        return Task.FromResult(0);
    }

    /// <summary>Which build this is, and on which actor runtime.</summary>
    public static string Line()
    {
        var own = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        var akka = typeof(ActorSystem).Assembly;
        var version = akka.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        var isStandin = akka.GetCustomAttribute<AssemblyDescriptionAttribute>()?.Description.Contains("small local actor runtime", StringComparison.Ordinal) == true;
        return $"IrisPgWire {own} (PostgreSQL {SettingRules.ServerVersionNumber[..2]} protocol), actor runtime: {(isStandin ? "stand-in (single node)" : "Akka.NET " + version)}";
    }
}
