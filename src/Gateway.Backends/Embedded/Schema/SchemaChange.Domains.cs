using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Postgres;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>CREATE DOMAIN and ALTER DOMAIN.</summary>
/// <remarks>A table holds its columns to their domains by CHECKs of its own, so it is copied when a domain's constraints change.</remarks>
internal sealed partial class SchemaChange
{
    private void Create(CreateDomain create)
    {
        var schema = SchemaForType(create.Name);
        var name = create.Name.Last;
        RequireFreeTypeName(schema, name);
        var type = Sql.Analysis.TypeNames.Resolve(create.Type);
        if (PgTypes.Get(type.Oid) is { Kind: 'p' } pseudo)
            throw new PgException(SqlStates.DatatypeMismatch, $"\"{pseudo.Name}\" is not a valid base type for a domain") { Position = create.Type.Position + 1 };
        var domain = new DomainDefinition(type.Oid, type.Typmod, false, null);
        var (isNull, isNotNull) = (false, false);
        foreach (var constraint in create.Constraints)
            switch (constraint)
            {
                case NotNullConstraint nullable:
                    if (nullable.Null) isNull = true;
                    else isNotNull = true;
                    if (isNull && isNotNull) throw PgException.Syntax("conflicting NULL/NOT NULL constraints");
                    domain = domain with { NotNull = isNotNull };
                    break;
                case DefaultConstraint value:
                    if (domain.Default is not null) throw PgException.Syntax("multiple default expressions");
                    domain = domain with { Default = DomainDefault(value.Value, domain, name) };
                    break;
                case InlineCheckConstraint check:
                    domain = WithCheck(schema, name, domain, check.Name, check.Value);
                    break;
                case InlineKeyConstraint key:
                    throw PgException.Syntax($"{(key.Primary ? "primary key" : "unique")} constraints not possible for domains");
                case InlineForeignKey:
                    throw PgException.Syntax("foreign key constraints not possible for domains");
                default:
                    throw PgException.Unsupported("specifying GENERATED not supported for domains");
            }

        var array = NextOid();
        connection.Save(new UserType(NextOid(), array, schema, name, ArrayName(schema, name)) { Domain = domain });
    }

    private void AlterDomain(UserType type, AlterAction action)
    {
        var domain = type.Domain!;
        switch (action)
        {
            case AlterColumnDefault { Value: { } value }:
                Change(type, domain with { Default = DomainDefault(value, domain, type.Name) });
                break;
            case AlterColumnDefault:
                Change(type, domain with { Default = null });
                break;
            case AlterColumnNotNull change:
                if (domain.NotNull == change.NotNull) return;
                Change(type, domain with { NotNull = change.NotNull }, holds: true);
                break;
            case AddConstraint { Constraint: CheckConstraint check, NotValid: false }:
                if (check.Name is { } given && domain.Checks.Any(known => known.Name == given))
                    throw new PgException(SqlStates.DuplicateObject, $"constraint \"{given}\" for domain \"{type.Name}\" already exists");
                Change(type, WithCheck(type.Schema, type.Name, domain, check.Name, check.Value), holds: true);
                break;
            case DropConstraint drop:
                if (domain.Checks.FirstOrDefault(known => known.Name == drop.Name) is { } dropped)
                {
                    Change(type, domain with { Checks = domain.Checks.Remove(dropped) }, holds: true);
                    return;
                }

                if (!drop.IfExists) throw NoConstraint(type, drop.Name);
                Skip("00000", $"constraint \"{drop.Name}\" of domain \"{type.Name}\" does not exist, skipping");
                break;
            case RenameConstraint rename:
                var old = domain.Checks.FirstOrDefault(known => known.Name == rename.Constraint)
                    ?? throw new PgException(SqlStates.UndefinedObject, $"constraint \"{rename.Constraint}\" for domain {Shown(type)} does not exist");
                if (domain.Checks.Any(known => known.Name == rename.NewName))
                    throw new PgException(SqlStates.DuplicateObject, $"constraint \"{rename.NewName}\" for domain {Shown(type)} already exists");
                connection.Save(type with { Domain = domain with { Checks = domain.Checks.Replace(old, old with { Name = rename.NewName }) } });
                break;
            case OtherAlterAction { Verb: "validate constraint", Text: var text }:
                var name = Gateway.Sql.Parsing.Identifiers.Split(text)[0];
                if (!domain.Checks.Any(known => known.Name == name)) throw NoConstraint(type, name);
                break;
            default:
                throw PgException.Unsupported($"ALTER DOMAIN {action switch { AddConstraint { NotValid: true } => "ADD CONSTRAINT NOT VALID", AddConstraint => "ADD of this constraint", OtherAlterAction other => other.Verb.ToUpperInvariant(), _ => action.GetType().Name }} is not supported by the embedded engine");
        }
    }

    /// <param name="holds">Its constraints change: what is kept must fit them, and what was translated with the old ones is made anew.</param>
    private void Change(UserType type, DomainDefinition domain, bool holds = false)
    {
        var changed = type with { Domain = domain };
        var family = Family(type.Oid);
        if (holds)
            foreach (var view in AllStored().OrderBy(view => view.Info.Oid))
                if (view.Info.Definition is { } text && family.Any(oid => KeptText.Names(text, oid)))
                    throw PgException.Unsupported($"changing the constraints of domain {Shown(type)}, to which view {view.Info.Name} casts, is not supported by the embedded engine");
        connection.Save(changed);
        foreach (var table in AllStored().Where(relation => relation.Info.Kind == RelationKind.Table).OrderBy(relation => relation.Info.Oid).ToList())
        {
            var column = table.Info.Columns.FirstOrDefault(column => family.Contains(column.Type.Oid));
            if (column is null && !(holds && Mentions(table.Info, family))) continue;
            try
            {
                Rebuild(table, table);
            }
            catch (PgException error) when (error.DataTypeName is not null && column is not null)
            {
                throw new PgException(error.SqlState, error.SqlState == SqlStates.NotNullViolation
                    ? $"column \"{column.Name}\" of table \"{table.Info.Name}\" contains null values"
                    : $"column \"{column.Name}\" of table \"{table.Info.Name}\" contains values that violate the new constraint")
                {
                    SchemaName = table.Info.Schema,
                    TableName = table.Info.Name,
                    ColumnName = column.Name,
                };
            }
        }
    }

    /// <summary>A domain and those over it.</summary>
    private HashSet<uint> Family(uint domain)
    {
        var family = new HashSet<uint> { domain };
        for (var count = 0; count != family.Count;)
        {
            count = family.Count;
            foreach (var other in connection.Model.Types.Values)
                if (other.Domain is { } over && family.Contains(over.Base)) family.Add(other.Oid);
        }

        return family;
    }

    private static bool Mentions(RelationInfo table, HashSet<uint> types) => types.Any(type =>
        table.Columns.Any(column => Uses(column.Default, type) || Uses(column.Generated, type))
        || table.Constraints.Any(check => Uses(check.Expression, type))
        || table.Indexes.Any(index => Uses(index.Predicate, type) || index.Columns.Any(key => Uses(key, type))));

    private string DomainDefault(Expr value, DomainDefinition domain, string name)
    {
        _expressions.Render(value, null, Domains.Below(new TypeRef(domain.Base, domain.Typmod)), name);
        return PostgresDialect.Write(value);
    }

    private DomainDefinition WithCheck(string schema, string domainName, DomainDefinition domain, string? name, Expr check)
    {
        if (name is not null && domain.Checks.Any(known => known.Name == name))
            throw new PgException(SqlStates.DuplicateObject, $"constraint \"{name}\" for domain {domainName} already exists");
        name ??= ObjectNames.Choose(domainName, [], "check", candidate => domain.Checks.Any(known => known.Name == candidate));

        // Also a check that the engine can do it.
        var below = Domains.Below(domain.Base >= UserTypes.FirstOid ? new TypeRef(domain.Base) : new TypeRef(domain.Base, domain.Typmod));
        _expressions.Render(check, Domains.ValueOf(schema, below), new TypeRef(Oids.Bool));
        return domain with { Checks = domain.Checks.Add(new DomainCheck(NextOid(), name, PostgresDialect.Write(check))) };
    }

    private static PgException NoConstraint(UserType type, string name) =>
        new(SqlStates.UndefinedObject, $"constraint \"{name}\" of domain \"{type.Name}\" does not exist");
}
