using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

/// <summary>Npgsql's provider of EF Core: LINQ to SQL, change tracking in batches, schema creation and migration commands.</summary>
static class WithEfCore
{
    private sealed class Patient
    {
        public int Id { get; set; }
        public required string Name { get; set; }
        public string? Email { get; set; }
        public decimal Balance { get; set; }
        public bool Active { get; set; } = true;
        public DateOnly? Born { get; set; }
        public DateTime Created { get; set; } = DateTime.UtcNow;
        public TimeSpan? Stay { get; set; }
        public byte[]? Photo { get; set; }
        public Guid? Ref { get; set; }
        public List<string> Tags { get; set; } = [];
        public Address? Address { get; set; }
        public List<Visit> Visits { get; set; } = [];
    }

    private sealed class Address
    {
        public string? City { get; set; }
        public int? Number { get; set; }
    }

    private sealed class Visit
    {
        public long Id { get; set; }
        public int PatientId { get; set; }
        public Patient? Patient { get; set; }
        public double Cost { get; set; }
    }

    private sealed class Clinic : DbContext
    {
        public DbSet<Patient> Patients => Set<Patient>();
        public DbSet<Visit> Visits => Set<Visit>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseNpgsql(Check.ConnectionString + ";Application Name=checks of EF Core");

        protected override void OnModelCreating(ModelBuilder model)
        {
            model.Entity<Patient>(patient =>
            {
                patient.ToTable("ef_patients");
                patient.Property(p => p.Name).HasMaxLength(60);
                patient.Property(p => p.Balance).HasPrecision(10, 2);
                patient.HasIndex(p => p.Email).IsUnique();
                patient.OwnsOne(p => p.Address, address => address.ToJson());
            });
            model.Entity<Visit>().ToTable("ef_visits");
        }
    }

    // Not EnsureDeleted: the database is shared. The tables are made by the provider's own script.
    private static async Task<Clinic> Fresh()
    {
        var db = new Clinic();
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS ef_visits, ef_patients");
        await db.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
        return db;
    }

    private static async Task<Clinic> Filled()
    {
        var db = await Fresh();
        for (var i = 0; i < 20; i++)
            db.Patients.Add(new Patient { Name = $"n{i}", Balance = i, Active = i % 2 == 0, Born = new DateOnly(2000, 1 + i % 12, 1), Tags = [i % 2 == 0 ? "even" : "odd"], Visits = [.. Enumerable.Range(0, i % 3).Select(v => new Visit { Cost = v + 1 })] });
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        return db;
    }

    public static async Task Run()
    {
        Console.WriteLine($"# EF Core {Check.VersionOf(typeof(NpgsqlDbContextOptionsBuilderExtensions))}");
        await Check.That("a database can be connected to", async () =>
        {
            await using var db = new Clinic();
            Check.Equal(await db.Database.CanConnectAsync(), true);
            Check.Equal(await db.Database.SqlQuery<string>($"SELECT current_setting('application_name') AS \"Value\"").SingleAsync(), "checks of EF Core");
        });
        await Check.That("the tables of a model are created", async () => await (await Fresh()).DisposeAsync());
        await Check.That("it is known whether there are tables", async () =>
        {
            await using var db = await Fresh();
            Check.Equal(await db.GetService<IRelationalDatabaseCreator>().HasTablesAsync(), true);
            Check.Equal(await db.GetService<IRelationalDatabaseCreator>().ExistsAsync(), true);
        });
        await Check.That("an entity is saved and found with every type", async () =>
        {
            await using var db = await Fresh();
            var sent = new Patient
            {
                Name = "zażółć", Email = "a@b", Balance = 12.50m, Active = false, Born = new DateOnly(1984, 2, 29), Created = new DateTime(2024, 2, 29, 12, 30, 15, DateTimeKind.Utc).AddTicks(1234560),
                Stay = new TimeSpan(3, 4, 5, 6), Photo = [0, 255], Ref = Guid.NewGuid(), Tags = ["a", "x y"], Address = new Address { City = "Łódź", Number = 7 },
            };
            db.Add(sent);
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
            var got = await db.Patients.SingleAsync(p => p.Id == sent.Id);
            Check.Equal((got.Name, got.Email, got.Balance, got.Active, got.Born, got.Created, got.Stay, got.Ref), (sent.Name, sent.Email, sent.Balance, sent.Active, sent.Born, sent.Created, sent.Stay, sent.Ref));
            Check.Equal(got.Photo!, sent.Photo!);
            Check.Equal(got.Tags, sent.Tags);
            Check.Equal((got.Address!.City, got.Address.Number), ("Łódź", 7));
        });
        await Check.That("changes are saved in one batch, keys come back", async () =>
        {
            await using var db = await Fresh();
            var patients = Enumerable.Range(0, 60).Select(i => new Patient { Name = $"n{i}" }).ToList();
            db.AddRange(patients);
            await db.SaveChangesAsync();
            Check.Equal(patients.Select(p => p.Id).Order(), Enumerable.Range(1, 60));
            patients[0].Name = "changed";
            db.Remove(patients[1]);
            db.Add(new Patient { Name = "new" });
            Check.Equal(await db.SaveChangesAsync(), 3);
            Check.Equal(await db.Patients.CountAsync(), 60);
        });
        await Check.That("conditions, order and paging are answered", async () =>
        {
            await using var db = await Filled();
            Check.Equal(await db.Patients.Where(p => p.Name.StartsWith("n1") || p.Balance >= 2 && p.Balance <= 4).CountAsync(), 14);
            Check.Equal(await db.Patients.OrderByDescending(p => p.Balance).Skip(1).Take(2).Select(p => p.Name).ToListAsync(), ["n18", "n17"]);
            Check.Equal(await db.Patients.Where(p => EF.Functions.ILike(p.Name, "N1_")).CountAsync(), 10);
            Check.Equal(await db.Patients.Where(p => p.Born!.Value.Month == 3 && p.Born.Value.Year == 2000).CountAsync(), 2);
            Check.Equal(await db.Patients.Where(p => p.Name.ToUpper().Contains("N5") && p.Name.Length == 2).Select(p => p.Name.Substring(1)).SingleAsync(), "5");
        });
        await Check.That("lists in memory become parameters", async () =>
        {
            await using var db = await Filled();
            string[] names = ["n1", "n2", "zz"];
            Check.Equal(await db.Patients.Where(p => names.Contains(p.Name)).CountAsync(), 2);
        });
        await Check.That("array columns are asked", async () =>
        {
            await using var db = await Filled();
            Check.Equal(await db.Patients.Where(p => p.Tags.Contains("odd")).CountAsync(), 10);
            Check.Equal(await db.Patients.Where(p => p.Tags.Any(t => t == "even")).CountAsync(), 10);
            Check.Equal(await db.Patients.Where(p => p.Tags.Count == 1 && p.Tags[0] == "odd").CountAsync(), 10);
        });
        await Check.That("a JSON column is asked and changed", async () =>
        {
            await using var db = await Fresh();
            db.Add(new Patient { Name = "a", Address = new Address { City = "Łódź", Number = 7 } });
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
            var got = await db.Patients.SingleAsync(p => p.Address!.City == "Łódź" && p.Address.Number > 6);
            got.Address!.Number = 8;
            await db.SaveChangesAsync();
            Check.Equal(await db.Patients.Select(p => p.Address!.Number).SingleAsync(), 8);
        });
        await Check.That("relations are included, joined and split", async () =>
        {
            await using var db = await Filled();
            Check.Equal((await db.Patients.Include(p => p.Visits).ToListAsync()).Sum(p => p.Visits.Count), 19);
            Check.Equal((await db.Patients.AsSplitQuery().Include(p => p.Visits).AsNoTracking().ToListAsync()).Sum(p => p.Visits.Count), 19);
            Check.Equal(await db.Visits.Where(v => v.Patient!.Name == "n2").SumAsync(v => v.Cost), 3d);
            Check.Equal(await db.Patients.Where(p => p.Visits.Any(v => v.Cost > 1)).CountAsync(), 6);
        });
        await Check.That("groups and aggregates are answered", async () =>
        {
            await using var db = await Filled();
            var groups = await db.Patients.GroupBy(p => p.Active).Select(g => new { g.Key, Count = g.Count(), Sum = g.Sum(p => p.Balance), Max = g.Max(p => p.Name) }).OrderBy(g => g.Key).ToListAsync();
            Check.Equal(groups.Select(g => (g.Key, g.Count, g.Sum, g.Max)), [(false, 10, 100m, "n9"), (true, 10, 90m, "n8")]);
            Check.Equal(await db.Patients.AverageAsync(p => p.Balance), 9.5m);
        });
        await Check.That("subqueries, set operations and projections are answered", async () =>
        {
            await using var db = await Filled();
            Check.Equal((await db.Patients.Select(p => new { p.Name, Last = p.Visits.OrderByDescending(v => v.Cost).Select(v => (double?)v.Cost).FirstOrDefault() }).ToListAsync()).Count(p => p.Last == 2), 6);
            Check.Equal(await db.Patients.Where(p => p.Active).Select(p => p.Id).Union(db.Patients.Where(p => p.Balance < 5).Select(p => p.Id)).CountAsync(), 12);
            Check.Equal(await db.Patients.Select(p => p.Active ? "yes" : "no").Distinct().CountAsync(), 2);
        });
        await Check.That("ExecuteUpdate and ExecuteDelete change rows where they are", async () =>
        {
            await using var db = await Filled();
            Check.Equal(await db.Patients.Where(p => p.Active).ExecuteUpdateAsync(s => s.SetProperty(p => p.Balance, p => p.Balance + 1)), 10);
            Check.Equal(await db.Patients.Where(p => !p.Active).ExecuteDeleteAsync(), 10);
            Check.Equal(await db.Patients.SumAsync(p => p.Balance), 100m);
        });
        await Check.That("raw SQL is composed with LINQ", async () =>
        {
            await using var db = await Filled();
            Check.Equal(await db.Patients.FromSql($"SELECT * FROM ef_patients WHERE \"Balance\" > {15}").Where(p => p.Active).CountAsync(), 2);
        });
        await Check.That("transactions and savepoints hold", async () =>
        {
            await using var db = await Fresh();
            await using (var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable))
            {
                db.Add(new Patient { Name = "kept", Email = "x" });
                await db.SaveChangesAsync();
                db.Add(new Patient { Name = "again", Email = "x" });
                await Check.Fails("23505", () => db.SaveChangesAsync());   // goes back to the savepoint before it
                db.ChangeTracker.Clear();
                await transaction.CommitAsync();
            }

            Check.Equal(await db.Patients.Select(p => p.Name).ToListAsync(), ["kept"]);
        });
        await Check.That("violations carry their constraint", async () =>
        {
            await using var db = await Fresh();
            db.Add(new Visit { PatientId = 99 });
            Check.Equal((await Check.Fails("23503", () => db.SaveChangesAsync())).ConstraintName!, "FK_ef_visits_ef_patients_PatientId");
        });
        await Check.That("the history of migrations is created, locked and read", async () =>
        {
            await using var db = await Fresh();
            var history = db.GetService<IHistoryRepository>();
            await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsHistory\"");
            await db.Database.MigrateAsync();
            Check.Equal(await history.ExistsAsync(), true);
            await db.Database.ExecuteSqlRawAsync(history.GetInsertScript(new HistoryRow("2024_first", "10.0")));
            Check.Equal(await db.Database.GetAppliedMigrationsAsync(), ["2024_first"]);
            await db.Database.ExecuteSqlRawAsync("DROP TABLE \"__EFMigrationsHistory\"");
        });
        await WithEfDesign.Run();
        await using var last = new Clinic();
        await last.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS ef_visits, ef_patients");
    }
}
