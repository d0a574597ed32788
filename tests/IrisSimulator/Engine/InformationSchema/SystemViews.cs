using IrisSimulator.Engine.Storage;
using IrisSimulator.Engine.Types;

namespace IrisSimulator.Engine.InformationSchema;

/// <summary>INFORMATION_SCHEMA (section 13.1): each view is a table that is filled whenever a query names it.</summary>
internal static class SystemViews
{
    private const string Schema = "INFORMATION_SCHEMA";

    public static void AddTo(Database database)
    {
        Add("SCHEMATA", Describe.Schemata,
            "CATALOG_NAME SCHEMA_NAME SCHEMA_OWNER DEFAULT_CHARACTER_SET_CATALOG DEFAULT_CHARACTER_SET_SCHEMA DEFAULT_CHARACTER_SET_NAME SQL_PATH");
        Add("TABLES", Describe.Tables,
            "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_TYPE SELF_REFERENCING_COLUMN_NAME REFERENCE_GENERATION USER_DEFINED_TYPE_CATALOG "
            + "USER_DEFINED_TYPE_SCHEMA USER_DEFINED_TYPE_NAME IS_INSERTABLE_INTO IS_TYPED CLASSNAME DESCRIPTION OWNER IS_SHARDED");
        Add("COLUMNS", Describe.Columns,
            "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME ORDINAL_POSITION:i DTD_IDENTIFIER DOMAIN_CATALOG DOMAIN_SCHEMA DOMAIN_NAME "
            + "COLUMN_DEFAULT IS_NULLABLE IS_SELF_REFERENCING IS_IDENTITY IDENTITY_GENERATION IDENTITY_START IDENTITY_INCREMENT IDENTITY_MAXIMUM "
            + "IDENTITY_MINIMUM IDENTITY_CYCLE IS_GENERATED GENERATION_EXPRESSION IS_UPDATABLE DATA_TYPE CHARACTER_MAXIMUM_LENGTH:i "
            + "CHARACTER_OCTET_LENGTH:i NUMERIC_PRECISION:i NUMERIC_PRECISION_RADIX:i NUMERIC_SCALE:i DATETIME_PRECISION:i CHARACTER_SET_CATALOG "
            + "CHARACTER_SET_SCHEMA CHARACTER_SET_NAME COLLATION_CATALOG COLLATION_SCHEMA COLLATION_NAME DESCRIPTION AUTO_INCREMENT UNIQUE_COLUMN "
            + "PRIMARY_KEY PROPERTY_NAME:h COMPUTE_CODE:h IS_PERSISTED:h ODBCTYPE:hi");
        Add("TABLE_CONSTRAINTS", Describe.Constraints,
            "CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_CATALOG TABLE_SCHEMA TABLE_NAME CONSTRAINT_TYPE IS_DEFERRABLE INITIALLY_DEFERRED");
        Add("KEY_COLUMN_USAGE", Describe.KeyColumns,
            "CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME ORDINAL_POSITION:i "
            + "POSITION_IN_UNIQUE_CONSTRAINT:i REFERENCED_TABLE_SCHEMA REFERENCED_TABLE_NAME REFERENCED_CONSTRAINT_NAME REFERENCED_COLUMN_NAME CONSTRAINT_TYPE");
        Add("REFERENTIAL_CONSTRAINTS", Describe.References,
            "CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_TABLE_NAME CONSTRAINT_NAME UNIQUE_CONSTRAINT_CATALOG UNIQUE_CONSTRAINT_SCHEMA "
            + "UNIQUE_CONSTRAINT_TABLE UNIQUE_CONSTRAINT_NAME MATCH_OPTION UPDATE_RULE DELETE_RULE");
        Add("INDEXES", Describe.Indexes,
            "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME NON_UNIQUE:i INDEX_CATALOG INDEX_SCHEMA INDEX_NAME ORDINAL_POSITION:i COLUMN_NAME ASC_OR_DESC "
            + "PRIMARY_KEY MAP_STATUS DATA_FIELDS");
        Add("VIEWS", Describe.Views,
            "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME VIEW_DEFINITION CHECK_OPTION IS_UPDATABLE IS_TRIGGER_UPDATABLE IS_TRIGGER_DELETABLE "
            + "IS_TRIGGER_INSERTABLE_INTO DESCRIPTION DATE_CREATED DATE_MODIFIED CLASSNAME OWNER");
        Add("CHECK_CONSTRAINTS", _ => [], "CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME CHECK_CLAUSE");
        Add("ROUTINES", _ => [],
            "SPECIFIC_CATALOG SPECIFIC_SCHEMA SPECIFIC_NAME ROUTINE_CATALOG ROUTINE_SCHEMA ROUTINE_NAME ROUTINE_TYPE DATA_TYPE ROUTINE_BODY "
            + "ROUTINE_DEFINITION CLASSNAME METHOD_OR_QUERY_NAME");
        Add("PARAMETERS", _ => [],
            "SPECIFIC_CATALOG SPECIFIC_SCHEMA SPECIFIC_NAME ORDINAL_POSITION:i PARAMETER_MODE PARAMETER_NAME DATA_TYPE "
            + "CHARACTER_MAXIMUM_LENGTH:i CLASSNAME METHOD_OR_QUERY_NAME");
        Add("TRIGGERS", _ => [],
            "TRIGGER_CATALOG TRIGGER_SCHEMA TRIGGER_NAME EVENT_MANIPULATION EVENT_OBJECT_SCHEMA EVENT_OBJECT_TABLE ACTION_STATEMENT ACTION_TIMING");
        Add("CURRENT_STATEMENTS", Describe.Statements,
            "AppMetadataStackID SQLStatementID Server ProcessID:i StatementIndexHash UserName QueryRunType QueryStmtType TP_NestingLevel:i Parameters "
            + "Namespace CachedQuery CallerName StatementOrder:i CurrentWorkerCount:i ExecutionStart:t ExecutionStartUTC:t ExecutionDuration:d "
            + "ParentType ChildStatements Status");

        void Add(string name, Func<Session, IEnumerable<object?[]>> rows, string columns)
        {
            var table = new TableDef { Number = database.NewTableNumber(), Schema = Schema, Name = name, System = rows };
            foreach (var column in columns.Split(' '))
            {
                var parts = column.Split(':');
                var kind = parts.Length > 1 ? parts[1] : "";
                table.Columns.Add(new ColumnDef
                {
                    Name = parts[0], Physical = "c" + (table.Columns.Count + 1), Private = kind.Contains('h'),
                    Type = kind.Contains('i') ? IrisType.Integer : kind == "t" ? IrisType.Timestamp : kind == "d" ? IrisType.Double : IrisType.VarChar(128),
                    // Names have the collation Upper; other texts compare by the default.
                    Order = kind.Trim('h') == "" ? TextOrder.SqlUpper : TextOrder.Exact,
                });
            }
            database.Catalog.Add(table);
            database.Sqlite.Run($"CREATE TABLE {table.Physical} ({string.Join(',', table.Columns.Select(c => c.Physical))})");
        }
    }
}
