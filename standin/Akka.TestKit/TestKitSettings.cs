using Akka.Configuration;

namespace Akka.TestKit;

/// <summary>The patience of a test kit, from akka.test.</summary>
public class TestKitSettings(Config config)
{
    public TimeSpan DefaultTimeout { get; } = config.GetTimeSpan("akka.test.default-timeout", TimeSpan.FromSeconds(5));
    public TimeSpan SingleExpectDefault { get; } = config.GetTimeSpan("akka.test.single-expect-default", TimeSpan.FromSeconds(3));
    public TimeSpan ExpectNoMessageDefault { get; } = config.GetTimeSpan("akka.test.expect-no-message-default", TimeSpan.FromMilliseconds(100));
    public double TestTimeFactor { get; } = config.GetDouble("akka.test.timefactor", 1.0);
}
