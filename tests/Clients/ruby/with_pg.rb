# frozen_string_literal: true

# ruby-pg: text and binary formats with its type maps, COPY coders, pipelines, single-row mode.
require 'pg'
require_relative 'checks'

TABLE = 'ruby_things'
puts "# ruby-pg #{PG::VERSION}"

def connected(**options)
  connection = PG.connect(**WHERE, connect_timeout: 10, application_name: 'checks of ruby-pg', **options)
  connection.set_notice_processor { |_| nil }
  yield connection
ensure
  connection&.close
end

# A connection that maps Ruby values to parameters and results to Ruby values.
def mapped
  connected do |c|
    c.type_map_for_results = PG::BasicTypeMapForResults.new(c)
    c.type_map_for_queries = PG::BasicTypeMapForQueries.new(c)
    yield c
  end
end

def table(columns)
  connected do |c|
    c.exec("DROP TABLE IF EXISTS #{TABLE}")
    c.exec("CREATE TABLE #{TABLE} (#{columns})")
    yield c
  ensure
    c.exec('ROLLBACK') unless c.transaction_status == PG::PQTRANS_IDLE
    c.exec("DROP TABLE IF EXISTS #{TABLE}")
  end
end

def one(c, sql, *values) = c.exec_params(sql, values).getvalue(0, 0)

check 'connecting carries the application name and options' do
  connected(options: '-c statement_timeout=54321') do |c|
    equal(one(c, 'SHOW application_name'), 'checks of ruby-pg')
    equal(one(c, 'SHOW statement_timeout'), '54321ms')
    equal(one(c, 'SELECT current_database()'), c.db)
  end
end
check 'the server version and its encoding are visible' do
  connected do |c|
    raise c.server_version.to_s if c.server_version < 120_000

    equal(c.parameter_status('server_encoding'), 'UTF8')
    equal(c.internal_encoding, Encoding::UTF_8)
  end
end
check 'a simple query returns its row' do
  connected { |c| equal(c.exec("SELECT 1 AS one, 'zażółć' AS two, NULL AS three").to_a, [{ 'one' => '1', 'two' => 'zażółć', 'three' => nil }]) }
end

VALUES = {
  'bool' => %w[t f], 'int2' => ['-32768'], 'int4' => ['-2147483648'], 'int8' => ['9223372036854775807'], 'float4' => ['1.5'],
  'float8' => ['5e-324', '-Infinity', 'NaN'], 'numeric' => ['-12345678901234567890.123456789', 'NaN'], 'text' => ['', "it's \\ zażółć 漢字"],
  'varchar' => ['plain'], 'date' => ['2024-02-29'], 'time' => ['23:59:59.999999'], 'timetz' => ['12:30:15.25+02'],
  'timestamp' => ['2024-02-29 12:30:15.123456'], 'interval' => ['1 year 2 mons 3 days 04:00:05.5'], 'uuid' => ['6f1d2c3b-4a59-4876-9abc-def012345678'],
  'json' => ['{"a": [1,  null]}'], 'jsonb' => ['{"a": [1, null]}'], 'int4[]' => ['{1,NULL,3}'], 'text[]' => ['{a,NULL,"x y"}'], 'inet' => ['10.0.0.1']
}.freeze
VALUES.each do |type, values|
  check "#{type} parameters and nulls come back as they were sent" do
    connected do |c|
      values.each { |value| equal(one(c, "SELECT $1::#{type}", value), value) }
      equal(one(c, "SELECT $1::#{type}", nil), nil)
    end
  end
end

check 'Ruby values come back as they were sent, by type maps' do
  mapped do |c|
    [1, -(2**40), 1.5, Float::INFINITY, true, false, 'zażółć', nil, [1, 2, 3], [[1, 2], [3, 4]], %w[a b]].each do |value|
      cast = { Integer => 'int8', Float => 'float8', TrueClass => 'bool', FalseClass => 'bool', String => 'text', NilClass => 'text' }[value.class]
      cast ||= value.flatten.first.is_a?(Integer) ? 'int8[]' : 'text[]'
      equal(c.exec_params("SELECT $1::#{cast}", [value]).getvalue(0, 0), value)
    end
    equal(c.exec("SELECT '2024-02-29'::date, '{\"a\": 1}'::json").values, [[Date.new(2024, 2, 29), { 'a' => 1 }]])
    equal(c.exec("SELECT '2024-02-29 12:30:15.5+00'::timestamptz").getvalue(0, 0), Time.utc(2024, 2, 29, 12, 30, 15.5))
  end
end
check 'results in binary format are right' do
  mapped do |c|
    got = c.exec_params("SELECT 1::int2, 2::int4, 3::int8, 1.5::float4, 0.1::float8, true, 'ż'::text, '\\x00ff'::bytea, NULL::int4", [], 1).values
    equal(got, [[1, 2, 3, 1.5, 0.1, true, 'ż', "\x00\xFF".b, nil]])
  end
end
check 'a bytea parameter in binary format comes back' do
  connected do |c|
    bytes = (0..255).map(&:chr).join.b
    equal(c.exec_params('SELECT $1::bytea', [{ value: bytes, format: 1 }], 1).getvalue(0, 0), bytes)
  end
end
check 'a prepared statement is described and used often' do
  connected do |c|
    c.prepare('p', 'SELECT $1::int4 * 2, $2::text')
    described = c.describe_prepared('p')
    equal([described.paramtype(0), described.paramtype(1), described.ftype(0)], [23, 25, 23])
    10.times { |i| equal(c.exec_prepared('p', [i, 'x']).values, [[(i * 2).to_s, 'x']]) }
    c.exec('DEALLOCATE p')
    fails(PG::InvalidSqlStatementName) { c.exec_prepared('p', [1, 'x']) }
  end
end
check 'statements report how many rows they changed' do
  table('id int PRIMARY KEY, name text') do |c|
    equal(c.exec("INSERT INTO #{TABLE} VALUES (1, 'a'), (2, 'b'), (3, 'c')").cmd_tuples, 3)
    equal(c.exec_params("UPDATE #{TABLE} SET name = $1 WHERE id >= $2", ['x', 2]).cmd_tuples, 2)
    equal(c.exec("DELETE FROM #{TABLE} WHERE id = 1 RETURNING name").values, [['a']])
  end
end
check 'a block is a transaction that is committed, or rolled back when it raises' do
  table('id int PRIMARY KEY') do |c|
    c.transaction { c.exec("INSERT INTO #{TABLE} VALUES (1)") }
    fails(RuntimeError) { c.transaction { c.exec("INSERT INTO #{TABLE} VALUES (2)"); raise 'no' } }
    equal(c.exec("SELECT * FROM #{TABLE}").values, [['1']])
  end
end
check 'after a failed statement a transaction refuses more until rollback' do
  connected do |c|
    c.exec('BEGIN')
    fails(PG::DivisionByZero) { c.exec('SELECT 1 / 0') }
    equal(c.transaction_status, PG::PQTRANS_INERROR)
    fails(PG::InFailedSqlTransaction) { c.exec('SELECT 1') }
    c.exec('ROLLBACK')
    equal(one(c, 'SELECT 1'), '1')
  end
end
check 'a savepoint brings back what was before it' do
  table('id int PRIMARY KEY') do |c|
    c.exec("BEGIN; INSERT INTO #{TABLE} VALUES (1); SAVEPOINT a")
    fails(PG::UniqueViolation) { c.exec("INSERT INTO #{TABLE} VALUES (1)") }
    c.exec('ROLLBACK TO a; COMMIT')
    equal(one(c, "SELECT count(*) FROM #{TABLE}"), '1')
  end
end
check 'errors have a class and fields' do
  table('id int PRIMARY KEY, name text NOT NULL') do |c|
    result = fails(PG::UndefinedTable) { c.exec('SELECT * FROM no_such_table') }.result
    equal(result.error_field(PG::PG_DIAG_MESSAGE_PRIMARY), 'relation "no_such_table" does not exist')
    equal(result.error_field(PG::PG_DIAG_STATEMENT_POSITION), '15')
    fails(PG::SyntaxError) { c.exec('SELECT 1 FROM WHERE') }
    fails(PG::NotNullViolation) { c.exec("INSERT INTO #{TABLE} VALUES (1, NULL)") }
    c.exec("INSERT INTO #{TABLE} VALUES (1, 'a')")
    result = fails(PG::UniqueViolation) { c.exec("INSERT INTO #{TABLE} VALUES (1, 'b')") }.result
    equal(result.error_field(PG::PG_DIAG_CONSTRAINT_NAME), "#{TABLE}_pkey")
    equal(result.error_field(PG::PG_DIAG_MESSAGE_DETAIL), 'Key (id)=(1) already exists.')
  end
end
check 'single-row mode gives a thousand rows in order' do
  connected do |c|
    c.send_query('SELECT i FROM generate_series(1, 1000) AS g(i)')
    c.set_single_row_mode
    seen = []
    c.get_result.stream_each_row { |row| seen << row[0].to_i }
    equal(seen, (1..1000).to_a)
  end
end
check 'a pipeline answers in order' do
  connected do |c|
    c.enter_pipeline_mode
    20.times { |i| c.send_query_params('SELECT $1::int4', [i]) }
    c.pipeline_sync
    20.times do |i|
      equal(c.get_result.getvalue(0, 0), i.to_s)
      equal(c.get_result, nil)
    end
    equal(c.get_result.result_status, PG::PGRES_PIPELINE_SYNC)
    c.exit_pipeline_mode
  end
end
check 'several statements in one query give several results' do
  connected do |c|
    c.send_query("SELECT 1; SELECT 'b' WHERE false; SELECT 3")
    results = []
    while (result = c.get_result) do results << result.values end
    equal(results, [[['1']], [], [['3']]])
  end
end
check 'a cursor declared in SQL reads in portions' do
  connected do |c|
    c.exec('BEGIN; DECLARE k CURSOR FOR SELECT i FROM generate_series(1, 10) AS g(i)')
    equal(c.exec('FETCH 4 FROM k').column_values(0), %w[1 2 3 4])
    equal(c.exec('FETCH ALL FROM k').ntuples, 6)
    c.exec('CLOSE k; COMMIT')
  end
end
check 'a cancelled query is 57014 and the connection lives on' do
  connected do |c|
    thread = Thread.new { sleep 0.3; c.cancel }
    fails(PG::QueryCanceled) { c.exec(LONG_QUERY) }
    thread.join
    equal(one(c, 'SELECT 1'), '1')
  end
end
check 'a statement timeout is 57014' do
  connected do |c|
    c.exec('SET statement_timeout = 300')
    fails(PG::QueryCanceled) { c.exec(LONG_QUERY) }
  end
end
check 'COPY FROM STDIN loads rows' do
  table('id int PRIMARY KEY, name text') do |c|
    c.copy_data("COPY #{TABLE} FROM STDIN", PG::TextEncoder::CopyRow.new) { 100.times { |i| c.put_copy_data([i, "tab\t#{i}"]) } }
    equal(one(c, "SELECT name FROM #{TABLE} WHERE id = 99"), "tab\t99")
  end
end
check 'COPY FROM STDIN in binary format loads rows' do
  table('id int PRIMARY KEY, name text') do |c|
    c.copy_data("COPY #{TABLE} FROM STDIN WITH (FORMAT binary)") do
      c.put_copy_data(["PGCOPY\n\xFF\r\n\0".b, 0, 0].pack('a*NN'))
      c.put_copy_data([2, 4, 1, 1, 'x'].pack('nNNNa*') + [2, 4, 2, 0xFFFFFFFF].pack('nNNN') + [0xFFFF].pack('n'))
    end
    equal(c.exec("SELECT * FROM #{TABLE} ORDER BY id").values, [%w[1 x], ['2', nil]])
  end
end
check 'COPY TO STDOUT gives rows' do
  connected do |c|
    rows = []
    c.copy_data("COPY (SELECT 1, 'a' UNION ALL SELECT 2, NULL ORDER BY 1) TO STDOUT", PG::TextDecoder::CopyRow.new) do
      while (row = c.get_copy_data) do rows << row end
    end
    equal(rows, [%w[1 a], ['2', nil]])
  end
end
check 'a notification reaches its listener' do
  connected do |c|
    c.exec('LISTEN ruby_channel')
    connected { |other| other.exec("NOTIFY ruby_channel, 'hello'") }
    equal(c.wait_for_notify(5) { |channel, _, payload| raise payload unless [channel, payload] == %w[ruby_channel hello] }, 'ruby_channel')
  end
end
check 'escaping is read back' do
  connected do |c|
    text = "it's \\ \"x\""
    equal(c.exec("SELECT #{c.escape_literal(text)} AS #{c.quote_ident('Odd "name"')}").to_a, [{ 'Odd "name"' => text }])
  end
end
check 'a notice arrives' do
  connected do |c|
    notices = []
    c.set_notice_receiver { |result| notices << result.error_message }
    c.exec('DROP TABLE IF EXISTS ruby_never_there')
    equal(notices, ["NOTICE:  table \"ruby_never_there\" does not exist, skipping\n"])
  end
end
check 'an enum is a parameter, a result, an array and an order' do
  connected do |c|
    c.exec('DROP TYPE IF EXISTS ruby_mood CASCADE')
    c.exec("CREATE TYPE ruby_mood AS ENUM ('low', 'middling', 'high')")
    c.exec('CREATE TEMP TABLE moods (mood ruby_mood, past ruby_mood[])')
    c.exec_params('INSERT INTO moods VALUES ($1, $2), ($3, NULL)', ['high', '{low,high}', 'low'])
    result = c.exec_params('SELECT mood, past FROM moods WHERE mood <= $1 ORDER BY mood', ['high'])
    equal(result.values, [['low', nil], ['high', '{low,high}']])
    equal(result.ftype(0).to_s, one(c, "SELECT oid FROM pg_type WHERE typname = 'ruby_mood'"))
    begin
      c.exec_params('INSERT INTO moods VALUES ($1)', ['none'])
      raise 'it did not fail'
    rescue PG::InvalidTextRepresentation => e
      equal(e.result.error_field(PG::PG_DIAG_SQLSTATE), '22P02')
    end
    c.exec('DROP TABLE moods; DROP TYPE ruby_mood')
  end
end
check 'a session can be reset' do
  connected do |c|
    c.exec('SET statement_timeout = 1234')
    c.exec('DISCARD ALL')
    equal(one(c, 'SHOW statement_timeout'), '0')
    c.reset
    equal(one(c, 'SHOW application_name'), 'checks of ruby-pg')
  end
end
