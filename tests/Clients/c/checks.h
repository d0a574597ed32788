/* One line per check: `ok <sentence>` or `not ok <sentence>: <reason>`. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONG_QUERY "SELECT count(*) FROM generate_series(1, 1000000000)"

static jmp_buf check_end;
static char check_reason[4096];
static int checks_failed;

__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(check_reason, sizeof check_reason, format, arguments);
    va_end(arguments);
    for (char *c = check_reason; *c; c++) if (*c == '\n') *c = ' ';
    longjmp(check_end, 1);
}

static void check(const char *sentence, void (*body)(void)) {
    if (setjmp(check_end) == 0) {
        body();
        printf("ok %s\n", sentence);
    } else {
        checks_failed++;
        printf("not ok %s: %s\n", sentence, check_reason);
    }
    fflush(stdout);
}

static void same(const char *actual, const char *expected) {
    if (!actual || !expected ? actual != expected : strcmp(actual, expected) != 0)
        fail("got [%s], expected [%s]", actual ? actual : "(null)", expected ? expected : "(null)");
}

static void equal(long actual, long expected) {
    if (actual != expected) fail("got %ld, expected %ld", actual, expected);
}

static inline const char *setting(const char *name, const char *fallback) {
    const char *value = getenv(name);
    return value && *value ? value : fallback;
}
