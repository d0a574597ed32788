using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>CREATE DOMAIN and ALTER DOMAIN.</summary>
internal sealed partial class SchemaChange
{
    private void AlterDomain(UserType type, AlterAction action) =>
        throw PgException.Unsupported($"ALTER DOMAIN {action.GetType().Name} of {type.Name} is not supported by the embedded engine");
}
