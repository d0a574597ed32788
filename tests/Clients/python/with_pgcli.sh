#!/bin/sh
# pgcli as a script uses it: queries from standard input, its own backslash commands.
set -u
failed=0
HOME=$(mktemp -d)
export HOME LC_ALL=C.UTF-8 PAGER=cat LESS=
trap 'rm -rf "$HOME"' EXIT
mkdir -p "$HOME/.config/pgcli"
printf '[main]\nless_chatty = True\ntable_format = csv\nuse_keyring = False\nkeyring = False\nauto_expand = False\nenable_pager = False\nmulti_line = False\n' >"$HOME/.config/pgcli/config"
echo "# pgcli $(/usr/bin/pgcli --version | cut -d ' ' -f 2)"

ask() { printf '%s\n' "$1" | timeout 60 /usr/bin/pgcli --less-chatty -h "${PGHOST:-127.0.0.1}" -p "${PGPORT:-5432}" -u "${PGUSER:-postgres}" -d "${PGDATABASE:-scratch}" -w --prompt '' 2>&1; }

# shows SENTENCE INPUT LINE…: the output has each of these lines.
shows() {
    sentence=$1 output=$(ask "$2")
    shift 2
    for line in "$@"; do
        printf '%s\n' "$output" | tr -d '\r' | sed 's/^[ >]*//' | grep -qxF -- "$line" && continue
        failed=1
        echo "not ok $sentence: no line [$line] in [$(printf %s "$output" | tr '\n\r' '~ ')]"
        return
    done
    echo "ok $sentence"
}

shows "a query is answered" "SELECT 1 AS one, 'zażółć' AS two;" '"one","two"' '"1","zażółć"'
shows "several statements are answered" "SELECT 1 AS a; SELECT 2 AS b;" '"a"' '"1"' '"b"' '"2"'
shows "changes tell their count" "CREATE TABLE pgcli_things (id int PRIMARY KEY, name text NOT NULL);
INSERT INTO pgcli_things VALUES (1, 'a'), (2, 'b');
UPDATE pgcli_things SET name = 'x';" "CREATE TABLE" "INSERT 0 2" "UPDATE 2"
shows "an error is shown" "SELECT * FROM no_such_table;" 'relation "no_such_table" does not exist'
shows "tables are listed" '\dt pgcli_things' '"Schema","Name","Type","Owner"'
shows "a table is described" '\d pgcli_things' '"id","integer"," not null"' '"name","text"," not null"' '"pgcli_things_pkey" PRIMARY KEY, btree (id)'
shows "databases are listed" '\l' '"Name","Owner","Encoding","Collate","Ctype","Access privileges"'
shows "schemas are listed" '\dn' '"Name","Owner"'
shows "views are listed" "CREATE VIEW pgcli_view AS SELECT id FROM pgcli_things;
\\dv pgcli_view" '"Schema","Name","Type","Owner"'
shows "indexes are listed" '\di pgcli_things_pkey' '"Schema","Name","Type","Owner"'
shows "what was made is dropped" "DROP VIEW pgcli_view;
DROP TABLE pgcli_things;" "DROP VIEW" "DROP TABLE"
exit $failed
