# frozen_string_literal: true

# Sequel: datasets, schema reflection, migrations of its schema methods, savepoints, its PostgreSQL extensions.
require 'sequel'
require 'sequel/version'
require 'bigdecimal'
require_relative 'checks'

puts "# Sequel #{Sequel.version}"

def database(**options)
  db = Sequel.connect(adapter: 'postgres', host: WHERE[:host], port: WHERE[:port], database: WHERE[:dbname], user: WHERE[:user], max_connections: 4, **options)
  db.extension :pg_array, :pg_json
  db
end

DB = database

def tables
  DB.run('SET client_min_messages = warning')
  DB.drop_table?(:sequel_lines, :sequel_things)
  DB.create_table(:sequel_things) do
    primary_key :id
    String :name, null: false, size: 40
    BigDecimal :price, size: [10, 2], default: 1.5
    TrueClass :active, default: true
    Date :born
    Time :seen
    File :payload
    column :tags, 'text[]'
    column :doc, :jsonb
    index :name
  end
  DB.create_table(:sequel_lines) do
    primary_key :id
    foreign_key :thing_id, :sequel_things, null: false, on_delete: :cascade
    Integer :quantity
    unique %i[thing_id quantity]
  end
  yield
ensure
  DB.drop_table?(:sequel_lines, :sequel_things)
end

THINGS = DB[:sequel_things]

check('the connection is tested and its version known') do
  equal(DB.test_connection, true)
  raise DB.server_version.to_s if DB.server_version < 120_000
end
check('a literal query returns its row') { equal(DB.fetch("SELECT 1 AS one, 'two' AS two, NULL AS three").all, [{ one: 1, two: 'two', three: nil }]) }
check('placeholders are filled in') { equal(DB.fetch('SELECT ? AS a, :b AS b', 1).sql, "SELECT 1 AS a, :b AS b") }
check('values of many types come back as they were written') do
  tables do
    row = { name: "it's zażółć", price: BigDecimal('12.50'), active: false, born: Date.new(2024, 2, 29), seen: Time.new(2024, 2, 29, 12, 30, 15.5r),
            payload: Sequel.blob("\x00\xFF".b), tags: Sequel.pg_array(['a', nil, 'x y']), doc: Sequel.pg_jsonb({ 'k' => [1, nil] }) }
    id = THINGS.insert(row)
    got = THINGS[id: id]
    row.each { |key, value| equal(got[key], value) }
  end
end
check('insert gives the key, multi_insert and import insert every row') do
  tables do
    equal(THINGS.insert(name: 'a'), 1)
    THINGS.multi_insert([{ name: 'b' }, { name: 'c' }])
    THINGS.import([:name], [['d'], ['e']])
    equal(THINGS.order(:id).select_map(:name), %w[a b c d e])
    equal(THINGS.returning(:id, :name).insert(name: 'f'), [{ id: 6, name: 'f' }])
  end
end
check('update and delete report how many rows they changed') do
  tables do
    THINGS.import([:name], [['a'], ['b'], ['c']])
    equal(THINGS.where { id >= 2 }.update(price: 3), 2)
    equal(THINGS.where(name: %w[a b]).delete, 2)
  end
end
check('an upsert updates what is there') do
  tables do
    THINGS.insert(id: 1, name: 'a')
    THINGS.insert_conflict(target: :id, update: { name: Sequel[:excluded][:name] }).insert(id: 1, name: 'b')
    THINGS.insert_conflict.insert(id: 1, name: 'c')
    equal(THINGS.select_map(:name), ['b'])
  end
end
check('joins, groups, windows and CTEs are answered') do
  tables do
    THINGS.import([:name], [['a'], ['b']])
    DB[:sequel_lines].import(%i[thing_id quantity], [[1, 5], [1, 7], [2, 1]])
    totals = THINGS.join(:sequel_lines, thing_id: :id).group(:name).order(:name).select { [name, sum(quantity).as(total)] }
    equal(totals.all, [{ name: 'a', total: 12 }, { name: 'b', total: 1 }])
    equal(DB[:sequel_lines].order(:id).select { row_number.function.over(partition: :thing_id, order: :quantity).as(n) }.map(:n), [1, 2, 1])
    equal(DB[:t].with(:t, DB[:sequel_lines].where(thing_id: 1)).max(:quantity), 7)
    equal(THINGS.left_join(:sequel_lines, thing_id: :id).where(Sequel.like(:name, 'A%', case_insensitive: true)).count, 2)
  end
end
check('subqueries, set operations, CASE and limits are answered') do
  tables do
    THINGS.import([:name], [['a'], ['b'], ['c']])
    equal(THINGS.where(id: THINGS.select(:id).where(name: 'b')).get(:name), 'b')
    equal(THINGS.select(:name).union(DB.select(Sequel.cast('z', String).as(:name))).order(:name).map(:name), %w[a b c z])
    equal(THINGS.order(:id).select(Sequel.case({ { name: 'a' } => 1 }, 0).as(:x)).map(:x), [1, 0, 0])
    equal(THINGS.order(Sequel.desc(:id)).limit(1, 1).map(:name), ['b'])
  end
end
check('prepared statements are used often') do
  tables do
    THINGS.import([:name], [['a'], ['b']])
    by_id = THINGS.where(id: :$wanted).prepare(:first, :sequel_by_id)
    equal([1, 2, 1].map { |i| by_id.call(wanted: i)[:name] }, %w[a b a])
  end
end
check('transactions, savepoints and rollbacks nest') do
  tables do
    DB.transaction do
      THINGS.insert(name: 'kept')
      DB.transaction(savepoint: true) { THINGS.insert(name: 'undone'); raise Sequel::Rollback }
      fails(Sequel::UniqueConstraintViolation) { DB.transaction(savepoint: true) { THINGS.insert(id: 1, name: 'again') } }
    end
    fails(RuntimeError) { DB.transaction { THINGS.insert(name: 'undone'); raise 'no' } }
    equal(THINGS.select_map(:name), ['kept'])
    equal(DB.transaction(isolation: :serializable) { DB.fetch('SHOW transaction_isolation').single_value }, 'serializable')
  end
end
check('errors have a class') do
  tables do
    fails(Sequel::NotNullConstraintViolation) { THINGS.insert(name: nil) }
    fails(Sequel::ForeignKeyConstraintViolation) { DB[:sequel_lines].insert(thing_id: 99) }
    equal(fails(Sequel::DatabaseError) { DB[:no_such_table].all }.wrapped_exception.class, PG::UndefinedTable)
  end
end
check('use_cursor reads in portions') { equal(DB.fetch('SELECT i FROM generate_series(1, 1000) AS g(i)').use_cursor(rows_per_fetch: 100).map(:i), (1..1000).to_a) }
check('JSON operators work in expressions') do
  tables do
    DB.extension :pg_json
    Sequel.extension :pg_json_ops
    THINGS.insert(name: 'a', doc: Sequel.pg_jsonb({ 'k' => { 'x' => 5 } }))
    equal(THINGS.get(Sequel.pg_jsonb_op(:doc).get_text(%w[k x])), '5')
  end
end
check('the tables are listed') { tables { equal((DB.tables & %i[sequel_things sequel_lines]).sort, %i[sequel_lines sequel_things]) } }
check('the views are listed') do
  DB.create_or_replace_view(:sequel_view, DB.select(Sequel.as(1, :one)))
  equal(DB.views.include?(:sequel_view), true)
  DB.drop_view(:sequel_view)
end
check('table_exists? knows what is there') { tables { equal([DB.table_exists?(:sequel_things), DB.table_exists?(:no_such_table)], [true, false]) } }
check('the schema of a table is reflected') do
  tables do
    schema = database.schema(:sequel_things).to_h
    equal(schema.map { |name, column| [name, column[:db_type]] },
          [[:id, 'integer'], [:name, 'character varying(40)'], [:price, 'numeric(10,2)'], [:active, 'boolean'], [:born, 'date'],
           [:seen, 'timestamp without time zone'], [:payload, 'bytea'], [:tags, 'text[]'], [:doc, 'jsonb']])
    equal([schema[:id][:primary_key], schema[:name][:allow_null], schema[:active][:ruby_default]], [true, false, true])
  end
end
check('the indexes of a table are reflected') do
  tables { equal(DB.indexes(:sequel_things), { sequel_things_name_index: { columns: [:name], unique: false, deferrable: nil } }) }
end
check('the foreign keys of a table are reflected') do
  tables do
    key = DB.foreign_key_list(:sequel_lines).first
    equal(key.values_at(:columns, :key, :table, :on_delete), [[:thing_id], [:id], :sequel_things, :cascade])
  end
end
check('the primary key and its sequence are found') do
  tables { equal([DB.primary_key(:sequel_things), DB.primary_key_sequence(:sequel_things)], ['id', '"public"."sequel_things_id_seq"']) }
end
check('a table is altered') do
  tables do
    DB.alter_table(:sequel_things) { add_column :extra, Integer, default: 7; drop_column :seen; rename_column :name, :title }
    DB[:sequel_things].insert(title: 'x')
    equal(DB[:sequel_things].get(%i[title extra]), ['x', 7])
  end
end
check('COPY INTO and COPY out move rows') do
  tables do
    DB.copy_into(:sequel_things, columns: %i[id name], format: :csv, data: "1,a\n2,b\n")
    equal(DB.copy_table(THINGS.select(:id, :name).order(:id), format: :csv), "1,a\n2,b\n")
  end
end
check('a model with associations is saved and read') do
  tables do
    thing = Class.new(Sequel::Model(:sequel_things)) { one_to_many :lines, class: :Line, key: :thing_id }
    Object.const_set(:Thing, thing) && Object.const_set(:Line, Class.new(Sequel::Model(:sequel_lines)) { many_to_one :thing, class: :Thing })
    a = Thing.create(name: 'a')
    a.add_line(quantity: 3)
    a.update(name: 'b')
    equal(Thing.eager(:lines).all.map { |t| [t.name, t.lines.map(&:quantity)] }, [['b', [3]]])
    a.destroy
    equal(Line.count, 0)
  end
end
check('a pool serves several threads') do
  equal(8.times.map { |i| Thread.new { DB.fetch('SELECT ? AS i', i).single_value } }.map(&:value), (0..7).to_a)
end
