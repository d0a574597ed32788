using Gateway.Sql.Tree;

namespace Gateway.Sql.Parsing;

/// <summary>Command tags and names of the objects that statements kept as text, DROP and COMMENT speak of.</summary>
internal sealed partial class Grammar
{
    /// <summary>Kinds of several words, the longer ones first; the last column is the name where it differs.</summary>
    private static readonly (Keyword[] Words, string Kind)[] ObjectKinds =
    [
        ([Keyword.Materialized, Keyword.View], "materialized view"),
        ([Keyword.Foreign, Keyword.Data, Keyword.Wrapper], "foreign data wrapper"),
        ([Keyword.Foreign, Keyword.Table], "foreign table"),
        ([Keyword.Event, Keyword.Trigger], "event trigger"),
        ([Keyword.Access, Keyword.Method], "access method"),
        ([Keyword.Operator, Keyword.Class], "operator class"),
        ([Keyword.Operator, Keyword.Family], "operator family"),
        ([Keyword.Text, Keyword.Search, Keyword.Configuration], "text search configuration"),
        ([Keyword.Text, Keyword.Search, Keyword.Dictionary], "text search dictionary"),
        ([Keyword.Text, Keyword.Search, Keyword.Parser], "text search parser"),
        ([Keyword.Text, Keyword.Search, Keyword.Template], "text search template"),
        ([Keyword.User, Keyword.Mapping], "user mapping"),
        ([Keyword.Large, Keyword.Object], "large object"),
        ([Keyword.Default, Keyword.Privileges], "default privileges"),
        ([Keyword.Default, Keyword.Conversion], "conversion"),
        ([Keyword.Constraint, Keyword.Trigger], "trigger"),
        ([Keyword.Trusted, Keyword.Procedural, Keyword.Language], "language"),
        ([Keyword.Trusted, Keyword.Language], "language"),
        ([Keyword.Procedural, Keyword.Language], "language"),
        ([Keyword.User], "role"),
        ([Keyword.Group], "role"),
        ([Keyword.Aggregate], "aggregate"),
        ([Keyword.Cast], "cast"),
        ([Keyword.Collation], "collation"),
        ([Keyword.Column], "column"),
        ([Keyword.Constraint], "constraint"),
        ([Keyword.Conversion], "conversion"),
        ([Keyword.Database], "database"),
        ([Keyword.Domain], "domain"),
        ([Keyword.Extension], "extension"),
        ([Keyword.Function], "function"),
        ([Keyword.Index], "index"),
        ([Keyword.Language], "language"),
        ([Keyword.Operator], "operator"),
        ([Keyword.Policy], "policy"),
        ([Keyword.Procedure], "procedure"),
        ([Keyword.Publication], "publication"),
        ([Keyword.Role], "role"),
        ([Keyword.Routine], "routine"),
        ([Keyword.Rule], "rule"),
        ([Keyword.Schema], "schema"),
        ([Keyword.Sequence], "sequence"),
        ([Keyword.Server], "server"),
        ([Keyword.Statistics], "statistics"),
        ([Keyword.Subscription], "subscription"),
        ([Keyword.System], "system"),
        ([Keyword.Table], "table"),
        ([Keyword.Tablespace], "tablespace"),
        ([Keyword.Transform], "transform"),
        ([Keyword.Trigger], "trigger"),
        ([Keyword.Type], "type"),
        ([Keyword.View], "view"),
    ];

    /// <summary>Takes the words of a kind of object.</summary>
    private string ObjectKind()
    {
        var furthest = 0;
        foreach (var (words, kind) in ObjectKinds)
        {
            var matched = 0;
            while (matched < words.Length && PeekWord(matched) == words[matched]) matched++;
            furthest = Math.Max(furthest, matched);
            if (matched < words.Length) continue;
            for (var i = 0; i < matched; i++) Advance();
            return kind;
        }

        throw Unexpected(_at + furthest);
    }

    /// <summary>The tag of a verb and the kind of object that is named behind it.</summary>
    private string ObjectTag(string verb) => $"{verb} {ObjectKind().ToUpperInvariant()}";

    /// <summary>GRANT and REVOKE of privileges on something, or of membership in a role.</summary>
    private OpaqueStatement PrivilegeRule(int start)
    {
        var grant = _word == Keyword.Grant;
        Advance();
        if (_kind is TokenKind.End or TokenKind.Semicolon) throw Unexpected();
        bool onObject = false, named = false;
        var parentheses = 0;
        for (var ahead = 0; PeekKind(ahead) is not (TokenKind.End or TokenKind.Semicolon); ahead++)
        {
            parentheses += PeekKind(ahead) switch { TokenKind.OpenParen => 1, TokenKind.CloseParen => -1, _ => 0 };
            onObject |= parentheses == 0 && PeekWord(ahead) == Keyword.On;
            named |= PeekWord(ahead) == (grant ? Keyword.To : Keyword.From);
        }

        SkipToSemicolon();
        if (!named) throw Unexpected();
        var tag = grant ? "GRANT" : "REVOKE";
        return new OpaqueStatement(onObject ? tag : tag + " ROLE", TextFrom(start));
    }

    private Statement DropRule(int start)
    {
        Expect(Keyword.Drop);
        if (Accept(Keyword.Owned)) return Opaque("DROP OWNED", start, Keyword.By);
        var kind = ObjectKind();
        switch (kind)
        {
            case "database":
                var ifExists = IfExists();
                var name = Name();
                var force = false;
                Accept(Keyword.With);
                if (Accept(TokenKind.OpenParen))
                {
                    Expect(Keyword.Force);
                    Expect(TokenKind.CloseParen);
                    force = true;
                }

                return new DropDatabase(name, ifExists, force);

            // What these drop is not a plain list of names.
            case "cast" or "operator" or "operator class" or "operator family" or "transform" or "trigger" or "rule" or "policy"
                or "user mapping":
                return Opaque("DROP " + kind.ToUpperInvariant(), start);
            case "column" or "constraint" or "system" or "large object" or "default privileges":
                throw Unexpected(_at - 1);
        }

        var concurrently = kind == "index" && Accept(Keyword.Concurrently);
        var onlyIfExists = IfExists();
        System.Collections.Immutable.ImmutableArray<QualifiedName> names;
        if (kind is "function" or "procedure" or "routine" or "aggregate")
        {
            var list = new ListBuilder<QualifiedName>();
            do
            {
                list.Add(PeekKind() is TokenKind.End or TokenKind.Comma or TokenKind.Semicolon ? Qualified() : FunctionNameRule());
                if (_kind == TokenKind.OpenParen) Signature(kind);
            }
            while (Accept(TokenKind.Comma));
            names = list.ToImmutable();
        }
        else
        {
            names = kind is "table" or "view" or "materialized view" or "index" or "sequence" or "type" or "domain" or "foreign table"
                or "collation" or "conversion" or "statistics" or "text search parser" or "text search dictionary"
                or "text search template" or "text search configuration"
                ? QualifiedList()
                : PlainNames();
        }

        return new Drop(kind, names, onlyIfExists, Cascade(), concurrently);
    }

    /// <summary>Names of what lies in no schema: roles, servers, extensions…</summary>
    private System.Collections.Immutable.ImmutableArray<QualifiedName> PlainNames()
    {
        var names = new ListBuilder<QualifiedName>();
        do
        {
            var at = Here;
            names.Add(new QualifiedName([Name()]) { Position = at });
        }
        while (Accept(TokenKind.Comma));
        return names.ToImmutable();
    }

    /// <summary>The argument types that tell functions of one name apart: <c>([mode] [name] type, …)</c>, <c>(*)</c> for aggregates.</summary>
    private void Signature(string kind)
    {
        Expect(TokenKind.OpenParen);
        if (Accept(TokenKind.CloseParen))
        {
            if (kind == "aggregate") throw Unexpected(_at - 1);
            return;
        }

        if (!(kind == "aggregate" && Accept(TokenKind.Star)))
        {
            if (!(kind == "aggregate" && _word == Keyword.Order)) SignatureArguments();
            if (kind == "aggregate" && Accept(Keyword.Order, Keyword.By)) SignatureArguments();
        }

        Expect(TokenKind.CloseParen);
    }

    private void SignatureArguments()
    {
        do
        {
            if (!Accept(Keyword.In, Keyword.Out) && !Accept(Keyword.In) && !Accept(Keyword.Out) && !Accept(Keyword.Inout)) Accept(Keyword.Variadic);

            // A name goes before the type when something that starts a type follows it.
            if (IsFunctionName && PeekKind() is not (TokenKind.Comma or TokenKind.CloseParen or TokenKind.Dot or TokenKind.OpenParen or TokenKind.OpenBracket or TokenKind.Percent)
                && !(_word == Keyword.Double && PeekWord() == Keyword.Precision)
                && PeekWord() is not (Keyword.Order or Keyword.Array))
                TakeName();
            Type();
        }
        while (Accept(TokenKind.Comma));
    }

    private Statement CommentRule(int start)
    {
        Expect(Keyword.Comment, Keyword.On);
        var kind = ObjectKind();
        switch (kind)
        {
            case "cast" or "operator" or "operator class" or "operator family" or "transform" or "trigger" or "rule" or "policy"
                or "constraint" or "large object":
                return Opaque("COMMENT", start);
        }

        QualifiedName name;
        if (kind is "function" or "procedure" or "routine" or "aggregate")
        {
            name = FunctionNameRule();
            if (_kind == TokenKind.OpenParen) Signature(kind);
        }
        else
        {
            name = Qualified();
        }

        Expect(Keyword.Is);
        return new Comment(kind, name, Accept(Keyword.Null) ? null : StringValue());
    }
}
