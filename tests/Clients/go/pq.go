package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/lib/pq"
)

const pqTable = "pq_things"

// lib/pq through database/sql: prepared statements, arrays, COPY by pq.CopyIn, LISTEN, binary parameters.
func withPq() {
	fmt.Println("# lib/pq", version("golang-github-lib-pq-dev"))
	db := must1(sql.Open("postgres", "sslmode=disable application_name=checks-of-pq connect_timeout=10"))
	defer db.Close()
	one := func(text string, values ...any) (value any) {
		must(db.QueryRow(text, values...).Scan(&value))
		return value
	}
	fresh := func(columns string) {
		must1(db.Exec("DROP TABLE IF EXISTS " + pqTable))
		must1(db.Exec("CREATE TABLE " + pqTable + " (" + columns + ")"))
	}
	fails := func(state string, err error) *pq.Error {
		var problem *pq.Error
		if !errors.As(err, &problem) {
			fail("expected %s, got %v", state, err)
		}
		equal(string(problem.Code), state)
		return problem
	}

	check("connecting carries the application name and settings", func() {
		equal(one("SHOW application_name"), "checks-of-pq")
		other := must1(sql.Open("postgres", "sslmode=disable statement_timeout=54321"))
		defer other.Close()
		var value string
		must(other.QueryRow("SHOW statement_timeout").Scan(&value))
		equal(value, "54321ms")
	})
	check("a ping is answered", func() { must(db.Ping()) })
	check("a simple query returns its row", func() {
		var number int
		var text string
		var nothing sql.NullString
		must(db.QueryRow("SELECT 1 AS one, 'zażółć' AS two, NULL AS three").Scan(&number, &text, &nothing))
		equal([]any{number, text, nothing.Valid}, []any{1, "zażółć", false})
	})
	check("several statements in one query give several results", func() {
		rows := must1(db.Query("SELECT 1; SELECT 2"))
		defer rows.Close()
		var sum, value int
		for more := true; more; more = rows.NextResultSet() {
			for rows.Next() {
				must(rows.Scan(&value))
				sum += value
			}
		}
		equal(sum, 3)
	})
	at := time.Date(2024, 2, 29, 12, 30, 15, 123456000, time.UTC)
	for _, v := range []struct {
		name  string
		value any
	}{
		{"bool", true}, {"int2", int64(-32768)}, {"int4", int64(-2147483648)}, {"int8", int64(9223372036854775807)}, {"float4", 1.5}, {"float8", 5e-324},
		{"text", "it's \\ zażółć 漢字"}, {"varchar", "plain"}, {"bytea", []byte{0, 1, 255}}, {"timestamptz", at},
	} {
		v := v
		check(v.name+" parameters and nulls come back as they were sent", func() {
			equal(one("SELECT $1::"+v.name, v.value), v.value)
			equal(one("SELECT $1::"+v.name, nil), nil)
		})
	}
	for _, v := range [][2]string{
		{"numeric", "-12345678901234567890.123456789"}, {"uuid", "6f1d2c3b-4a59-4876-9abc-def012345678"}, {"interval", "1 year 2 mons 3 days 04:00:05.5"},
		{"json", "[1,  null]"}, {"jsonb", "[1, null]"}, {"inet", "10.0.0.1/8"}, {"date", "2024-02-29"}, {"timetz", "12:30:15.25+02"}, {"int4range", "[1,10)"},
	} {
		v := v
		check(v[0]+" as text comes back as it was sent", func() { equal(one("SELECT ($1::"+v[0]+")::text", v[1]), v[1]) })
	}
	check("arrays come back as they were sent", func() {
		var numbers []int64
		must(db.QueryRow("SELECT $1::int8[]", pq.Array([]int64{1, -2, 3})).Scan(pq.Array(&numbers)))
		equal(numbers, []int64{1, -2, 3})
		var texts []sql.NullString
		must(db.QueryRow("SELECT $1::text[]", pq.Array([]sql.NullString{{String: "quo\"te, {x}", Valid: true}, {}})).Scan(pq.Array(&texts)))
		equal(texts, []sql.NullString{{String: "quo\"te, {x}", Valid: true}, {}})
		equal(one("SELECT 2 = ANY($1)", pq.Array([]int64{1, 2})), true)
	})
	check("binary parameters give the same values", func() {
		other := must1(sql.Open("postgres", "sslmode=disable binary_parameters=yes"))
		defer other.Close()
		var number int
		var bytes []byte
		must(other.QueryRow("SELECT $1::int4 + 1, $2::bytea", 41, []byte{0, 255}).Scan(&number, &bytes))
		equal([]any{number, bytes}, []any{42, []byte{0, 255}})
	})
	check("a prepared statement is used often, by many at once", func() {
		statement := must1(db.Prepare("SELECT $1::int * 2"))
		defer statement.Close()
		var group sync.WaitGroup
		results := make([]int, 40)
		for i := range results {
			group.Add(1)
			go func(i int) {
				defer group.Done()
				_ = statement.QueryRow(i).Scan(&results[i])
			}(i)
		}
		group.Wait()
		for i, value := range results {
			equal(value, 2*i)
		}
	})
	check("columns have names and types", func() {
		rows := must1(db.Query("SELECT 1::int2 AS a, 1.5::numeric(8,2) AS n, 'x'::varchar(5) AS v"))
		defer rows.Close()
		types := must1(rows.ColumnTypes())
		equal([]string{types[0].DatabaseTypeName(), types[1].DatabaseTypeName(), types[2].DatabaseTypeName()}, []string{"INT2", "NUMERIC", "VARCHAR"})
		precision, scale, _ := types[1].DecimalSize()
		equal([]int64{precision, scale}, []int64{8, 2})
	})
	check("statements report how many rows they changed", func() {
		fresh("id int PRIMARY KEY, name text")
		equal(must1(must1(db.Exec("INSERT INTO "+pqTable+" VALUES (1, 'a'), (2, 'b'), (3, 'c')")).RowsAffected()), int64(3))
		equal(must1(must1(db.Exec("UPDATE "+pqTable+" SET name = $1 WHERE id >= $2", "x", 2)).RowsAffected()), int64(2))
		equal(one("DELETE FROM "+pqTable+" WHERE id = 1 RETURNING name"), "a")
	})
	check("transactions commit and roll back", func() {
		fresh("id int PRIMARY KEY")
		tx := must1(db.Begin())
		must1(tx.Exec("INSERT INTO " + pqTable + " VALUES (1)"))
		equal(one("SELECT count(*) FROM "+pqTable), int64(0))
		must(tx.Rollback())
		tx = must1(db.BeginTx(background, &sql.TxOptions{Isolation: sql.LevelSerializable}))
		must1(tx.Exec("INSERT INTO " + pqTable + " VALUES (2)"))
		must(tx.Commit())
		equal(one("SELECT min(id) FROM "+pqTable), int64(2))
	})
	check("a read-only transaction refuses to write", func() {
		fresh("id int PRIMARY KEY")
		tx := must1(db.BeginTx(background, &sql.TxOptions{ReadOnly: true}))
		defer tx.Rollback()
		_, err := tx.Exec("INSERT INTO " + pqTable + " VALUES (1)")
		fails("25006", err)
	})
	check("after a failed statement a transaction refuses more until its savepoint", func() {
		fresh("id int PRIMARY KEY")
		tx := must1(db.Begin())
		must1(tx.Exec("INSERT INTO " + pqTable + " VALUES (1)"))
		must1(tx.Exec("SAVEPOINT a"))
		_, err := tx.Exec("INSERT INTO " + pqTable + " VALUES (1)")
		fails("23505", err)
		_, err = tx.Exec("SELECT 1")
		fails("25P02", err)
		must1(tx.Exec("ROLLBACK TO SAVEPOINT a"))
		must(tx.Commit())
		equal(one("SELECT count(*) FROM "+pqTable), int64(1))
	})
	check("errors carry their fields", func() {
		fresh("id int PRIMARY KEY, name text NOT NULL")
		_, err := db.Query("SELECT * FROM no_such_table")
		problem := fails("42P01", err)
		equal([]string{problem.Message, problem.Position, problem.Code.Name()}, []string{`relation "no_such_table" does not exist`, "15", "undefined_table"})
		_, err = db.Exec("INSERT INTO " + pqTable + " VALUES (1, NULL)")
		equal(fails("23502", err).Column, "name")
		must1(db.Exec("INSERT INTO " + pqTable + " VALUES (1, 'a')"))
		_, err = db.Exec("INSERT INTO "+pqTable+" VALUES ($1, 'b')", 1)
		problem = fails("23505", err)
		equal([]string{problem.Schema, problem.Table, problem.Constraint, problem.Detail}, []string{"public", pqTable, pqTable + "_pkey", "Key (id)=(1) already exists."})
	})
	check("a thousand rows arrive in order", func() {
		rows := must1(db.Query("SELECT i FROM generate_series(1, $1) AS g(i)", 1000))
		defer rows.Close()
		seen := 0
		for rows.Next() {
			var i int
			must(rows.Scan(&i))
			seen++
			equal(i, seen)
		}
		equal(seen, 1000)
	})
	check("a context that ends cancels its query and the pool lives on", func() {
		soon, cancel := after(300 * time.Millisecond)
		defer cancel()
		_, err := db.QueryContext(soon, longQuery)
		if !errors.Is(err, context.DeadlineExceeded) {
			fails("57014", err)
		}
		equal(one("SELECT 1"), int64(1))
	})
	check("COPY through CopyIn loads rows", func() {
		fresh("id int PRIMARY KEY, name text")
		tx := must1(db.Begin())
		statement := must1(tx.Prepare(pq.CopyIn(pqTable, "id", "name")))
		for i := 0; i < 100; i++ {
			must1(statement.Exec(i, fmt.Sprintf("tab\t%d", i)))
		}
		must1(statement.Exec())
		must(statement.Close())
		must(tx.Commit())
		equal(one("SELECT name FROM "+pqTable+" WHERE id = 99"), "tab\t99")
	})
	check("a listener hears a notification", func() {
		listener := pq.NewListener("sslmode=disable", time.Second, time.Second, nil)
		defer listener.Close()
		listening := make(chan error, 1)
		go func() { listening <- listener.Listen("pq_channel") }()
		select {
		case err := <-listening:
			must(err)
		case <-time.After(3 * time.Second):
			fail("LISTEN is not answered")
		}
		must1(db.Exec("NOTIFY pq_channel, 'hello'"))
		select {
		case got := <-listener.Notify:
			equal([]string{got.Channel, got.Extra}, []string{"pq_channel", "hello"})
		case <-time.After(5 * time.Second):
			fail("nothing arrived")
		}
	})
	check("quoting is read back", func() { equal(one("SELECT "+pq.QuoteLiteral("it's \\")), "it's \\") })
	check("a pool serves many at once", func() {
		db.SetMaxOpenConns(10)
		var group sync.WaitGroup
		var sum int
		var gate sync.Mutex
		for i := 0; i < 100; i++ {
			group.Add(1)
			go func(i int) {
				defer group.Done()
				var value int
				if db.QueryRow("SELECT $1::int", i).Scan(&value) == nil {
					gate.Lock()
					sum += value
					gate.Unlock()
				}
			}(i)
		}
		group.Wait()
		equal(sum, 4950)
	})
	_, _ = db.Exec("DROP TABLE IF EXISTS " + pqTable)
}
