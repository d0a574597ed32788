# frozen_string_literal: true

# One line per check: `ok <sentence>` or `not ok <sentence>: <reason>`.
$stdout.sync = true
$failed = false

LONG_QUERY = 'SELECT count(*) FROM generate_series(1, 1000000000)'
WHERE = {
  host: ENV.fetch('PGHOST', '127.0.0.1'), port: ENV.fetch('PGPORT', '5432').to_i,
  dbname: ENV.fetch('PGDATABASE', 'scratch'), user: ENV.fetch('PGUSER', 'postgres')
}.freeze

def check(sentence)
  yield
  puts "ok #{sentence}"
rescue StandardError => e
  $failed = true
  puts "not ok #{sentence}: #{"#{e.class}: #{e.message}".gsub(/\s+/, ' ')}"
end

def equal(actual, expected)
  same = actual == expected || (actual.respond_to?(:nan?) && actual.nan? && expected.nan?)
  raise "got #{actual.inspect}, expected #{expected.inspect}" unless same
end

def fails(kind)
  yield
rescue kind => e
  e
else
  raise "expected #{kind}, but it did not fail"
end

at_exit { exit!(1) if $failed && $!.nil? }
