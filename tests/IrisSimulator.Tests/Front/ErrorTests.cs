namespace IrisSimulator.Tests.Front;

public class ErrorTests
{
    [Fact]
    public void An_error_reads_as_the_driver_shows_it() =>
        Assert.Equal("[SQLCODE: <-29>:Field not found]\r\n[%msg: <Field 'X' not found>]", new IrisError(-29, "Field 'X' not found").Message);

    [Fact]
    public void Versions_are_ordered()
    {
        Assert.True(IrisVersion.V2024_3 < IrisVersion.V2025_1);
        Assert.True(IrisVersion.V2024_3 > IrisVersion.V2024_1);
        Assert.Equal(IrisVersion.V2025_2, IrisVersion.Parse("2025.2.0.217"));
    }
}
