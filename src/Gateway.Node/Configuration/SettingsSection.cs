using Gateway.Actors.Settings;
using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Node.Configuration;

/// <summary>A <c>settings { … }</c> object: what sessions begin with, as ALTER ROLE … SET and ALTER DATABASE … SET have it on a server.</summary>
internal static class SettingsSection
{
    /// <exception cref="ConfigurationKeyException">There is no such setting, it cannot be set, or the value will not do.</exception>
    public static SettingDefaults Read(ConfigSection section)
    {
        var trial = new SessionSettings();
        var values = section.Values().OrderBy(entry => entry.Key, StringComparer.Ordinal).ToList();
        foreach (var (name, value) in values)
            try
            {
                trial.SetFromClient(name, value);
            }
            catch (PgException error)
            {
                throw section.Wrong(name, error.Message);
            }

        return new SettingDefaults([.. values]);
    }
}
