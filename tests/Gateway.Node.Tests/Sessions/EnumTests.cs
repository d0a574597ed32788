using Npgsql;

namespace Gateway.Node.Tests.Sessions;

/// <summary>A client that asks pg_type for the database's enums, and sends and reads them in binary form by their OIDs.</summary>
public class EnumTests
{
    private enum Mood
    {
        Sad,
        Ok,
        VeryHappy,
    }

    [Fact]
    public async Task Npgsql_loads_an_enum_and_maps_it_both_ways()
    {
        await using var node = await TestNode.Start();
        var address = node.ConnectionString().Replace("Server Compatibility Mode=NoTypeLoading;", "", StringComparison.Ordinal);
        await using (var plain = NpgsqlDataSource.Create(address))
        {
            await using var create = plain.CreateCommand("CREATE TYPE mood AS ENUM ('sad', 'ok', 'very_happy'); CREATE TABLE people (m mood, ms mood[])");
            await create.ExecuteNonQueryAsync();
        }

        var builder = new NpgsqlDataSourceBuilder(address);
        builder.MapEnum<Mood>("mood");
        await using var source = builder.Build();
        await using (var insert = source.CreateCommand("INSERT INTO people VALUES ($1, $2)"))
        {
            insert.Parameters.Add(new NpgsqlParameter { Value = Mood.VeryHappy });
            insert.Parameters.Add(new NpgsqlParameter { Value = new[] { Mood.Ok, Mood.Sad } });
            await insert.ExecuteNonQueryAsync();
        }

        await using var select = source.CreateCommand("SELECT m, ms, m::text FROM people WHERE m > $1");
        select.Parameters.Add(new NpgsqlParameter { Value = Mood.Ok });
        await using var reader = await select.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        Assert.Equal("public.mood", reader.GetDataTypeName(0));
        Assert.Equal(Mood.VeryHappy, reader.GetFieldValue<Mood>(0));
        Assert.Equal([Mood.Ok, Mood.Sad], reader.GetFieldValue<Mood[]>(1));
        Assert.Equal("very_happy", reader.GetString(2));
        Assert.False(await reader.ReadAsync());
    }

    [Fact]
    public async Task A_label_that_another_session_adds_is_known_to_a_statement_that_was_prepared()
    {
        await using var node = await TestNode.Start();
        await using var one = new NpgsqlConnection(node.ConnectionString());
        await using var two = new NpgsqlConnection(node.ConnectionString());
        await one.OpenAsync();
        await two.OpenAsync();
        await new NpgsqlCommand("CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE people (m mood)", one).ExecuteNonQueryAsync();
        await using var select = new NpgsqlCommand("SELECT m::text FROM people ORDER BY m", one);
        await select.PrepareAsync();
        await new NpgsqlCommand("ALTER TYPE mood ADD VALUE 'glum' BEFORE 'sad'", two).ExecuteNonQueryAsync();
        await new NpgsqlCommand("INSERT INTO people VALUES ('sad'), ('glum')", two).ExecuteNonQueryAsync();
        Assert.Equal("glum", await select.ExecuteScalarAsync());
    }
}
