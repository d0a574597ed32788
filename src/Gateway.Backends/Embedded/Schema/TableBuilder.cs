using System.Collections.Immutable;
using Gateway.Sql.Dialects.Postgres;
using Gateway.Sql.Parsing;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

internal sealed partial class SchemaChange
{
    /// <summary>Collects the columns and constraints of a new table or of an ALTER TABLE, with PostgreSQL's names and rules.</summary>
    private sealed class TableBuilder
    {
        private readonly SchemaChange _change;
        private readonly string _schema;
        private readonly string _name;
        private readonly bool _temporary;
        private readonly uint _oid;
        private readonly StoredRelation? _old;
        private readonly List<ColumnInfo> _columns = [];
        private readonly List<ConstraintInfo> _constraints = [];
        private readonly List<IndexInfo> _indexes = [];
        private readonly List<(string Column, string Sequence, uint Oid, SequenceDefinition Definition)> _sequences = [];
        private short _nextNumber = 1;

        public TableBuilder(SchemaChange change, string schema, string name, bool temporary)
        {
            _change = change;
            _schema = schema;
            _name = name;
            _temporary = temporary;
            _oid = change.NextOid();
        }

        public TableBuilder(SchemaChange change, StoredRelation old)
        {
            _change = change;
            _old = old;
            _schema = old.Info.Schema;
            _name = old.Info.Name;
            _temporary = old.Info.Temporary;
            _oid = old.Info.Oid;
            _columns.AddRange(old.Info.Columns);
            _constraints.AddRange(old.Info.Constraints);
            _indexes.AddRange(old.Info.Indexes);
            _nextNumber = old.NextNumber;
        }

        public List<ColumnInfo> Columns => _columns;

        public List<ConstraintInfo> Constraints => _constraints;

        public List<IndexInfo> Indexes => _indexes;

        public void Add(ColumnDefinition definition)
        {
            if (_columns.Exists(column => column.Name == definition.Name))
                throw _old is null
                    ? new PgException(SqlStates.DuplicateColumn, $"column \"{definition.Name}\" specified more than once")
                    : new PgException(SqlStates.DuplicateColumn, $"column \"{definition.Name}\" of relation \"{_name}\" already exists");
            if (definition.Type is null) throw PgException.Syntax($"column \"{definition.Name}\" has no type");
            if (definition.Collation is { } collation && collation.Last is not ("default" or "C" or "POSIX"))
                throw PgException.Unsupported($"collation \"{collation}\" is not supported by the embedded engine");

            var serial = ColumnTypes.SerialType(definition.Type);
            var type = serial != 0 ? new TypeRef(serial) : ColumnTypes.Resolve(definition.Type, definition.Name);
            var column = new ColumnInfo(definition.Name, _nextNumber++, type, NotNull: serial != 0);
            _columns.Add(column);
            var nullWritten = false;
            foreach (var constraint in definition.Constraints)
                switch (constraint)
                {
                    case NotNullConstraint { Null: true }:
                        nullWritten = true;
                        break;
                    case NotNullConstraint:
                        column = Replace(column with { NotNull = true });
                        break;
                    case DefaultConstraint value:
                        if (serial != 0 || column.Default is not null)
                            throw PgException.Syntax($"multiple default values specified for column \"{column.Name}\" of table \"{_name}\"");
                        var text = _change._expressions.DefaultText(value.Value, column);
                        column = Replace(column with { Default = text, Sequence = _change._expressions.SequenceOf(text) });
                        break;
                    case GeneratedConstraint generated:
                        column = Replace(column with { Generated = PostgresDialect.Write(generated.Value) });
                        break;
                    case IdentityConstraint identity:
                        if (type.Oid is not (Oids.Int2 or Oids.Int4 or Oids.Int8))
                            throw new PgException(SqlStates.InvalidParameterValue, "identity column type must be smallint, integer, or bigint");
                        column = Replace(column with { NotNull = true, Identity = identity.Always ? 'a' : 'd' });
                        column = AddSequence(column, type.Oid, identity.Options);
                        break;
                    case InlineKeyConstraint key:
                        AddKey(key.Name, key.Primary, [column.Name]);
                        column = _columns.Find(c => c.Name == definition.Name)!;
                        break;
                    case InlineCheckConstraint check:
                        AddCheck(check.Name, check.Value, [column.Name]);
                        break;
                    case InlineForeignKey foreign:
                        AddForeignKey(foreign.Name, [column.Name], foreign.Reference);
                        break;
                    default:
                        throw PgException.Unsupported($"column constraint {constraint.GetType().Name}");
                }

            if (serial != 0) column = AddSequence(column, serial, []);
            if (nullWritten && column.NotNull)
                throw PgException.Syntax($"conflicting NULL/NOT NULL declarations for column \"{column.Name}\" of table \"{_name}\"");
            if (column.Generated is not null && (column.Default is not null || column.Identity != '\0'))
                throw PgException.Syntax($"both default and generation expression specified for column \"{column.Name}\" of table \"{_name}\"");
        }

        public void Add(LikeClause like)
        {
            var source = _change.Find(like.Table) ?? throw Undefined(like.Table);
            bool Including(string what) =>
                (like.Including.Contains(what) || like.Including.Contains("all")) && !like.Excluding.Contains(what);

            foreach (var column in source.Info.Columns)
            {
                if (_columns.Exists(existing => existing.Name == column.Name))
                    throw new PgException(SqlStates.DuplicateColumn, $"column \"{column.Name}\" specified more than once");
                var copy = new ColumnInfo(column.Name, _nextNumber++, column.Type, column.NotNull)
                {
                    Comment = Including("comments") ? column.Comment : null,
                };
                if (column.Generated is not null && Including("generated")) copy = copy with { Generated = column.Generated };
                // A serial's default goes on using the sequence of the table it was made for.
                if (column.Default is not null && Including("defaults")) copy = copy with { Default = column.Default, Sequence = column.Sequence };
                _columns.Add(copy);
                if (column.Identity != '\0' && Including("identity"))
                    AddSequence(Replace(copy with { Identity = column.Identity }), column.Type.Oid, []);
            }

            foreach (var constraint in source.Info.Constraints)
                if (constraint.Kind == ConstraintKind.Check && Including("constraints"))
                    _constraints.Add(constraint with { Oid = _change.NextOid() });
                else if (constraint.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique && Including("indexes"))
                    AddKey(null, constraint.Kind == ConstraintKind.PrimaryKey, constraint.Columns);
        }

        public void Add(TableConstraint constraint)
        {
            switch (constraint)
            {
                case KeyConstraint key:
                    if (key.NullsNotDistinct) throw PgException.Unsupported("NULLS NOT DISTINCT is not supported by the embedded engine");
                    if (!key.Include.IsDefaultOrEmpty) throw PgException.Unsupported("INCLUDE columns are not supported by the embedded engine");
                    if (key.UsingIndex is not null) throw PgException.Unsupported("constraint USING INDEX is not supported by the embedded engine");
                    AddKey(key.Name, key.Primary, key.Columns);
                    break;
                case CheckConstraint check:
                    AddCheck(check.Name, check.Value, ColumnsOf(check.Value));
                    break;
                case ForeignKeyConstraint foreign:
                    AddForeignKey(foreign.Name, foreign.Columns, foreign.Reference);
                    break;
                default:
                    throw PgException.Unsupported("exclusion constraints are not supported by the embedded engine");
            }
        }

        public StoredRelation Build()
        {
            var info = (_old?.Info ?? new RelationInfo(_oid, _schema, _name, RelationKind.Table, [])) with
            {
                Columns = [.. _columns],
                Constraints = [.. _constraints],
                Indexes = [.. _indexes],
                Temporary = _temporary,
            };
            foreach (var (column, sequence, oid, definition) in _sequences)
                _change.MakeSequence(_schema, sequence, oid, _temporary, definition with { OwnerTable = _oid, OwnerColumn = column });
            return (_old ?? new StoredRelation(info)) with { Info = info, NextNumber = _nextNumber };
        }

        public void AddKey(string? name, bool primary, ImmutableArray<string> columns)
        {
            RequireColumns(columns);
            if (columns.Distinct(StringComparer.Ordinal).Count() != columns.Length)
                throw new PgException(SqlStates.DuplicateColumn,
                    $"column \"{columns[0]}\" appears twice in {(primary ? "primary key" : "unique")} constraint");
            if (primary)
            {
                if (_constraints.Exists(constraint => constraint.Kind == ConstraintKind.PrimaryKey))
                    throw new PgException("42P16", $"multiple primary keys for table \"{_name}\" are not allowed");
                foreach (var column in columns) Replace(_columns.Find(c => c.Name == column)! with { NotNull = true });
            }

            if (name is not null && (_constraints.Exists(c => c.Name == name) || _change.Exists(_schema, name)))
                throw Duplicate(name);
            name ??= primary
                ? ObjectNames.Choose(_name, [], "pkey", Taken)
                : ObjectNames.Choose(_name, columns, "key", Taken);
            _constraints.Add(new ConstraintInfo(
                _change.NextOid(), name, primary ? ConstraintKind.PrimaryKey : ConstraintKind.Unique, columns, ReferencedColumns: []));
            // The index of a key has the key's name and goes with it.
            _indexes.Add(new IndexInfo(_change.NextOid(), name, Unique: true, primary, columns));
        }

        public void AddCheck(string? name, Expr value, ImmutableArray<string> columns)
        {
            RequireFreeName(name);
            name ??= ObjectNames.Choose(_name, columns.Length == 1 ? columns : [], "check", Taken);
            _constraints.Add(new ConstraintInfo(
                _change.NextOid(), name, ConstraintKind.Check, columns, PostgresDialect.Write(value), ReferencedColumns: []));
        }

        public void AddForeignKey(string? name, ImmutableArray<string> columns, ForeignKeyReference reference)
        {
            RequireColumns(columns);
            RequireFreeName(name);
            if (reference.Match is "full" or "partial")
                throw PgException.Unsupported($"MATCH {reference.Match.ToUpperInvariant()} is not supported by the embedded engine");
            var self = reference.Table.Last == _name && (reference.Table.Schema ?? _schema) == _schema && _old is null;
            var target = self ? null : _change.FindTable(reference.Table).Info;
            if (target is not null && target.Temporary != _temporary)
                throw new PgException("42P16", _temporary
                    ? "constraints on temporary tables may reference only temporary tables"
                    : "constraints on permanent tables may reference only permanent tables");
            var keys = target is null || target.Oid == _oid ? _constraints.AsEnumerable() : target.Constraints;
            var targetName = target?.Name ?? _name;
            var referenced = reference.Columns;
            if (referenced.IsDefaultOrEmpty)
                referenced = keys.FirstOrDefault(key => key.Kind == ConstraintKind.PrimaryKey)?.Columns
                    ?? throw new PgException(SqlStates.UndefinedObject, $"there is no primary key for referenced table \"{targetName}\"");
            foreach (var column in referenced)
                if (target is null ? !_columns.Exists(c => c.Name == column) : target.FindColumn(column) is null)
                    throw new PgException(SqlStates.UndefinedColumn, $"column \"{column}\" referenced in foreign key constraint does not exist");
            if (referenced.Length != columns.Length)
                throw new PgException("42830", "number of referencing and referenced columns for foreign key disagree");
            if (!keys.Any(key => key.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique && key.Columns.ToHashSet().SetEquals(referenced))
                && !(target?.Indexes.Any(index => index.Unique && index.Predicate is null && index.Columns.ToHashSet().SetEquals(referenced)) ?? false))
                throw new PgException("42830", $"there is no unique constraint matching given keys for referenced table \"{targetName}\"");

            if (columns.Select(column => _columns.Find(c => c.Name == column)!.Type).FirstOrDefault(type => KeyColumns.HasSeveralForms(type.Oid)) is { Oid: not 0 } type)
                throw PgException.Unsupported($"a foreign key over values of type {Gateway.Types.TypeNames.Format(type.Oid)} is not supported by the embedded engine");
            name ??= ObjectNames.Choose(_name, columns, "fkey", Taken);
            for (var i = 0; i < columns.Length; i++)
                RequireComparable(name, _columns.Find(c => c.Name == columns[i])!, target is null ? _columns.Find(c => c.Name == referenced[i])! : target.FindColumn(referenced[i])!);
            _constraints.Add(new ConstraintInfo(
                _change.NextOid(), name, ConstraintKind.ForeignKey, columns, null,
                target?.Schema ?? _schema, targetName, referenced, reference.OnDelete, reference.OnUpdate)
            {
                Deferrable = reference.Deferrable || reference.InitiallyDeferred,
                InitiallyDeferred = reference.InitiallyDeferred,
            });
        }

        public ColumnInfo Replace(ColumnInfo column)
        {
            _columns[_columns.FindIndex(c => c.Number == column.Number)] = column;
            return column;
        }

        public ImmutableArray<string> ColumnsOf(Expr expression)
        {
            var names = new List<string>();
            TreeWalk.Visit(expression, node =>
            {
                if (node is ColumnRef { Parts: [.., var name] } && _columns.Exists(c => c.Name == name) && !names.Contains(name)) names.Add(name);
            });
            return [.. names];
        }

        public void AddIdentity(ColumnInfo column, bool always, ImmutableArray<SequenceOption> options) =>
            AddSequence(Replace(column with { Identity = always ? 'a' : 'd', Default = null }), column.Type.Oid, options);

        private ColumnInfo AddSequence(ColumnInfo column, uint type, ImmutableArray<SequenceOption> options)
        {
            var name = ObjectNames.Choose(_name, [column.Name], "seq", candidate =>
                _change.Exists(_schema, candidate) || _sequences.Exists(s => s.Sequence == candidate));
            var oid = _change.NextOid();
            _sequences.Add((column.Name, name, oid, SequenceOptions.Create(type, options)));
            var text = $"nextval('{SequenceReference(name)}'::regclass)";
            return Replace(column.Identity != '\0'
                ? column with { Sequence = $"{_schema}.{name}" }
                : column with { Sequence = $"{_schema}.{name}", Default = text });
        }

        private string SequenceReference(string name) =>
            (_schema is "public" or TemporarySchema ? Identifiers.Quote(name) : $"{Identifiers.Quote(_schema)}.{Identifiers.Quote(name)}")
            .Replace("'", "''", StringComparison.Ordinal);

        private void RequireColumns(ImmutableArray<string> columns)
        {
            foreach (var column in columns)
                if (!_columns.Exists(c => c.Name == column))
                    throw new PgException(SqlStates.UndefinedColumn, $"column \"{column}\" named in key does not exist");
        }

        private void RequireFreeName(string? name)
        {
            if (name is not null && _constraints.Exists(constraint => constraint.Name == name))
                throw new PgException(SqlStates.DuplicateObject, $"constraint \"{name}\" for relation \"{_name}\" already exists");
        }

        private bool Taken(string name) => _constraints.Exists(constraint => constraint.Name == name) || _change.Exists(_schema, name);
    }

    /// <summary>SQLite compares the carriers of a key's two sides as they lie there.</summary>
    private static void RequireComparable(string key, ColumnInfo child, ColumnInfo parent)
    {
        var (left, right) = (child.Type.Oid, parent.Type.Oid);
        if (left == right || (IsInteger(left) && IsInteger(right)) || (IsString(left) && IsString(right))) return;
        if (PgTypes.Find(left)?.Category == PgTypes.Find(right)?.Category)
            throw PgException.Unsupported($"a foreign key from {Gateway.Types.TypeNames.Format(left)} to {Gateway.Types.TypeNames.Format(right)} is not supported by the embedded engine");
        throw new PgException(SqlStates.DatatypeMismatch, $"foreign key constraint \"{key}\" cannot be implemented")
        {
            Detail = $"Key columns \"{child.Name}\" and \"{parent.Name}\" are of incompatible types: {Gateway.Types.TypeNames.Format(left)} and {Gateway.Types.TypeNames.Format(right)}.",
        };

        static bool IsInteger(uint type) => type is Oids.Int2 or Oids.Int4 or Oids.Int8;

        static bool IsString(uint type) => type is Oids.Text or Oids.VarChar;
    }
}
