using System.Collections.Immutable;
using System.Text;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>Enums: CREATE TYPE, ALTER TYPE. What any type has in common: its names, renaming, schemas.</summary>
internal sealed partial class SchemaChange
{
    /// <summary>Between two labels' numbers, so that others fit in between: 32 times in the same place.</summary>
    private const long LabelGap = 1L << 32;

    private const int MaxNameBytes = 63;

    private void Create(CreateEnum create)
    {
        var schema = SchemaForType(create.Name);
        RequireFreeTypeName(schema, create.Name.Last);
        var array = NextOid();
        var oid = NextOid();
        var labels = ImmutableArray.CreateBuilder<EnumLabel>(create.Labels.Length);
        foreach (var label in create.Labels)
        {
            RequireLabel(label);
            if (labels.Any(known => known.Name == label))
                throw new PgException(SqlStates.UniqueViolation, "duplicate key value violates unique constraint \"pg_enum_typid_label_index\"")
                {
                    Detail = $"Key (enumtypid, enumlabel)=({oid}, {label}) already exists.",
                    SchemaName = "pg_catalog",
                    TableName = "pg_enum",
                    ConstraintName = "pg_enum_typid_label_index",
                };
            labels.Add(new EnumLabel(NextOid(), label, labels.Count + 1, (labels.Count + 1) * LabelGap));
        }

        connection.Save(new UserType(oid, array, schema, create.Name.Last, ArrayName(schema, create.Name.Last)) { Labels = labels.ToImmutable() });
    }

    private void Alter(AlterEnum alter)
    {
        var type = FindEnum(alter.Name);
        RequireLabel(alter.Label);
        if (type.Labels.Any(label => label.Name == alter.Label))
        {
            if (!alter.IfNotExists) throw DuplicateLabel(alter.Label);
            Skip(SqlStates.DuplicateObject, $"enum label \"{alter.Label}\" already exists, skipping");
            return;
        }

        var at = (alter.Before ?? alter.After) is not { } neighbour ? type.Labels.Length : IndexOf(type, neighbour) + (alter.After is null ? 0 : 1);
        var below = at > 0 ? type.Labels[at - 1] : null;
        var above = at < type.Labels.Length ? type.Labels[at] : null;
        var (order, value) = (below, above) switch
        {
            (null, null) => (1f, LabelGap),
            (null, var next) => (next!.SortOrder - 1, next.Value - LabelGap),
            (var last, null) => (last.SortOrder + 1, last.Value + LabelGap),
            var (last, next) => ((last!.SortOrder + next!.SortOrder) / 2, last.Value + ((next.Value - last.Value) / 2)),
        };
        if (value == below?.Value)
            throw new PgException("54000", $"there is no room for another label between \"{below!.Name}\" and \"{above!.Name}\"");
        var labels = type.Labels.Insert(at, new EnumLabel(NextOid(), alter.Label, order, value));

        // A float4 has room for some twenty; then PostgreSQL counts anew, too.
        if (order == below?.SortOrder || order == above?.SortOrder) labels = [.. labels.Select((label, i) => label with { SortOrder = i + 1 })];
        connection.Save(type with { Labels = labels });
    }

    private void Rename(RenameEnumLabel rename)
    {
        var type = FindEnum(rename.Name);
        RequireLabel(rename.NewLabel);
        var at = IndexOf(type, rename.Label);
        if (type.Labels.Any(label => label.Name == rename.NewLabel)) throw DuplicateLabel(rename.NewLabel);
        connection.Save(type with { Labels = type.Labels.SetItem(at, type.Labels[at] with { Name = rename.NewLabel }) });
    }

    private void Alter(AlterType alter)
    {
        var type = FindType(alter.Name);
        if (alter.Kind == "domain" && type.Domain is null)
            throw new PgException(SqlStates.WrongObjectType, $"{Shown(type)} is not a domain");
        switch (alter.Action)
        {
            case RenameTo rename:
                RequireFreeTypeName(type.Schema, rename.NewName);
                connection.Save(type with { Name = rename.NewName, ArrayName = ArrayName(type.Schema, rename.NewName) });
                break;
            case SetSchema move:
                RequireSchema(move.Schema);
                if (move.Schema == type.Schema) return;
                RequireFreeTypeName(move.Schema, type.Name, $" in schema \"{move.Schema}\"");
                connection.Save(type with { Schema = move.Schema, ArrayName = ArrayName(move.Schema, type.Name) });
                break;
            case OtherAlterAction { Verb: var verb } when verb.StartsWith("owner", StringComparison.OrdinalIgnoreCase):
                break;
            default:
                if (type.Domain is null) throw PgException.Unsupported($"ALTER TYPE {alter.Action.GetType().Name} is not supported by the embedded engine");
                AlterDomain(type, alter.Action);
                break;
        }
    }

    private string SchemaForType(QualifiedName name) => SchemaFor(name, false) is var schema and not TemporarySchema
        ? schema
        : throw PgException.Unsupported("temporary types are not supported by the embedded engine");

    /// <summary>Relations have a type of their name, and types of every kind share their names.</summary>
    private void RequireFreeTypeName(string schema, string name, string where = "")
    {
        if (connection.Schema.Types.Find(schema, name) is { IsArray: false }
            || connection.Schema.Find(schema, name) is { Kind: not (RelationKind.Index or RelationKind.Sequence) }
            || (schema == "public" && PgTypes.Find(name) is { Schema: "public" }))
            throw new PgException(SqlStates.DuplicateObject, $"type \"{name}\" already exists{where}");
    }

    /// <summary>For a relation, whose type has its name.</summary>
    internal void RequireNoType(string schema, string name)
    {
        if (connection.Schema.Types.Find(schema, name) is not { IsArray: false }) return;
        throw new PgException(SqlStates.DuplicateObject, $"type \"{name}\" already exists")
        {
            Hint = "A relation has an associated type of the same name, so you must use a name that doesn't conflict with any existing type.",
        };
    }

    // An array type is in nobody's way: it takes another name (moveArrayTypeName in PostgreSQL's pg_type.c).
    private void MoveArrayType(string schema, string name)
    {
        if (connection.Schema.Types.Find(schema, name) is { IsArray: true } array && connection.Model.Types.GetValueOrDefault(array.ElementOid) is { } owner)
            connection.Save(owner with { ArrayName = FreeArrayName(schema, name) });
    }

    // makeArrayTypeName in PostgreSQL's pg_type.c: more underscores in front until the name is free.
    private string ArrayName(string schema, string name)
    {
        MoveArrayType(schema, name);
        return FreeArrayName(schema, name);
    }

    private string FreeArrayName(string schema, string name)
    {
        for (var array = "_" + name; ; array = "_" + array)
        {
            while (Encoding.UTF8.GetByteCount(array) > MaxNameBytes) array = array[..^1];
            if (connection.Schema.Types.Find(schema, array) is null && connection.Schema.Find(schema, array) is null) return array;
        }
    }

    private UserType FindEnum(QualifiedName name) => FindType(name) is { Domain: null } type
        ? type
        : throw new PgException(SqlStates.WrongObjectType, $"{name} is not an enum");

    private UserType FindType(QualifiedName name)
    {
        if (name.Schema is { } schema && !connection.Schema.Schemas.Contains(schema))
            throw new PgException(SqlStates.InvalidSchemaName, $"schema \"{schema}\" does not exist");
        return TryFindType(name) ?? (Sql.Analysis.TypeNames.Find(name) is { } other
            ? throw new PgException(SqlStates.WrongObjectType, $"{TypeNames.Format(other.Oid)} is not an enum")
            : throw new PgException(SqlStates.UndefinedObject, $"type \"{name}\" does not exist"));
    }

    private UserType? TryFindType(QualifiedName name) =>
        Sql.Analysis.TypeNames.Find(name) is { } found ? connection.Model.Types.GetValueOrDefault(found.Oid) : null;

    /// <summary>As messages name a type: with its schema where the search path does not lead to it.</summary>
    private string Shown(UserType type) => connection.Schema.Types.Find(type.Oid) is { } known
        ? connection.Schema.Types.Format(known, SearchPath)
        : Identifiers.Quote(type.Name);

    private static int IndexOf(UserType type, string label)
    {
        for (var i = 0; i < type.Labels.Length; i++)
            if (type.Labels[i].Name == label) return i;
        throw new PgException(SqlStates.InvalidParameterValue, $"\"{label}\" is not an existing enum label");
    }

    private static void RequireLabel(string label)
    {
        if (Encoding.UTF8.GetByteCount(label) > MaxNameBytes)
            throw new PgException("42602", $"invalid enum label \"{label}\"") { Detail = "Labels must be 63 bytes or less." };
    }

    private static PgException DuplicateLabel(string label) => new(SqlStates.DuplicateObject, $"enum label \"{label}\" already exists");
}
