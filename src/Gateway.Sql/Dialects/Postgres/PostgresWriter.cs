using System.Collections.Immutable;
using System.Text;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Postgres;

/// <summary>Writes trees, read or analyzed, so that they read back as the same tree. Every compound operand stands in parentheses.</summary>
/// <param name="typed">Parameters carry their types as casts, so that the server infers what was inferred here.</param>
/// <param name="kept">The text is kept: types that somebody may rename stand under their OID.</param>
/// <param name="marks">Parameters are written <c>?</c>, and their numbers go here; no operator then holds a <c>?</c>.</param>
internal sealed partial class PostgresWriter(Func<ColumnRef, string?>? rename = null, bool typed = false, bool kept = false, List<int>? marks = null)
{
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    public void Statement(Statement statement)
    {
        switch (statement)
        {
            case QueryStatement query: Query(query.Query); break;
            case Insert insert: Insert(insert); break;
            case Update update: Update(update); break;
            case Delete delete: Delete(delete); break;
            case Merge merge: Merge(merge); break;
            default: throw PgException.Unsupported($"writing {CommandTag.Of(statement).Name} is not supported");
        }
    }

    private void Name(string name) => _text.Append(Identifiers.Quote(name));

    private void Name(QualifiedName name) => PostgresNames.Qualified(_text, name);

    private void List<T>(ImmutableArray<T> items, Action<T> write)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) _text.Append(", ");
            write(items[i]);
        }
    }

    private void Names(ImmutableArray<string> names)
    {
        _text.Append('(');
        List(names, Name);
        _text.Append(')');
    }

    private void Parenthesized(Query query)
    {
        _text.Append('(');
        Query(query);
        _text.Append(')');
    }
}
