using Gateway.Sql.Dialects.Postgres;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>DROP TYPE and DROP DOMAIN, with what depends on a type.</summary>
internal sealed partial class SchemaChange
{
    /// <param name="Text">As PostgreSQL names it.</param>
    /// <param name="On">The type, or the array type over it.</param>
    private sealed record TypeDependent(string Schema, string Text, string On, Action Drop);

    private void DropTypes(Drop drop)
    {
        // Types of one DROP may depend on each other.
        var found = new List<UserType>();
        foreach (var name in drop.Names)
            if (Droppable(name, drop) is { } type && !found.Exists(known => known.Oid == type.Oid)) found.Add(type);
        foreach (var type in found)
        {
            if (!connection.Model.Types.TryGetValue(type.Oid, out var current)) continue;
            var dependents = DependentsOf(current).Where(dependent => !found.Exists(other => other.Oid != type.Oid && $"type {Shown(other)}" == dependent.Text)).ToList();
            var what = $"type {Shown(current)}";
            if (dependents.Count > 0 && !drop.Cascade)
                throw new PgException("2BP01", $"cannot drop {what} because other objects depend on it")
                {
                    Detail = string.Join('\n', dependents.Select(dependent => $"{dependent.Text} depends on {dependent.On}")),
                    Hint = "Use DROP ... CASCADE to drop the dependent objects too.",
                };
            if (dependents.Count == 1) Skip("00000", $"drop cascades to {dependents[0].Text}");
            else if (dependents.Count > 1) Skip("00000", $"drop cascades to {dependents.Count} other objects");
            DropType(current);
        }
    }

    private UserType? Droppable(QualifiedName name, Drop drop)
    {
        if (name.Schema is { } schema && !connection.Schema.Schemas.Contains(schema))
        {
            if (!drop.IfExists) throw new PgException(SqlStates.InvalidSchemaName, $"schema \"{schema}\" does not exist");
            Skip("00000", $"schema \"{schema}\" does not exist, skipping");
            return null;
        }

        if (TryFindType(name) is { } type)
            return drop.Kind == "domain" && type.Domain is null
                ? throw new PgException(SqlStates.WrongObjectType, $"\"{name}\" is not a domain")
                : type;
        if (Sql.Analysis.TypeNames.Find(name) is { } other)
        {
            if (drop.Kind == "domain") throw new PgException(SqlStates.WrongObjectType, $"\"{name}\" is not a domain");
            var shown = TypeNames.Format(other.Oid);
            if (other.Oid >= UserTypes.FirstOid)
                throw new PgException("2BP01", $"cannot drop type {shown} because type {TypeNames.Format(other.ElementOid)} requires it")
                {
                    Hint = $"You can drop type {TypeNames.Format(other.ElementOid)} instead.",
                };
            throw new PgException("2BP01", $"cannot drop type {shown} because it is required by the database system");
        }

        if (connection.Schema.Resolve(name.Schema, name.Last, SearchPath) is { Kind: RelationKind.Table or RelationKind.View } relation)
            throw drop.Kind == "domain"
                ? new PgException(SqlStates.WrongObjectType, $"\"{name}\" is not a domain")
                : new PgException("2BP01", $"cannot drop type {name} because {NameOf(relation.Kind)} {name} requires it")
                {
                    Hint = $"You can drop {NameOf(relation.Kind)} {name} instead.",
                };
        if (!drop.IfExists) throw new PgException(SqlStates.UndefinedObject, $"type \"{name}\" does not exist");
        Skip("00000", $"type \"{name}\" does not exist, skipping");
        return null;
    }

    /// <summary>With everything that depends on it.</summary>
    private void DropType(UserType type)
    {
        foreach (var dependent in DependentsOf(type)) dependent.Drop();
        if (connection.Model.Types.ContainsKey(type.Oid)) connection.Remove(type);
    }

    /// <summary>What depends on the array type comes first, as in PostgreSQL.</summary>
    private List<TypeDependent> DependentsOf(UserType type)
    {
        var found = new List<TypeDependent>();
        var shown = $"type {Shown(type)}";
        foreach (var (oid, on) in new[] { (type.ArrayOid, shown + "[]"), (type.Oid, shown) })
        {
            foreach (var domain in connection.Model.Types.Values.Where(other => other.Domain?.Base == oid).OrderBy(other => other.Oid))
            {
                found.Add(new(domain.Schema, $"type {Shown(domain)}", on, () => DropType(domain)));
                found.AddRange(DependentsOf(domain));
            }

            foreach (var relation in AllStored().Where(relation => relation.Info.Kind == RelationKind.Table).OrderBy(relation => relation.Info.Oid))
                AddUses(found, relation, oid, on);
        }

        foreach (var view in AllStored().Where(relation => relation.UsesTypes is { IsDefault: false } types && types.Contains(type.Oid)).OrderBy(relation => relation.Info.Oid))
            found.Add(new(view.Info.Schema, $"view {Name(view.Info)}", shown, () => DropRelation(view, cascade: true, [])));

        return found;
    }

    private void AddUses(List<TypeDependent> found, StoredRelation relation, uint type, string on)
    {
        var info = relation.Info;
        var table = Name(info);
        foreach (var column in info.Columns)
        {
            if (column.Type.Oid == type || Uses(column.Generated, type))
            {
                found.Add(new(info.Schema, $"column {column.Name} of table {table}", on, () =>
                {
                    DropViewsOf(type);
                    foreach (var computed in info.Columns)
                        if (computed.Generated is { } text && MentionsColumn(text, column.Name)) DropIfThere(info.Oid, computed.Name);
                    DropIfThere(info.Oid, column.Name);
                }));
            }
            else if (Uses(column.Default, type))
            {
                found.Add(new(info.Schema, $"default value for column {column.Name} of table {table}", on, () =>
                {
                    if (connection.FindStored(info.Oid) is { } current && current.Info.FindColumn(column.Name) is { } defaulted) Change(current, defaulted, defaulted with { Default = null });
                }));
            }
        }

        foreach (var check in info.Constraints)
            if (Uses(check.Expression, type) && !check.Columns.Any(name => info.FindColumn(name)?.Type.Oid == type))
                found.Add(new(info.Schema, $"constraint {check.Name} on table {table}", on, () =>
                {
                    if (connection.FindStored(info.Oid) is { } current) DropConstraint(current, new DropConstraint(check.Name, IfExists: true, Cascade: true));
                }));
        foreach (var index in info.Indexes)
            if ((index.Columns.Any(key => key.StartsWith('(') && Uses(key, type)) || Uses(index.Predicate, type))
                && !info.Columns.Any(column => column.Type.Oid == type && index.Columns.Any(key => key == column.Name || (key.StartsWith('(') && MentionsColumn(key, column.Name)))))
                found.Add(new(info.Schema, $"index {index.Name}", on, () => DropIndex(new QualifiedName([info.Schema, index.Name]), ifExists: true)));
    }

    private void DropIfThere(uint table, string column)
    {
        if (connection.FindStored(table) is { } owner && owner.Info.FindColumn(column) is not null) DropColumn(owner, new DropColumn(column, IfExists: false, Cascade: true));
    }

    private void DropViewsOf(uint type)
    {
        foreach (var view in AllStored().Where(relation => relation.UsesTypes is { IsDefault: false } types && (types.Contains(type) || types.Any(used => connection.Model.Types.GetValueOrDefault(used)?.ArrayOid == type))).ToList())
            DropRelation(view, cascade: true, [view.Info.Oid]);
    }

    private static bool Uses(string? text, uint type) => text is not null && KeptText.Names(text, type);

    private string Name(RelationInfo relation) =>
        connection.Schema.Resolve(null, relation.Name, SearchPath)?.Oid == relation.Oid ? Identifiers.Quote(relation.Name) : $"{Identifiers.Quote(relation.Schema)}.{Identifiers.Quote(relation.Name)}";
}
