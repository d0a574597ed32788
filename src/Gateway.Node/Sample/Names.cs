namespace Gateway.Node.Sample;

/// <summary>What the sample's people and tests are called. Invented; any likeness is chance.</summary>
internal static class Names
{
    public static readonly string[] Women =
    [
        "Ada", "Beatriz", "Chloe", "Daria", "Elif", "Fatima", "Greta", "Hana", "Ines", "Jana", "Keiko", "Leila", "Maya",
        "Nora", "Olga", "Priya", "Rosa", "Sofia", "Tess", "Uma", "Vera", "Wanda", "Yara", "Zoe",
    ];

    public static readonly string[] Men =
    [
        "Adam", "Bruno", "Carlos", "David", "Emil", "Felix", "Gustav", "Hugo", "Ivan", "Jonas", "Karim", "Liam", "Mateo",
        "Noah", "Oscar", "Pavel", "Rafael", "Samir", "Theo", "Umar", "Viktor", "Wei", "Yusuf", "Zoltan",
    ];

    public static readonly string[] Families =
    [
        "Almeida", "Bauer", "Castillo", "Dubois", "Eriksen", "Farkas", "Garcia", "Haddad", "Ivanova", "Jensen", "Kowalski",
        "Larsen", "Moreau", "Nakamura", "Okafor", "Petrov", "Quinn", "Rossi", "Schmidt", "Tanaka", "Ueda", "Vargas",
        "Weber", "Xu", "Yilmaz", "Zhang", "O'Brien", "Müller",
    ];

    public static readonly string[] Cities = ["Boston", "Lisbon", "Zürich", "Osaka", "Lagos", "Lima", "Oslo", "Prague"];

    public static readonly string[] BloodTypes = ["O+", "O+", "O+", "A+", "A+", "A+", "B+", "B+", "AB+", "O-", "A-", "B-", "AB-"];

    /// <summary>Reference ranges in hundredths of the unit.</summary>
    public static readonly (string Name, string Unit, int Low, int High)[] Tests =
    [
        ("Hemoglobin", "g/dL", 1200, 1750),
        ("Glucose", "mg/dL", 7000, 9900),
        ("Potassium", "mmol/L", 350, 510),
        ("Sodium", "mmol/L", 13500, 14500),
        ("Creatinine", "mg/dL", 60, 130),
        ("Leukocytes", "10^9/L", 400, 1100),
        ("Cholesterol", "mg/dL", 12500, 20000),
        ("TSH", "mIU/L", 40, 400),
    ];
}
