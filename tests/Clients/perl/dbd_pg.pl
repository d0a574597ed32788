#!/usr/bin/perl
# DBD::Pg: server-side prepared statements, arrays, COPY, asynchronous queries, catalog methods. PGHOST and kin say where.
use strict;
use warnings;
use utf8;
use DBI;
use DBD::Pg qw(:pg_types :async);
use Time::HiRes ();
binmode STDOUT, ':encoding(UTF-8)';

my $table = 'perl_things';
my $failed = 0;
my $db;

sub connect_with {
    my %attributes = (AutoCommit => 1, RaiseError => 1, PrintError => 0, PrintWarn => 0, pg_enable_utf8 => 1, @_);
    my $source = 'dbi:Pg:dbname=' . ($ENV{PGDATABASE} // 'scratch') . ";application_name='checks of DBD::Pg'";
    return DBI->connect($source, $ENV{PGUSER} // 'postgres', '', \%attributes);
}

sub check {
    my ($sentence, $body) = @_;
    my $done = eval { $db = connect_with(); $body->(); 1 };
    my $reason = $@;
    eval { $db->rollback unless $db->{AutoCommit}; $db->disconnect };
    if ($done) { print "ok $sentence\n"; return }
    $failed = 1;
    $reason =~ s/\s+/ /g;
    print "not ok $sentence: $reason\n";
}

sub show { my $v = shift; ref $v eq 'ARRAY' ? '[' . join(', ', map { show($_) } @$v) . ']' : $v // 'NULL' }
sub equal { my ($actual, $expected) = @_; die 'got ' . show($actual) . ', expected ' . show($expected) . "\n" if show($actual) ne show($expected) }
sub one { my ($sql, @values) = @_; return ($db->selectrow_array($sql, undef, @values))[0] }
sub fails {
    my ($state, $body) = @_;
    die "expected $state, but it did not fail\n" if eval { $body->(); 1 };
    equal($DBI::state, $state);
}
sub fresh { $db->do('SET client_min_messages = warning'); $db->do("DROP TABLE IF EXISTS perl_lines, $table"); $db->do("CREATE TABLE $table ($_[0])") }

print "# DBD::Pg $DBD::Pg::VERSION\n";

check 'connecting carries the application name and the version is visible' => sub {
    equal(one('SHOW application_name'), 'checks of DBD::Pg');
    die "version $db->{pg_server_version}\n" if $db->{pg_server_version} < 120000;
    equal(one('SELECT current_database()'), $db->{pg_db});
    die "no process id\n" unless $db->{pg_pid};
};
check 'ping and state say what the connection is' => sub {
    equal($db->ping, 1);
    $db->begin_work;
    one('SELECT 1');
    equal($db->ping, 3);
    eval { one('SELECT 1 / 0') };
    equal($db->ping, 4);
    $db->rollback;
};
check 'a simple query returns its row' => sub {
    equal($db->selectall_arrayref("SELECT 1 AS one, 'zażółć' AS two, NULL AS three"), [[1, 'zażółć', undef]]);
};
check 'result columns have names, types and sizes' => sub {
    fresh('id int PRIMARY KEY, price numeric(10,2), name varchar(8) NOT NULL');
    my $s = $db->prepare("SELECT id, price, name FROM $table");
    $s->execute;
    equal($s->{NAME}, ['id', 'price', 'name']);
    equal($s->{pg_type}, ['int4', 'numeric', 'varchar']);
    equal($s->{PRECISION}, [4, 10, 12]);
    equal($s->{SCALE}, [undef, 2, undef]);
};

my @values = (
    [bool => 1], [bool => 0], [int2 => -32768], [int4 => -2147483648], [int8 => '9223372036854775807'], [float4 => 1.5], [float8 => '1e-05'],
    [numeric => '-12345678901234567890.123456789'], [text => "it's \\ zażółć 漢字"], [varchar => ''], [date => '2024-02-29'],
    [time => '23:59:59.999999'], [timetz => '12:30:15.25+02'], [timestamp => '2024-02-29 12:30:15.123456'], [interval => '1 year 2 mons 3 days 04:00:05.5'],
    [uuid => '6f1d2c3b-4a59-4876-9abc-def012345678'], [json => '[1,  null]'], [jsonb => '[1, null]'], [inet => '192.168.0.1/24'],
    [oid => '4294967295'], ['bit(4)' => '1010'], [point => '(1.5,-2)'], [money => '$12.50'], [int4range => '[1,10)'],
);
for (@values) {
    my ($type, $value) = @$_;
    check "$type $value comes back as it was sent, and null" => sub {
        equal(one("SELECT ?::$type", $value), $value);
        equal([$db->selectrow_array("SELECT ?::$type, ?::$type IS NULL", undef, undef, undef)], [undef, 1]);
    };
}
for (['int4[]' => [1, undef, 3]], ['int4[]' => [[1, 2], [3, 4]]], ['text[]' => ['a', undef, 'NULL', 'x y', 'quo"te', 'back\\slash']], ['bool[]' => [1, 0]]) {
    my ($type, $value) = @$_;
    check "$type " . show($value) . ' comes back as it was sent' => sub { equal(one("SELECT ?::$type", $value), $value) };
}
check 'bytea comes back as it was sent' => sub {
    my $bytes = join '', map { chr } 0 .. 255;
    my $s = $db->prepare('SELECT ?::bytea');
    $s->bind_param(1, $bytes, { pg_type => PG_BYTEA });
    $s->execute;
    equal($s->fetchrow_array, $bytes);
};
check 'placeholders can be numbered and named' => sub {
    equal(one('SELECT $2::int - $1::int', 1, 43), 42);
    my $s = $db->prepare('SELECT :b::int - :a::int');
    $s->bind_param(':a', 1);
    $s->bind_param(':b', 43);
    $s->execute;
    equal($s->fetchrow_array, 42);
};
check 'a prepared statement is used often' => sub {
    my $s = $db->prepare('SELECT ?::int * 2', { pg_prepare_now => 1 });
    for my $i (1 .. 20) { $s->execute($i); equal($s->fetchall_arrayref, [[2 * $i]]) }
    die "not prepared\n" unless $s->{pg_prepare_name};
};
check 'statements without server-side prepare work' => sub {
    local $db->{pg_server_prepare} = 0;
    equal(one('SELECT ?::int + ?::int', 1, 2), 3);
};
check 'statements report how many rows they changed' => sub {
    fresh('id int PRIMARY KEY, name text');
    equal($db->do("INSERT INTO $table VALUES (1, 'a'), (2, 'b'), (3, 'c')"), 3);
    equal($db->do("UPDATE $table SET name = ? WHERE id >= ?", undef, 'x', 2), 2);
    equal($db->do("DELETE FROM $table WHERE id = 9"), '0E0');
    equal($db->selectall_arrayref("DELETE FROM $table WHERE id = 1 RETURNING name"), [['a']]);
};
check 'execute_array inserts every row' => sub {
    fresh('id int PRIMARY KEY, name text');
    my $s = $db->prepare("INSERT INTO $table VALUES (?, ?)");
    equal($s->execute_array({}, [1 .. 50], [map { "n$_" } 1 .. 50]), 50);
    equal(one("SELECT sum(id) FROM $table"), 1275);
};
check 'last_insert_id knows the serial' => sub {
    fresh('id serial PRIMARY KEY, name text');
    $db->do("INSERT INTO $table (name) VALUES ('a')");
    $db->do("INSERT INTO $table (name) VALUES ('b')");
    equal($db->last_insert_id(undef, undef, $table, undef), 2);
};
check 'transactions commit and roll back' => sub {
    fresh('id int PRIMARY KEY');
    $db->begin_work;
    $db->do("INSERT INTO $table VALUES (1)");
    $db->rollback;
    $db->begin_work;
    $db->do("INSERT INTO $table VALUES (2)");
    $db->commit;
    equal($db->selectall_arrayref("SELECT * FROM $table"), [[2]]);
};
check 'after a failed statement a transaction refuses more until rollback' => sub {
    $db->begin_work;
    fails('22012', sub { one('SELECT 1 / ?::int', 0) });
    fails('25P02', sub { one('SELECT 1') });
    $db->rollback;
    equal(one('SELECT 1'), 1);
};
check 'savepoints through the driver' => sub {
    fresh('id int PRIMARY KEY');
    $db->begin_work;
    $db->do("INSERT INTO $table VALUES (1)");
    $db->pg_savepoint('a');
    fails('23505', sub { $db->do("INSERT INTO $table VALUES (1)") });
    $db->pg_rollback_to('a');
    $db->pg_release('a');
    $db->commit;
    equal(one("SELECT count(*) FROM $table"), 1);
};
check 'errors carry SQLSTATE, message, detail and constraint' => sub {
    fails('42P01', sub { one('SELECT * FROM no_such_table') });
    equal($db->pg_error_field('message_primary'), 'relation "no_such_table" does not exist');
    equal($db->pg_error_field('statement_position'), 15);
    fails('42601', sub { one('SELECT 1 FROM WHERE') });
    fresh('id int PRIMARY KEY, name text NOT NULL');
    $db->do("INSERT INTO $table VALUES (1, 'a')");
    fails('23505', sub { $db->do("INSERT INTO $table VALUES (1, 'b')") });
    equal([map { $db->pg_error_field($_) } qw(schema table constraint detail)], ['public', $table, "${table}_pkey", 'Key (id)=(1) already exists.']);
};
check 'a notice is a warning of perl' => sub {
    my $warning = '';
    local $SIG{__WARN__} = sub { $warning .= $_[0] };
    $db->{PrintWarn} = 1;
    $db->do('DROP TABLE IF EXISTS perl_never_there');
    die "got $warning\n" unless $warning =~ /table "perl_never_there" does not exist, skipping/;
};
check 'a thousand rows arrive in order' => sub {
    equal($db->selectcol_arrayref('SELECT i FROM generate_series(1, 1000) AS g(i)'), [1 .. 1000]);
};
check 'a cursor declared in SQL reads in portions' => sub {
    $db->begin_work;
    $db->do('DECLARE k CURSOR FOR SELECT i FROM generate_series(1, 10) AS g(i)');
    equal($db->selectcol_arrayref('FETCH 4 FROM k'), [1 .. 4]);
    equal($db->selectcol_arrayref('FETCH ALL FROM k'), [5 .. 10]);
    $db->do('CLOSE k');
    $db->commit;
};
check 'an asynchronous query is waited for' => sub {
    my $s = $db->prepare("SELECT sum(i) FROM generate_series(1, 1000) AS g(i)", { pg_async => PG_ASYNC });
    $s->execute;
    $db->pg_result;
    equal($s->fetchall_arrayref, [[500500]]);
};
check 'an asynchronous query is cancelled' => sub {
    $db->do('SELECT count(*) FROM generate_series(1, 1000000000)', { pg_async => PG_ASYNC });
    Time::HiRes::sleep(0.3);
    die "was not cancelled\n" unless $db->pg_cancel;
    equal(one('SELECT 1'), 1);
};
check 'a statement timeout is 57014' => sub {
    $db->do('SET statement_timeout = 300');
    fails('57014', sub { one('SELECT count(*) FROM generate_series(1, 1000000000)') });
};
check 'COPY FROM STDIN loads rows' => sub {
    fresh('id int PRIMARY KEY, name text');
    $db->do("COPY $table FROM STDIN");
    $db->pg_putcopydata("$_\tname $_\n") for 1 .. 100;
    equal($db->pg_putcopyend, 1);
    equal(one("SELECT count(*) FROM $table WHERE name = 'name ' || id"), 100);
};
check 'COPY TO STDOUT gives rows' => sub {
    $db->do("COPY (SELECT 1, 'a' UNION ALL SELECT 2, NULL ORDER BY 1) TO STDOUT");
    my ($line, @lines);
    while ($db->pg_getcopydata($line) >= 0) { push @lines, $line }
    equal(\@lines, ["1\ta\n", "2\t\\N\n"]);
};
check 'a notification reaches its listener' => sub {
    my $other = connect_with();
    $db->do('LISTEN perl_channel');
    $other->do("NOTIFY perl_channel, 'hello'");
    my $got;
    for (1 .. 30) { last if $got = $db->pg_notifies; Time::HiRes::sleep(0.1) }
    die "nothing arrived\n" unless $got;
    equal($got, ['perl_channel', $other->{pg_pid}, 'hello']);
    $other->disconnect;
};
check 'table_info and tables find a table' => sub {
    fresh('id int PRIMARY KEY, name text');
    my $rows = $db->table_info(undef, 'public', $table, 'TABLE')->fetchall_arrayref({});
    equal([map { @$_{qw(TABLE_SCHEM TABLE_NAME TABLE_TYPE)} } @$rows], ['public', $table, 'TABLE']);
};
check 'column_info describes columns' => sub {
    fresh("id int PRIMARY KEY, name varchar(20) NOT NULL, price numeric(10,2) DEFAULT 1.5");
    my $rows = $db->column_info(undef, 'public', $table, '%')->fetchall_arrayref({});
    equal([map { [@$_{qw(COLUMN_NAME pg_type COLUMN_SIZE NULLABLE COLUMN_DEF)}] } @$rows],
        [['id', 'integer', 4, 0, undef], ['name', 'character varying(20)', 20, 0, undef], ['price', 'numeric(10,2)', '2,10', 1, '1.5']]);
};
check 'primary_key and foreign_key_info find the keys' => sub {
    fresh('a int, b int, PRIMARY KEY (b, a)');
    equal([$db->primary_key(undef, 'public', $table)], ['b', 'a']);
    $db->do("CREATE TABLE perl_lines (id int PRIMARY KEY, x int, y int, FOREIGN KEY (x, y) REFERENCES $table (b, a))");
    my $rows = $db->foreign_key_info(undef, 'public', $table, undef, 'public', 'perl_lines')->fetchall_arrayref({});
    equal([map { [@$_{qw(UK_COLUMN_NAME FK_COLUMN_NAME)}] } @$rows], [['b', 'x'], ['a', 'y']]);
};
check 'statistics_info finds the indexes' => sub {
    fresh('id int PRIMARY KEY, name text');
    $db->do("CREATE INDEX perl_by_name ON $table (name)");
    my $rows = $db->statistics_info(undef, 'public', $table, 0, 0)->fetchall_arrayref({});
    equal([sort map { "$_->{INDEX_NAME}.$_->{COLUMN_NAME}" } grep { $_->{INDEX_NAME} } @$rows], ["perl_by_name.name", "${table}_pkey.id"]);
};
check 'quote and quote_identifier are read back' => sub {
    my $text = "it's \\ \"x\"";
    equal(one('SELECT ' . $db->quote($text)), $text);
    my $s = $db->prepare('SELECT 1 AS ' . $db->quote_identifier('Odd "name"'));
    $s->execute;
    equal($s->{NAME}, ['Odd "name"']);
};
check 'an enum is a parameter, a result, an array and an order' => sub {
    $db->do('SET client_min_messages = warning');
    $db->do('DROP TYPE IF EXISTS perl_mood CASCADE');
    $db->do("CREATE TYPE perl_mood AS ENUM ('low', 'middling', 'high')");
    $db->do('CREATE TEMP TABLE moods (mood perl_mood, past perl_mood[])');
    $db->do('INSERT INTO moods VALUES (?, ?), (?, NULL)', undef, 'high', ['low', 'high'], 'low');
    equal($db->selectcol_arrayref('SELECT mood FROM moods WHERE mood <= ? ORDER BY mood', undef, 'high'), ['low', 'high']);
    equal(one("SELECT past::text[] FROM moods WHERE mood = 'high'"), ['low', 'high']);
    fails('22P02', sub { $db->do('INSERT INTO moods VALUES (?)', undef, 'none') });
    $db->do('DROP TABLE moods');
    $db->do('DROP TYPE perl_mood');
};
check 'a session can be reset' => sub {
    $db->do('SET statement_timeout = 1234');
    $db->do('DISCARD ALL');
    equal(one('SHOW statement_timeout'), '0');
};
$db = connect_with();
$db->do("SET client_min_messages = warning");
$db->do("DROP TABLE IF EXISTS perl_lines, $table");
exit $failed;
