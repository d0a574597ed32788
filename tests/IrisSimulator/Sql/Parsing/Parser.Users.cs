using IrisSimulator.Sql.Lexing;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

/// <summary>Users, roles and privileges.</summary>
internal sealed partial class Parser
{
    private static readonly HashSet<string> ObjectPrivileges =
        ["SELECT", "INSERT", "UPDATE", "DELETE", "REFERENCES", "EXECUTE", "ALTER", "CANCEL", "USE", "ALL", "*"];

    private CreateUser CreateUser()
    {
        Expect("USER");
        var user = Name();
        return new(user, Password());
    }

    private AlterUser AlterUser()
    {
        Expect("USER");
        var user = Name();
        return new(user, Password());
    }

    private string Password()
    {
        if (Accept("IDENTIFY") || Accept("IDENTIFIED")) Expect("BY");
        else
        {
            Accept("WITH");
            Expect("PASSWORD");
        }
        return QuotedText();
    }

    private DropUser DropUser()
    {
        Expect("USER");
        var ifExists = IfExists();
        return new(Name(), ifExists);
    }

    private CreateRole CreateRole()
    {
        Expect("ROLE");
        return new(Name());
    }

    private DropRole DropRole()
    {
        Expect("ROLE");
        var ifExists = IfExists();
        return new(Name(), ifExists);
    }

    private Grant Grant()
    {
        Expect("GRANT");
        var privileges = List(Privilege);
        var objects = PrivilegeObjects();
        Expect("TO");
        var grantees = List(Grantee);
        var option = Accept("WITH");
        if (option)
        {
            ExpectAny("GRANT", "ADMIN");
            Expect("OPTION");
        }
        return new(privileges, objects, grantees, option);
    }

    private Revoke Revoke()
    {
        Expect("REVOKE");
        var privileges = List(Privilege);
        var objects = PrivilegeObjects();
        Expect("FROM");
        return new(privileges, objects, List(Grantee));
    }

    private List<QualifiedName> PrivilegeObjects()
    {
        if (!Accept("ON")) return [];
        if (!Accept("TABLE") && !Accept("VIEW") && !Accept("SCHEMA")) Accept("PROCEDURE");
        return List(QualifiedName);
    }

    private Name Grantee() => At("*") ? new(_tokens.Take().Text) : Name();

    /// <summary>A privilege, with columns where it has them, or the name of a role.</summary>
    private ColumnPrivilege Privilege()
    {
        if (!ObjectPrivileges.Contains(Current.Key))
        {
            if (Current.Kind == TokenKind.Word && Current.Key[0] == '%') return new(_tokens.Take().Key, []);
            return new(Name().Key, []);
        }
        var privilege = _tokens.Take().Key;
        if (privilege == "ALL") Accept("PRIVILEGES");
        return new(privilege, At("(") ? Bracketed(Name) : []);
    }
}
