<?php

declare(strict_types=1);

// Adminer, a whole application: served by php -S and used over HTTP as a browser would, with its cookies, tokens and forms.
require __DIR__ . '/checks.php';
const PROGRAM = '/usr/share/adminer';
preg_match('/(\d+\.\d+\.\d+)/', shell_exec("dpkg-query -W -f '\${Version}' adminer") ?: '', $version);
echo '# Adminer ', $version[1] ?? '0', "\n";

$folder = sys_get_temp_dir() . '/adminer-' . getmypid();
mkdir("$folder/sessions", 0700, true);
$program = is_file(PROGRAM . '/adminer.php') ? PROGRAM . '/adminer.php' : PROGRAM . '/adminer/index.php';
// No password is asked for: the server trusts, and Adminer refuses empty passwords unless a plugin says otherwise.
file_put_contents("$folder/index.php", "<?php\nfunction adminer_object() {\n    class Trusting extends Adminer { function login(\$login, \$password) { return true; } }\n    return new Trusting;\n}\nchdir(" . var_export(dirname($program), true) . ");\ninclude " . var_export($program, true) . ";\n");
do {
    $port = random_int(20000, 32000);
    $probe = @stream_socket_server("tcp://127.0.0.1:$port");
} while (!$probe);
fclose($probe);
$log = ['file', "$folder/log", 'w'];
$server = proc_open([PHP_BINARY, '-d', "session.save_path=$folder/sessions", '-d', 'error_reporting=0', '-S', "127.0.0.1:$port", '-t', $folder, "$folder/index.php"], [['file', '/dev/null', 'r'], $log, $log], $pipes);
for ($i = 0; $i < 100 && !@fsockopen('127.0.0.1', $port); $i++) usleep(50000);

$cookies = [];
$token = '';
$where = ['pgsql' => setting('PGHOST', '127.0.0.1') . ':' . setting('PGPORT', '5432'), 'username' => setting('PGUSER', 'postgres'), 'db' => setting('PGDATABASE', 'scratch'), 'ns' => 'public'];

/** A page as the browser has it after redirections; remembers cookies and the token of its forms. */
function page(array $query, ?array $form = null, bool $place = true): string
{
    global $cookies, $token, $port, $where;
    $url = '/?' . http_build_query(($place ? $where : []) + $query);
    for ($hop = 0; $hop < 5; $hop++) {
        $headers = ['Cookie: ' . implode('; ', array_map(fn ($k, $v) => "$k=$v", array_keys($cookies), $cookies)), 'Connection: close'];
        if ($form !== null) $headers[] = 'Content-Type: application/x-www-form-urlencoded';
        $context = stream_context_create(['http' => ['method' => $form === null ? 'GET' : 'POST', 'header' => $headers, 'content' => $form === null ? '' : http_build_query($form),
            'ignore_errors' => true, 'follow_location' => 0, 'timeout' => 60]]);
        $html = file_get_contents("http://127.0.0.1:$port$url", false, $context);
        $location = null;
        foreach ($http_response_header as $line) {
            if (preg_match('/^Set-Cookie: ([^=]+)=([^;]*)/i', $line, $m)) $cookies[$m[1]] = $m[2];
            if (preg_match('/^Location: (.*)$/i', $line, $m)) $location = $m[1];
        }
        if ($location === null) break;
        $url = str_starts_with($location, '/') ? $location : (str_starts_with($location, '?') ? "/$location" : '/' . ltrim(parse_url($location, PHP_URL_PATH) ?? '', '/') . (($q = parse_url($location, PHP_URL_QUERY)) ? "?$q" : ''));
        $form = null;
    }
    if (preg_match("/name='token' value='([^']+)'/", $html, $m) || preg_match('/name="token" value="([^"]+)"/', $html, $m)) $token = $m[1];
    return $html;
}

function text(string $html): string
{
    return preg_replace('/\s+/', ' ', html_entity_decode(strip_tags(preg_replace('/<script.*?<\/script>/s', '', $html))));
}

function shows(string $html, string ...$words): void
{
    foreach ($words as $word)
        if (!str_contains(text($html), $word)) {
            preg_match("/<(?:p|div) class=.error.>(.*?)<\/(?:p|div)>|<pre class=.jush-error.*?<\/pre>/s", $html, $m);
            throw new Exception("no [$word] on the page: " . ($m ? text($m[0]) : substr(text($html), 0, 300)));
        }
}

function command(string $sql): string
{
    global $token;
    page(['sql' => '']);
    return page(['sql' => ''], ['query' => $sql, 'limit' => '', 'token' => $token]);
}

check('a login opens the database', function () use ($where) {
    page([], null, false);
    global $token;
    $html = page([], ['auth' => ['driver' => 'pgsql', 'server' => $where['pgsql'], 'username' => $where['username'], 'password' => '', 'db' => $where['db']], 'token' => $token], false);
    if (!str_contains($html, "name='logout'") && !str_contains($html, 'name="logout"')) shows($html, 'Logout');
    shows($html, $where['db']);
});
check('a command makes tables', function () {
    shows(command('DROP TABLE IF EXISTS adminer_lines, adminer_things'), 'Query executed OK');
    shows(command("CREATE TABLE adminer_things (id serial PRIMARY KEY, name varchar(40) NOT NULL, price numeric(10,2) DEFAULT 1.5, born date, active boolean)"), 'Query executed OK');
    shows(command("CREATE TABLE adminer_lines (id int PRIMARY KEY, thing int REFERENCES adminer_things (id) ON DELETE CASCADE)"), 'Query executed OK');
    shows(command("CREATE INDEX adminer_by_name ON adminer_things (name)"), 'Query executed OK');
});
check('a command shows its rows', fn () => shows(command("SELECT 42 AS answer, 'zażółć' AS word, NULL AS nothing"), 'answer', '42', 'zażółć', '1 row'));
check('a command shows its error', fn () => shows(command('SELECT * FROM no_such_table'), 'relation "no_such_table" does not exist'));
check('several commands are executed', fn () => shows(command("INSERT INTO adminer_things (name) VALUES ('one'), ('two'); UPDATE adminer_things SET price = 3 WHERE name = 'two'"), '2 rows affected', '1 row affected'));
check('tables and views are listed', fn () => shows(page([]), 'Tables and views', 'adminer_things', 'adminer_lines'));
check('a table shows its structure', fn () => shows(page(['table' => 'adminer_things']), 'id', 'integer Auto Increment', 'character varying(40)', 'numeric(10,2) NULL [1.5]', 'boolean NULL', 'PRIMARY', 'INDEX'));
check('a table shows its foreign keys', fn () => shows(page(['table' => 'adminer_lines']), 'Foreign keys', 'adminer_things(id)', 'CASCADE'));
check('rows are browsed', fn () => shows(page(['select' => 'adminer_things']), 'one', '1.50', 'two', '3.00'));
check('rows are browsed with conditions and order', function () {
    $html = page(['select' => 'adminer_things', 'where' => [['col' => 'name', 'op' => 'LIKE %%', 'val' => 'tw']], 'order' => ['id'], 'desc' => ['1'], 'limit' => '10']);
    shows($html, 'two');
    equal(str_contains(text($html), '1.50'), false);
});
check('a row is inserted by its form', function () {
    global $token;
    shows(page(['edit' => 'adminer_things']), 'Auto Increment', 'price');
    $html = page(['edit' => 'adminer_things'], ['fields' => ['id' => '', 'name' => 'three', 'price' => '9.99', 'born' => '2024-02-29', 'active' => '1'],
        'function' => ['id' => '', 'born' => '', 'price' => ''], 'insert' => 'Save', 'token' => $token]);
    shows($html, 'has been inserted.');
});
check('a row is edited by its form', function () {
    global $token;
    $row = ['edit' => 'adminer_things', 'where' => ['id' => '2']];
    equal(str_contains(page($row), "two"), true);
    shows(page($row, ['fields' => ['id' => '2', 'name' => 'edited', 'price' => '4.00', 'born' => '', 'active' => '1'], 'function' => ['born' => 'NULL', 'active' => ''], 'token' => $token]), 'Item has been updated.');
    shows(page(['select' => 'adminer_things']), 'edited', '4.00');
});
check('a row is deleted by its form', function () {
    global $token;
    $row = ['edit' => 'adminer_things', 'where' => ['id' => '3']];
    page($row);
    shows(page($row, ['fields' => ['id' => '3'], 'delete' => 'Delete', 'token' => $token]), 'Item has been deleted.');
});
check('a table is exported as SQL', function () {
    global $token;
    shows(page(['dump' => '', 'db' => setting('PGDATABASE', 'scratch')]), 'Export');
    $dump = page(['dump' => ''], ['output' => 'text', 'format' => 'sql', 'db_style' => '', 'table_style' => 'DROP+CREATE', 'data_style' => 'INSERT', 'tables' => ['adminer_things'], 'data' => ['adminer_things'], 'token' => $token]);
    foreach (['CREATE TABLE "public"."adminer_things"', '"name" character varying(40) NOT NULL', 'CONSTRAINT "adminer_things_pkey" PRIMARY KEY ("id")', "'one'", 'INSERT INTO "adminer_things"'] as $part)
        if (!str_contains($dump, $part)) throw new Exception("no [$part] in " . substr($dump, 0, 500));
});
check('a table is exported as CSV', function () {
    global $token;
    page(['dump' => '']);
    $dump = page(['dump' => ''], ['output' => 'text', 'format' => 'csv', 'table_style' => '', 'data_style' => 'INSERT', 'data' => ['adminer_things'], 'token' => $token]);
    if (!str_contains($dump, '1,one,"1.50",,')) throw new Exception(substr($dump, 0, 300));
});
check('the schema is drawn', fn () => shows(page(['schema' => '']), 'adminer_things', 'adminer_lines'));
check('variables of the server are shown', fn () => shows(page(['variables' => '']), 'server_version', 'TimeZone'));
check('the processes of the server are shown', fn () => shows(page(['processlist' => '']), 'Process list'));
check('a view is created and browsed', function () {
    shows(command("CREATE VIEW adminer_view AS SELECT id, name FROM adminer_things WHERE id = 1"), 'Query executed OK');
    shows(page(['select' => 'adminer_view']), 'one');
    shows(page(['view' => 'adminer_view']), 'Alter view');
    command('DROP VIEW adminer_view');
});
check('a table is dropped by its list', function () {
    global $token;
    page([]);
    shows(page([], ['tables' => ['adminer_lines'], 'drop' => 'Drop', 'token' => $token]), 'Tables have been dropped.');
    command('DROP TABLE IF EXISTS adminer_lines, adminer_things');
});
proc_terminate($server);
proc_close($server);
exec('rm -rf ' . escapeshellarg($folder));
exit($failed);
