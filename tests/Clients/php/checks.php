<?php

declare(strict_types=1);

// One line per check: `ok <sentence>` or `not ok <sentence>: <reason>`.
error_reporting(E_ALL & ~E_DEPRECATED);
const LONG_QUERY = 'SELECT count(*) FROM generate_series(1, 1000000000)';
$failed = 0;

function check(string $sentence, callable $body): void
{
    global $failed;
    try {
        $body();
        echo "ok $sentence\n";
    } catch (Throwable $e) {
        $failed = 1;
        echo "not ok $sentence: ", preg_replace('/\s+/', ' ', get_class($e) . ': ' . $e->getMessage()), "\n";
    }
}

function equal(mixed $actual, mixed $expected): void
{
    if ($actual !== $expected) throw new Exception('got ' . json_encode($actual, JSON_UNESCAPED_UNICODE) . ', expected ' . json_encode($expected, JSON_UNESCAPED_UNICODE));
}

function setting(string $name, string $fallback): string
{
    return getenv($name) ?: $fallback;
}
