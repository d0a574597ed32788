package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os/exec"
	"strings"
	"time"

	"github.com/jackc/pgconn"
	"github.com/jackc/pgtype"
	"github.com/jackc/pgx/v4"
	"github.com/jackc/pgx/v4/pgxpool"
)

const pgxTable = "pgx_things"

func version(debianPackage string) string {
	out, _ := exec.Command("dpkg-query", "-W", "-f", "${Version}", debianPackage).Output()
	return strings.SplitN(strings.SplitN(string(out), "-", 2)[0], "+", 2)[0]
}

// pgx v4: statements prepared and cached by default, binary format for every type it knows, batches, binary COPY, its pool.
func withPgx() {
	fmt.Println("# pgx", version("golang-github-jackc-pgx-v4-dev"))
	const source = "sslmode=disable application_name=checks-of-pgx connect_timeout=10"
	c := must1(pgx.Connect(background, source))
	defer func() { c.Close(background) }()
	scan := func(text string, target any, values ...any) { must(c.QueryRow(background, text, values...).Scan(target)) }
	number := func(text string, values ...any) (value int64) { scan(text, &value, values...); return value }
	text := func(text string, values ...any) (value string) { scan(text, &value, values...); return value }
	run := func(text string, values ...any) pgconn.CommandTag { return must1(c.Exec(background, text, values...)) }
	fresh := func(columns string) {
		run("DROP TABLE IF EXISTS " + pgxTable)
		run("CREATE TABLE " + pgxTable + " (" + columns + ")")
	}
	fails := func(state string, err error) *pgconn.PgError {
		var problem *pgconn.PgError
		if !errors.As(err, &problem) {
			fail("expected %s, got %v", state, err)
		}
		equal(problem.Code, state)
		return problem
	}
	// A failed check may leave a transaction or a broken connection behind.
	try := func(sentence string, body func()) {
		check(sentence, func() {
			if c.IsClosed() || c.PgConn().TxStatus() != 'I' {
				c.Close(background)
				c = must1(pgx.Connect(background, source))
			}
			body()
		})
	}

	try("connecting carries the application name and settings", func() {
		equal(text("SHOW application_name"), "checks-of-pgx")
		other := must1(pgx.Connect(background, "sslmode=disable statement_timeout=54321"))
		defer other.Close(background)
		var value string
		must(other.QueryRow(background, "SHOW statement_timeout").Scan(&value))
		equal(value, "54321ms")
		equal(c.PgConn().ParameterStatus("server_encoding"), "UTF8")
	})
	try("a simple query returns its row", func() {
		rows := must1(c.Query(background, "SELECT 1 AS one, 'zażółć' AS two, NULL AS three"))
		defer rows.Close()
		rows.Next()
		equal(must1(rows.Values()), []any{int32(1), "zażółć", nil})
		equal(string(rows.FieldDescriptions()[1].Name), "two")
	})
	at := time.Date(2024, 2, 29, 12, 30, 15, 123456000, time.UTC)
	for _, v := range []struct {
		name  string
		value any
	}{
		{"bool", true}, {"int2", int16(-32768)}, {"int4", int32(-2147483648)}, {"int8", int64(9223372036854775807)}, {"float4", float32(1.5)},
		{"float8", 5e-324}, {"text", "it's \\ zażółć 漢字"}, {"varchar", ""}, {"bytea", []byte{0, 1, 255}}, {"timestamptz", at}, {"timestamp", at},
		{"date", time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)},
	} {
		v := v
		try(v.name+" parameters and nulls come back as they were sent", func() {
			rows := must1(c.Query(background, "SELECT $1::"+v.name+", $2::"+v.name, v.value, nil))
			defer rows.Close()
			if !rows.Next() {
				fail("%v", rows.Err())
			}
			got := must1(rows.Values())
			equal(got[0], v.value)
			equal(got[1], nil)
		})
	}
	try("numeric comes back exactly", func() {
		var sent, got pgtype.Numeric
		for _, value := range []string{"-12345678901234567890.123456789", "0.00001", "10000000000"} {
			must(sent.Set(value))
			must(c.QueryRow(background, "SELECT $1::numeric", &sent).Scan(&got))
			equal(text("SELECT ($1::numeric)::text", &got), value)
		}
	})
	try("uuid, interval, time and json come back as they were sent", func() {
		var id pgtype.UUID
		must(id.Set("6f1d2c3b-4a59-4876-9abc-def012345678"))
		var back pgtype.UUID
		scan("SELECT $1::uuid", &back, &id)
		equal(back, id)
		span := pgtype.Interval{Months: 14, Days: 3, Microseconds: 5500000, Status: pgtype.Present}
		var spanBack pgtype.Interval
		scan("SELECT $1::interval", &spanBack, &span)
		equal(spanBack, span)
		clock := pgtype.Time{Microseconds: 86399999999, Status: pgtype.Present}
		var clockBack pgtype.Time
		scan("SELECT $1::time", &clockBack, &clock)
		equal(clockBack, clock)
		var document map[string]any
		scan("SELECT $1::jsonb", &document, map[string]any{"a": []any{1.0, nil}})
		equal(document, map[string]any{"a": []any{1.0, nil}})
		scan("SELECT $1::json", &document, map[string]any{"b": "x"})
		equal(document, map[string]any{"a": []any{1.0, nil}, "b": "x"})
	})
	try("inet, cidr and macaddr come back as they were sent", func() {
		var network net.IPNet
		scan("SELECT $1::inet", &network, "192.168.0.1/24")
		equal(network.String(), "192.168.0.1/24")
		scan("SELECT $1::cidr", &network, "10.0.0.0/8")
		equal(network.String(), "10.0.0.0/8")
		var hardware net.HardwareAddr
		scan("SELECT $1::macaddr", &hardware, "08:00:2b:01:02:03")
		equal(hardware.String(), "08:00:2b:01:02:03")
	})
	try("ranges, points and bit strings come back as they were sent", func() {
		var span pgtype.Int4range
		scan("SELECT $1::int4range", &span, "[1,10)")
		equal([]any{span.Lower.Int, span.Upper.Int, span.UpperType}, []any{int32(1), int32(10), pgtype.Exclusive})
		var point pgtype.Point
		scan("SELECT $1::point", &point, "(1.5,-2)")
		equal(point.P, pgtype.Vec2{X: 1.5, Y: -2})
		var bits pgtype.Varbit
		scan("SELECT $1::varbit", &bits, &pgtype.Varbit{Bytes: []byte{0xA0}, Len: 4, Status: pgtype.Present})
		equal(bits.Bytes, []byte{0xA0})
	})
	try("arrays come back as they were sent", func() {
		var numbers []int64
		scan("SELECT $1::int8[]", &numbers, []int64{1, -2, 3})
		equal(numbers, []int64{1, -2, 3})
		var texts []*string
		word := "quo\"te, {x}"
		scan("SELECT $1::text[]", &texts, []*string{&word, nil})
		equal([]any{*texts[0], texts[1] == nil}, []any{word, true})
		var matrix [][]int32
		scan("SELECT $1::int4[]", &matrix, [][]int32{{1, 2}, {3, 4}})
		equal(matrix, [][]int32{{1, 2}, {3, 4}})
		equal(number("SELECT count(*) FROM generate_series(1, 9) AS g(i) WHERE i = ANY($1)", []int32{2, 3}), int64(2))
	})
	try("parameters are described before they are sent", func() {
		described := must1(c.Prepare(background, "described", "SELECT $1 + 1::int8, $2 || 'x', $3::date"))
		equal(described.ParamOIDs, []uint32{20, 25, 1082})
		must(c.Deallocate(background, "described"))
	})
	try("the simple protocol gives the same values", func() {
		var n int
		var t string
		must(c.QueryRow(background, "SELECT $1::int, $2::text", pgx.QuerySimpleProtocol(true), 42, "it's").Scan(&n, &t))
		equal([]any{n, t}, []any{42, "it's"})
	})
	try("a batch gives one result per statement", func() {
		fresh("id int PRIMARY KEY")
		batch := &pgx.Batch{}
		for i := 0; i < 50; i++ {
			batch.Queue("INSERT INTO "+pgxTable+" VALUES ($1)", i)
		}
		batch.Queue("SELECT count(*) FROM " + pgxTable)
		results := c.SendBatch(background, batch)
		for i := 0; i < 50; i++ {
			equal(must1(results.Exec()).RowsAffected(), int64(1))
		}
		var count int
		must(results.QueryRow().Scan(&count))
		must(results.Close())
		equal(count, 50)
	})
	try("a failing batch undoes itself", func() {
		fresh("id int PRIMARY KEY")
		batch := &pgx.Batch{}
		batch.Queue("INSERT INTO " + pgxTable + " VALUES (1)")
		batch.Queue("INSERT INTO " + pgxTable + " VALUES (1)")
		fails("23505", c.SendBatch(background, batch).Close())
		equal(number("SELECT count(*) FROM "+pgxTable), int64(0))
	})
	try("statements report how many rows they changed", func() {
		fresh("id int PRIMARY KEY, name text")
		equal(run("INSERT INTO "+pgxTable+" VALUES (1, 'a'), (2, 'b'), (3, 'c')").String(), "INSERT 0 3")
		equal(run("UPDATE "+pgxTable+" SET name = $1 WHERE id >= $2", "x", 2).RowsAffected(), int64(2))
		equal(text("DELETE FROM "+pgxTable+" WHERE id = 1 RETURNING name"), "a")
	})
	try("a transaction function commits, and rolls back on an error", func() {
		fresh("id int PRIMARY KEY")
		must(c.BeginFunc(background, func(tx pgx.Tx) error {
			_, err := tx.Exec(background, "INSERT INTO "+pgxTable+" VALUES (1)")
			return err
		}))
		if c.BeginFunc(background, func(tx pgx.Tx) error {
			must1(tx.Exec(background, "INSERT INTO "+pgxTable+" VALUES (2)"))
			return errors.New("no")
		}) == nil {
			fail("did not fail")
		}
		equal(number("SELECT sum(id) FROM "+pgxTable), int64(1))
	})
	try("nested transactions are savepoints", func() {
		fresh("id int PRIMARY KEY")
		tx := must1(c.BeginTx(background, pgx.TxOptions{IsoLevel: pgx.Serializable}))
		must1(tx.Exec(background, "INSERT INTO "+pgxTable+" VALUES (1)"))
		inner := must1(tx.Begin(background))
		_, err := inner.Exec(background, "INSERT INTO "+pgxTable+" VALUES (1)")
		fails("23505", err)
		must(inner.Rollback(background))
		must(tx.Commit(background))
		equal(number("SELECT count(*) FROM "+pgxTable), int64(1))
	})
	try("after a failed statement a transaction refuses more, and its commit says so", func() {
		tx := must1(c.Begin(background))
		_, err := tx.Exec(background, "SELECT 1 / 0")
		fails("22012", err)
		_, err = tx.Exec(background, "SELECT 1")
		fails("25P02", err)
		if tx.Commit(background) != pgx.ErrTxCommitRollback {
			fail("the commit did not tell that it rolled back")
		}
	})
	try("errors carry their fields", func() {
		fresh("id int PRIMARY KEY, name text NOT NULL")
		_, err := c.Exec(background, "SELECT * FROM no_such_table")
		problem := fails("42P01", err)
		equal([]any{problem.Message, problem.Position}, []any{`relation "no_such_table" does not exist`, int32(15)})
		_, err = c.Exec(background, "INSERT INTO "+pgxTable+" VALUES (1, NULL)")
		equal(fails("23502", err).ColumnName, "name")
		run("INSERT INTO " + pgxTable + " VALUES (1, 'a')")
		_, err = c.Exec(background, "INSERT INTO "+pgxTable+" VALUES ($1, 'b')", 1)
		equal(fails("23505", err).ConstraintName, pgxTable+"_pkey")
	})
	try("a thousand rows arrive in order", func() {
		rows := must1(c.Query(background, "SELECT i FROM generate_series(1, $1::int) AS g(i)", 1000))
		seen := int32(0)
		for rows.Next() {
			var i int32
			must(rows.Scan(&i))
			seen++
			equal(i, seen)
		}
		must(rows.Err())
		equal(seen, int32(1000))
	})
	try("a cached statement survives a change of its table", func() {
		fresh("id int PRIMARY KEY")
		run("INSERT INTO " + pgxTable + " VALUES (1)")
		equal(number("SELECT count(*) FROM "+pgxTable+" WHERE id > $1", 0), int64(1))
		run("ALTER TABLE " + pgxTable + " ADD COLUMN name text")
		equal(number("SELECT count(*) FROM "+pgxTable+" WHERE id > $1", 0), int64(1))
	})
	try("a cancelled query is 57014 and the connection lives on", func() {
		go func() {
			time.Sleep(300 * time.Millisecond)
			_ = c.PgConn().CancelRequest(background)
		}()
		_, err := c.Exec(background, longQuery)
		fails("57014", err)
		equal(number("SELECT 1"), int64(1))
	})
	try("a context that ends closes its connection", func() {
		soon, cancel := after(300 * time.Millisecond)
		defer cancel()
		_, err := c.Exec(soon, longQuery)
		if !errors.Is(err, context.DeadlineExceeded) && !pgconn.Timeout(err) {
			fail("got %v", err)
		}
	})
	try("CopyFrom loads rows in binary format", func() {
		fresh("id int PRIMARY KEY, name text, at timestamptz")
		rows := [][]any{{int32(1), "a", at}, {int32(2), nil, nil}}
		equal(must1(c.CopyFrom(background, pgx.Identifier{pgxTable}, []string{"id", "name", "at"}, pgx.CopyFromRows(rows))), int64(2))
		equal(text("SELECT name FROM "+pgxTable+" WHERE at = $1", at), "a")
	})
	try("COPY TO STDOUT gives rows", func() {
		var out strings.Builder
		tag := must1(c.PgConn().CopyTo(background, &out, "COPY (SELECT 1, 'a') TO STDOUT"))
		equal([]string{tag.String(), out.String()}, []string{"COPY 1", "1\ta\n"})
	})
	try("a notification reaches its listener", func() {
		run("LISTEN pgx_channel")
		other := must1(pgx.Connect(background, source))
		defer other.Close(background)
		must1(other.Exec(background, "SELECT pg_notify('pgx_channel', 'hello')"))
		soon, cancel := after(5 * time.Second)
		defer cancel()
		got := must1(c.WaitForNotification(soon))
		equal([]string{got.Channel, got.Payload}, []string{"pgx_channel", "hello"})
	})
	try("a pool serves many at once and takes back what was borrowed", func() {
		pool := must1(pgxpool.Connect(background, source+" pool_max_conns=5"))
		defer pool.Close()
		results := make(chan int, 100)
		for i := 0; i < 100; i++ {
			go func(i int) {
				value := -1000000
				_ = pool.QueryRow(background, "SELECT $1::int", i).Scan(&value)
				results <- value
			}(i)
		}
		sum := 0
		for i := 0; i < 100; i++ {
			sum += <-results
		}
		equal(sum, 4950)
	})
	if c.IsClosed() {
		c = must1(pgx.Connect(background, source))
	}
	run("DROP TABLE IF EXISTS " + pgxTable)
}
