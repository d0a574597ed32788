using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

internal static class VectorElements
{
    public static VectorElement? Find(string key) => key switch
    {
        "FLOAT" => VectorElement.Float,
        "DOUBLE" => VectorElement.Double,
        "DECIMAL" => VectorElement.Decimal,
        "INTEGER" or "INT" => VectorElement.Integer,
        "TIMESTAMP" => VectorElement.Timestamp,
        _ => null,
    };
}
