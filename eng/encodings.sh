#!/bin/sh
# Writes src/Gateway.Types/Data/encodings/*.tsv.gz: which characters the client encodings of a PostgreSQL 15 server have.
# Usage: eng/encodings.sh [psql connection options]; the server's encoding is UTF8.
# Lines: direction (= both, > to UTF8 only, < from UTF8 only), first code, first code point (both hexadecimal), how many in a row.
set -eu
out="$(dirname "$0")/../src/Gateway.Types/Data/encodings"
mkdir -p "$out"

setup='
create function pg_temp.code(c int, e text) returns bigint language plpgsql as $f$
declare b bytea := convert_to(chr(c), e);
begin
    return (select sum(get_byte(b, i)::bigint << 8 * (length(b) - 1 - i)) from generate_series(0, length(b) - 1) i);
end $f$;
create function pg_temp.point(c bigint, e text) returns int language plpgsql as $f$
declare t text := convert_from(decode(to_hex(c), $h$hex$h$), e);
begin
    return case when length(t) = 1 then ascii(t) end;
end $f$;
create function pg_temp.code_of(c int, e text) returns bigint language plpgsql as $f$
begin
    return pg_temp.code(c, e);
exception when others then return null;
end $f$;
create function pg_temp.point_of(c bigint, e text) returns int language plpgsql as $f$
begin
    return pg_temp.point(c, e);
exception when others then return null;
end $f$;'

# The codes that may be: one byte, two, three behind 8f (EUC_JP), four behind 8e (EUC_TW) and the part of GB18030 within plane 0.
codes() {
    case $1 in
    LATIN*|ISO*|WIN*|KOI*) echo "select generate_series(128::bigint, 255) c" ;;
    *)
        echo "select generate_series(128::bigint, 255) c union all select (h << 8) + t from generate_series(129::bigint, 254) h, generate_series(48, 254) t"
        case $1 in
        EUC_JP) echo "union all select (143::bigint << 16) + (h << 8) + t from generate_series(161, 254) h, generate_series(161, 254) t" ;;
        EUC_TW) echo "union all select (142::bigint << 24) + (p << 16) + (h << 8) + t from generate_series(161, 167) p, generate_series(161, 254) h, generate_series(161, 254) t" ;;
        GB18030) echo "union all select (a << 24) + (b << 16) + (h << 8) + t from generate_series(129::bigint, 132) a, generate_series(48, 57) b, generate_series(129, 254) h, generate_series(48, 57) t" ;;
        esac ;;
    esac
}

# Planes 1 to 16 of GB18030 are a formula, of which no table is needed.
last() { case $1 in LATIN*|ISO*|WIN*|KOI*|GB18030) echo 65535 ;; *) echo 196607 ;; esac }

for encoding in LATIN1 LATIN2 LATIN3 LATIN4 LATIN5 LATIN6 LATIN7 LATIN8 LATIN9 LATIN10 ISO_8859_5 ISO_8859_6 ISO_8859_7 ISO_8859_8 \
    WIN1250 WIN1251 WIN1252 WIN1253 WIN1254 WIN1255 WIN1256 WIN1257 WIN1258 WIN866 WIN874 KOI8R KOI8U \
    EUC_JP EUC_CN EUC_KR EUC_TW SJIS BIG5 GBK UHC GB18030 JOHAB; do
    psql "$@" -X -q -At -F "$(printf '\t')" -v ON_ERROR_STOP=1 -c "$setup" -c "
        with there as (select c, pg_temp.point_of(c, '$encoding') p from ($(codes $encoding)) x),
            back as (select pg_temp.code_of(p, '$encoding') c, p from generate_series(128, $(last $encoding)) p where p not between 55296 and 57343),
            pairs as (
                select case when b.c is null then '>' when t.c is null then '<' else '=' end way, c, p
                from (select * from there where p is not null) t full join (select * from back where c is not null) b using (c, p)),
            starts as (
                select *, (c, p) is distinct from (lag(c) over ordered + 1, lag(p) over ordered + 1) is_start
                from pairs window ordered as (partition by way order by c, p)),
            runs as (select *, count(*) filter (where is_start) over (partition by way order by c, p) run from starts)
        select way, to_hex(min(c)), to_hex(min(p)), count(*) from runs group by way, run order by way, min(c), min(p)" \
        | gzip -9n > "$out/$encoding.tsv.gz"
done
