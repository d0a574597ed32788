using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>
/// IRIS's implicit join (iris-sql, section 2.3): <c>patient_id->name</c> is the column of the row that a foreign key points to, or
/// NULL. It is meant only where the left side is a column with a foreign key of its own and no json, the right side a bare name.
/// </summary>
internal sealed partial class Binder
{
    private Expr? BindArrow(BinaryOp binary)
    {
        var steps = new List<ColumnRef>();
        Expr start = binary;
        while (start is BinaryOp { Operator: { Symbol: "->", Schema: null }, Right: ColumnRef { Parts.Length: 1 } step } arrow)
        {
            steps.Insert(0, step);
            start = arrow.Left;
        }

        if (steps.Count == 0 || start is not ColumnRef name || Bind(name) is not ColumnRef { Column: { Source: { } source } column }) return null;
        if (column is not { Relation: { } relation, Column: { } info } || info.Type.Oid is Oids.Json or Oids.Jsonb) return null;
        var key = relation.Constraints.FirstOrDefault(c => c.Kind == ConstraintKind.ForeignKey && c.Columns is [var only] && only == info.Name);
        if (key is not { ReferencedSchema: { } schema, ReferencedTable: { } table }) return null;

        var alias = "->" + _arrows++;
        Expr value = new ColumnRef([alias, steps[0].Name]) { Position = steps[0].Position };
        foreach (var step in steps.Skip(1)) value = new BinaryOp(value, binary.Operator, step) { Position = step.Position };
        return Bind(new ScalarSubquery(new Select
        {
            Position = binary.Position,
            Items = [new SelectItem(value, null)],
            From = [new TableRef(new QualifiedName([schema, table])) { Alias = new Alias(alias, []) }],
            Where = new BinaryOp(new ColumnRef([alias, key.ReferencedColumns[0]]), new OperatorName("="), new ColumnRef([source, info.Name])),
        })
        {
            Position = binary.Position,
        });
    }

    private int _arrows;
}
