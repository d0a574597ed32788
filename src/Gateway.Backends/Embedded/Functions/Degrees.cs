namespace Gateway.Backends.Embedded.Functions;

/// <summary>Trigonometry in degrees, exact where the manual promises it: scaled so that 30, 45 and 60 degrees come out even.</summary>
internal static class Degrees
{
    private static readonly double Sin30 = Math.Sin(Radians(30));
    private static readonly double OneMinusCos60 = 1 - Math.Cos(Radians(60));
    private static readonly double AsinHalf = Math.Asin(0.5);
    private static readonly double AcosHalf = Math.Acos(0.5);
    private static readonly double AtanOne = Math.Atan(1);
    private static readonly double Tan45 = FirstQuadrant(45) / CosFirstQuadrant(45);
    private static readonly double Cot45 = CosFirstQuadrant(45) / FirstQuadrant(45);

    public static void AddTo(FunctionTable f)
    {
        One("dsind", Sine);
        One("dcosd", Cosine);
        One("dtand", x => Tangent(x, Tan45, inverse: false));
        One("dcotd", x => Tangent(x, Cot45, inverse: true));
        One("dasind", x => Math.Abs(x) > 1 ? throw Floats.InputOutOfRange() : x >= 0 ? AsinFirst(x) : -AsinFirst(-x));
        One("dacosd", x => Math.Abs(x) > 1 ? throw Floats.InputOutOfRange() : x >= 0 ? AcosFirst(x) : 90 + AsinFirst(-x));
        One("datand", x => Math.Atan(x) / AtanOne * 45);
        f.Add("datan2d", 2, c => c.Return(Math.Atan2(c.Double(0), c.Double(1)) / AtanOne * 45));

        void One(string name, Func<double, double> body) => f.Add(name, 1, c =>
        {
            var x = c.Double(0);
            if (double.IsInfinity(x) && name is not "datand") throw Floats.InputOutOfRange();
            c.Return(double.IsNaN(x) ? x : body(x));
        });
    }

    private static double Radians(double degrees) => degrees * (Math.PI / 180);

    // 0 to 30 degrees and 0 to 60 degrees are where sine and cosine are computed.
    private static double SinTo30(double x) => Math.Sin(Radians(x)) / Sin30 / 2;

    private static double CosTo60(double x) => 1 - ((1 - Math.Cos(Radians(x))) / OneMinusCos60 / 2);

    private static double FirstQuadrant(double x) => x <= 30 ? SinTo30(x) : CosTo60(90 - x);

    private static double CosFirstQuadrant(double x) => x <= 60 ? CosTo60(x) : SinTo30(90 - x);

    private static double Sine(double x)
    {
        x %= 360;
        var sign = 1;
        if (x < 0) (x, sign) = (-x, -sign);
        if (x > 180) (x, sign) = (360 - x, -sign);
        if (x > 90) x = 180 - x;
        return sign * FirstQuadrant(x);
    }

    private static double Cosine(double x)
    {
        x = Math.Abs(x % 360);
        var sign = 1;
        if (x > 180) x = 360 - x;
        if (x > 90) (x, sign) = (180 - x, -sign);
        return sign * CosFirstQuadrant(x);
    }

    private static double Tangent(double x, double at45, bool inverse)
    {
        x %= 360;
        var sign = 1;
        if (x < 0) (x, sign) = (-x, -sign);
        if (x > 180) (x, sign) = (360 - x, -sign);
        if (x > 90) (x, sign) = (180 - x, -sign);
        var (sine, cosine) = (FirstQuadrant(x), CosFirstQuadrant(x));
        var result = sign * ((inverse ? cosine / sine : sine / cosine) / at45);
        return result == 0 ? 0 : result;
    }

    private static double AsinFirst(double x) => x <= 0.5 ? Math.Asin(x) / AsinHalf * 30 : 90 - (Math.Acos(x) / AcosHalf * 60);

    private static double AcosFirst(double x) => x <= 0.5 ? 90 - (Math.Asin(x) / AsinHalf * 30) : Math.Acos(x) / AcosHalf * 60;
}
