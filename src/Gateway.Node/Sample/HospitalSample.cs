using Gateway.Backends;
using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Types;

namespace Gateway.Node.Sample;

/// <summary>The database "hospital": 250 patients and 400 lab results, the same on every machine.</summary>
public static class HospitalSample
{
    public const string Name = "hospital";

    private const string Tables = """
        CREATE TABLE patients (
            id integer PRIMARY KEY,
            mrn varchar(10) NOT NULL UNIQUE,
            first_name text NOT NULL,
            last_name text NOT NULL,
            gender char(1) NOT NULL CHECK (gender IN ('F', 'M')),
            birth_date date NOT NULL,
            blood_type varchar(3),
            city text NOT NULL,
            insured boolean NOT NULL,
            balance numeric(10,2) NOT NULL DEFAULT 0,
            status text NOT NULL,
            admitted_at timestamptz NOT NULL,
            discharged_at timestamptz
        );
        CREATE TABLE lab_results (
            id integer PRIMARY KEY,
            patient_id integer NOT NULL REFERENCES patients (id),
            test text NOT NULL,
            result numeric(8,2) NOT NULL,
            unit text NOT NULL,
            reference_low numeric(8,2) NOT NULL,
            reference_high numeric(8,2) NOT NULL,
            abnormal boolean NOT NULL,
            critical boolean NOT NULL,
            collected_at timestamptz NOT NULL
        );
        CREATE INDEX lab_results_patient_id_idx ON lab_results (patient_id);
        CREATE INDEX patients_last_name_idx ON patients (last_name);
        """;

    /// <exception cref="PgException">The database exists already.</exception>
    public static IBackend CreateIn(IDatabases databases, bool withRows = true)
    {
        databases.Create(Name);
        var backend = databases.Find(Name)!.Backend;
        using var connection = backend.Open();
        connection.Begin(null, readOnly: false);
        foreach (var statement in Parser.ParseScript(Tables)) Run(connection, backend, statement, null);
        if (withRows)
        {
            var random = new Sequence(20260101);
            Insert(connection, backend, "patients", 13, Patients(random));
            Insert(connection, backend, "lab_results", 10, LabResults(random));
        }

        connection.Commit();
        return backend;
    }

    private static IEnumerable<string?[]> Patients(Sequence random)
    {
        for (var id = 1; id <= 250; id++)
        {
            var gender = random.Next(2) == 0 ? "F" : "M";
            var admitted = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(random.Next(730 * 24 * 60));
            var stays = random.Next(100) < 18;
            var discharged = admitted.AddHours(12 + random.Next(400));
            yield return
            [
                Text(id),
                $"MRN{id:000000}",
                random.Pick(gender == "F" ? Names.Women : Names.Men),
                random.Pick(Names.Families),
                gender,
                Text(new DateTime(1935, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(random.Next(31_000)), "yyyy-MM-dd"),
                random.Next(100) < 7 ? null : random.Pick(Names.BloodTypes),
                random.Pick(Names.Cities),
                random.Next(100) < 88 ? "t" : "f",
                $"{random.Next(4000)}.{random.Next(100):00}",
                stays ? "admitted" : random.Next(100) < 80 ? "discharged" : "outpatient",
                Text(admitted, "yyyy-MM-dd HH:mm:00+00"),
                stays ? null : Text(discharged, "yyyy-MM-dd HH:mm:00+00"),
            ];
        }
    }

    private static IEnumerable<string?[]> LabResults(Sequence random)
    {
        for (var id = 1; id <= 400; id++)
        {
            var test = Names.Tests[random.Next(Names.Tests.Length)];
            var width = test.High - test.Low;
            var spread = random.Next(100);

            // Three quarters lie inside the reference range, some outside, a few far outside.
            var hundredths = spread switch
            {
                < 76 => test.Low + random.Next(width),
                < 94 => random.Next(2) == 0 ? test.Low - 1 - random.Next(1 + (test.Low / 4)) : test.High + 1 + random.Next(1 + (width / 2)),
                _ => random.Next(2) == 0 ? test.Low - (test.Low / 3) - random.Next(1 + (test.Low / 8)) : test.High + width + random.Next(1 + width),
            };
            yield return
            [
                Text(id),
                Text(1 + random.Next(250)),
                test.Name,
                Hundredths(hundredths),
                test.Unit,
                Hundredths(test.Low),
                Hundredths(test.High),
                hundredths < test.Low || hundredths > test.High ? "t" : "f",
                hundredths < test.Low - (test.Low / 4) || hundredths > test.High + width ? "t" : "f",
                Text(new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(random.Next(365 * 24 * 60)), "yyyy-MM-dd HH:mm:00+00"),
            ];
        }
    }

    private static void Insert(IBackendConnection connection, IBackend backend, string table, int columns, IEnumerable<string?[]> rows)
    {
        var markers = string.Join(", ", Enumerable.Range(1, columns).Select(n => "$" + n));
        var statement = Parser.ParseSingle($"INSERT INTO {table} VALUES ({markers})")!;
        var bound = new Analyzer(connection.Schema, ["public"]).Bind(statement, []);
        var plan = backend.Dialect.Render(bound);
        using var values = new ValueList();
        foreach (var row in rows)
        {
            values.Clear();
            for (var i = 0; i < row.Length; i++)
            {
                var codec = Codecs.Get(bound.ParameterTypes[i]);
                if (row[i] is { } text) values.AddDecoded(codec, Format.Text, System.Text.Encoding.UTF8.GetBytes(text), FormatSettings.Default);
                else values.AddNull(PgTypes.Get(codec.Oid).Carrier);
            }

            using var execution = connection.Execute(plan, values);
            while (execution.Read())
            {
            }
        }
    }

    private static void Run(IBackendConnection connection, IBackend backend, Gateway.Sql.Tree.Statement statement, ValueList? values)
    {
        using var none = new ValueList();
        var bound = new Analyzer(connection.Schema, ["public"]).Bind(statement, []);
        using var execution = connection.Execute(backend.Dialect.Render(bound), values ?? none);
        while (execution.Read())
        {
        }
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(DateTime time, string format) => time.ToString(format, System.Globalization.CultureInfo.InvariantCulture);

    private static string Hundredths(int value) => $"{value / 100}.{value % 100:00}";

    /// <summary>A small generator of our own, so that the data is the same with every version of .NET.</summary>
    /// <remarks>Linear congruential, constants of Knuth's MMIX.</remarks>
    private sealed class Sequence(ulong seed)
    {
        private ulong _state = seed;

        public int Next(int below)
        {
            _state = unchecked((_state * 6364136223846793005UL) + 1442695040888963407UL);
            return (int)((_state >> 33) % (ulong)below);
        }

        public string Pick(string[] from) => from[Next(from.Length)];
    }
}
