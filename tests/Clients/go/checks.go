// Package main checks the gateway with the PostgreSQL drivers of Go: one line per check, `ok <sentence>` or
// `not ok <sentence>: <reason>`. PGHOST and kin say where.
package main

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"strings"
	"time"
)

const longQuery = "SELECT count(*) FROM generate_series(1, 1000000000)"

var (
	background = context.Background()
	failed     bool
)

func main() {
	switch os.Args[1] {
	case "pq":
		withPq()
	case "pgx":
		withPgx()
	}
	if failed {
		os.Exit(1)
	}
}

// stop ends a check; check turns it into its reason.
type stop struct{ reason string }

func fail(format string, arguments ...any) { panic(stop{fmt.Sprintf(format, arguments...)}) }

func check(sentence string, body func()) {
	defer func() {
		if problem := recover(); problem != nil {
			failed = true
			reason := fmt.Sprint(problem)
			if known, ok := problem.(stop); ok {
				reason = known.reason
			}
			fmt.Printf("not ok %s: %s\n", sentence, strings.Join(strings.Fields(reason), " "))
			return
		}
		fmt.Printf("ok %s\n", sentence)
	}()
	body()
}

func must(err error) {
	if err != nil {
		fail("%v", err)
	}
}

func must1[T any](value T, err error) T {
	must(err)
	return value
}

func equal(actual, expected any) {
	if a, ok := actual.(time.Time); ok {
		if e, ok := expected.(time.Time); ok && a.Equal(e) {
			return
		}
	}
	if !reflect.DeepEqual(actual, expected) {
		fail("got %v (%T), expected %v (%T)", actual, actual, expected, expected)
	}
}

func after(duration time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(background, duration)
}
