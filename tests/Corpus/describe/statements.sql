-- Rows by key, as ORMs read them.
SELECT * FROM accounts WHERE id = $1
SELECT id, email, name FROM accounts WHERE email = $1 LIMIT 1
SELECT "accounts"."id", "accounts"."email", "accounts"."created" FROM "accounts" WHERE "accounts"."id" = $1 LIMIT $2
SELECT t0."id" AS c0, t0."title" AS c1, t0."votes" AS c2 FROM "public"."posts" AS t0 WHERE (t0."account_id" = $1 AND 1=1) ORDER BY t0."id" ASC OFFSET $2
SELECT o."Id", o."CustomerName", o."Total" FROM "Orders" AS o WHERE o."Id" = $1 LIMIT 2
SELECT 1 AS one FROM accounts WHERE email = $1 AND id <> $2 LIMIT $3
SELECT EXISTS (SELECT 1 FROM accounts WHERE email = $1)
SELECT count(*) FROM accounts WHERE active = $1 AND created >= $2
SELECT count(*) AS "count" FROM (SELECT id FROM accounts WHERE name LIKE $1 LIMIT $2) subquery
SELECT * FROM active_accounts WHERE balance > $1
SELECT a.*, p.title FROM accounts a LEFT JOIN posts p ON p.account_id = a.id AND p.votes > $1 WHERE a.id = $2
SELECT * FROM posts JOIN comments USING (body) WHERE seq = $1
SELECT posts.id, comments.seq FROM posts NATURAL JOIN comments WHERE post_id = $1
-- Comparisons with columns of every type.
SELECT 1 FROM accounts WHERE id = $1 AND email = $2 AND name = $3 AND active = $4 AND age = $5 AND balance = $6
SELECT 1 FROM accounts WHERE rating = $1 AND score = $2 AND born = $3 AND wakes = $4 AND wakes_there = $5 AND created = $6 AND updated = $7
SELECT 1 FROM accounts WHERE token = $1 AND settings = $2 AND tags = $3 AND codes = $4 AND grades = $5 AND avatar = $6
SELECT 1 FROM accounts WHERE lasting = $1 AND address = $2 AND network = $3 AND card = $4 AND flags = $5 AND bits = $6 AND price = $7
SELECT 1 FROM accounts WHERE span = $1 AND stay = $2 AND note = $3 AND spans = $4
SELECT 1 FROM accounts WHERE place = $1
SELECT 1 FROM accounts WHERE raw = $1
SELECT 1 FROM accounts WHERE $1 = id AND $2 < age AND $3 <= balance AND $4 <> email AND $5 != name AND $6 > score
SELECT 1 FROM accounts WHERE id + $1 > 5 AND balance * $2 < 10 AND score / $3 = 1 AND age - $4 = 0
SELECT 1 FROM accounts WHERE born > $1 - 7
SELECT 1 FROM accounts WHERE born + $1 > now()
SELECT 1 FROM accounts WHERE created > now() - $1::interval
SELECT 1 FROM accounts WHERE created > now() - $1
SELECT 1 FROM accounts WHERE created + $1 < updated
SELECT 1 FROM accounts WHERE created BETWEEN $1 AND $2 AND balance BETWEEN SYMMETRIC $3 AND $4 AND born NOT BETWEEN $5 AND $6
SELECT 1 FROM accounts WHERE $1 BETWEEN age AND id
SELECT 1 FROM accounts WHERE id IN ($1, $2, $3) AND name NOT IN ($4, $5) AND age IN ($6)
SELECT 1 FROM accounts WHERE email IN ($1, 'b') AND balance IN (1, 2.5, $2)
SELECT 1 FROM accounts WHERE (id, email) IN (($1, $2), ($3, $4))
SELECT 1 FROM accounts WHERE (id, name) = ($1, $2)
SELECT 1 FROM accounts WHERE (created, id) < ($1, $2) ORDER BY created DESC, id DESC LIMIT $3
SELECT 1 FROM accounts WHERE ROW(age, born) >= ROW($1, $2)
SELECT 1 FROM accounts WHERE name LIKE $1 AND email ILIKE $2 AND note LIKE $3 AND name NOT LIKE $4 ESCAPE $5
SELECT 1 FROM accounts WHERE name SIMILAR TO $1 AND name ~ $2 AND email ~* $3 AND name !~ $4 AND email !~* $5
SELECT 1 FROM accounts WHERE name LIKE '%' || $1 || '%'
SELECT 1 FROM accounts WHERE name LIKE concat('%', $1::text, '%')
SELECT 1 FROM accounts WHERE lower(email) = lower($1)
SELECT 1 FROM accounts WHERE upper(name) LIKE upper($1)
SELECT 1 FROM accounts WHERE name IS NOT DISTINCT FROM $1 AND age IS DISTINCT FROM $2
SELECT 1 FROM accounts WHERE ($1::text IS NULL OR name = $1)
SELECT 1 FROM accounts WHERE ($1 IS NULL OR name = $1)
SELECT 1 FROM accounts WHERE name = $1 OR $1 IS NULL
SELECT 1 FROM accounts WHERE active IS $1
SELECT 1 FROM accounts WHERE active AND $1
SELECT 1 FROM accounts WHERE NOT $1 OR $2 IS TRUE
SELECT 1 FROM accounts WHERE starts_with(name, $1) AND position($2 in name) > $3
SELECT 1 FROM accounts WHERE extract(year FROM created) = $1 AND date_part('month', born) = $2
SELECT 1 FROM accounts WHERE created::date = $1
SELECT 1 FROM accounts WHERE date_trunc($1, created) = $2
SELECT 1 FROM accounts WHERE created AT TIME ZONE $1 > $2
SELECT 1 FROM accounts WHERE length(name) > $1 AND coalesce(name, $2) = $3
-- Arrays.
SELECT id FROM accounts WHERE id = ANY($1)
SELECT id FROM accounts WHERE id = ANY($1::bigint[])
SELECT id FROM accounts WHERE email = ANY($1) AND age <> ALL($2) AND token = ANY($3)
SELECT id FROM accounts WHERE balance > ANY($1) AND born <= ALL($2)
SELECT id FROM accounts WHERE name LIKE ANY($1) AND name ILIKE ALL($2)
SELECT id FROM accounts WHERE $1 = ANY(tags) AND $2 = ANY(codes) AND $3 <> ALL(grades)
SELECT id FROM accounts WHERE tags @> $1 AND tags <@ $2 AND codes && $3
SELECT id FROM accounts WHERE tags @> ARRAY[$1] AND codes && ARRAY[$2, $3]
SELECT id FROM accounts WHERE tags @> ARRAY[$1]::text[]
SELECT id FROM accounts WHERE tags[$1] = $2 AND codes[1:$3] = $4
SELECT tags || $1, $2 || codes, array_append(tags, $3), array_prepend($4, codes), array_cat(codes, $5) FROM accounts
SELECT array_remove(tags, $1), array_replace(codes, $2, $3), array_position(tags, $4), array_positions(codes, $5) FROM accounts
SELECT array_to_string(tags, $1), array_to_string(codes, $2, $3), string_to_array(name, $4) FROM accounts
SELECT unnest($1::int[])
SELECT unnest($1)
SELECT u.v, u.i FROM unnest($1::text[]) WITH ORDINALITY AS u(v, i)
SELECT * FROM unnest($1::int[], $2::text[]) AS t(a, b)
SELECT ARRAY[$1, $2], ARRAY[$3, 1], ARRAY[$4::numeric], ARRAY[[1, $5]]
SELECT $1::text[], $2::int[][], '{}'::numeric(5,2)[], ARRAY[]::uuid[]
SELECT cardinality($1), array_length($2, 1)
SELECT cardinality($1::text[]), array_length($2::int[], $3), array_ndims(tags), array_upper(codes, $4) FROM accounts
SELECT array_agg(id), array_agg(email), array_agg(balance), array_agg(flags), array_agg(tags) FROM accounts WHERE id > $1
SELECT array(SELECT email FROM accounts WHERE id = $1), array(SELECT balance FROM accounts)
SELECT array_fill($1::int, ARRAY[$2]), trim_array(tags, $3) FROM accounts
-- LIMIT, OFFSET and ordering.
SELECT id FROM posts LIMIT $1
SELECT id FROM posts OFFSET $1 ROWS FETCH NEXT $2 ROWS ONLY
SELECT id FROM posts ORDER BY votes DESC NULLS LAST, id LIMIT $1 OFFSET $2
SELECT id FROM posts ORDER BY votes FETCH FIRST $1 ROWS WITH TIES
SELECT id FROM posts LIMIT $1::int
SELECT id FROM posts LIMIT $1 + 1
SELECT id FROM posts ORDER BY CASE WHEN votes > $1 THEN 0 ELSE 1 END, id
SELECT DISTINCT ON (account_id) account_id, title FROM posts WHERE votes > $1 ORDER BY account_id, published DESC
SELECT DISTINCT email FROM accounts WHERE age > $1
-- INSERT.
INSERT INTO accounts (email, name, active, age, balance) VALUES ($1, $2, $3, $4, $5) RETURNING id
INSERT INTO accounts (email, rating, score, born, wakes, wakes_there, created, updated) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING *
INSERT INTO accounts (email, token, settings, raw, tags, codes, grades, avatar) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
INSERT INTO accounts (email, lasting, address, network, card, flags, bits, price, place, span, stay, note, spans) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
INSERT INTO accounts VALUES ($1, $2, $3)
INSERT INTO posts VALUES (DEFAULT, $1, $2, $3, DEFAULT, $4, $5)
INSERT INTO posts (account_id, title) VALUES ($1, $2), ($3, $4), ($5, $6) RETURNING id, title
INSERT INTO posts (account_id, title) SELECT id, $1 FROM accounts WHERE email = $2
INSERT INTO posts (account_id, title, body) SELECT $1, $2, $3
INSERT INTO posts (account_id, title, votes) SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT 1 FROM posts WHERE title = $2)
INSERT INTO posts (account_id, title) SELECT * FROM unnest($1::bigint[], $2::varchar[]) RETURNING id
INSERT INTO accounts (email, name) VALUES ($1, $2) ON CONFLICT (email) DO NOTHING
INSERT INTO accounts (email, name, age) VALUES ($1, $2, $3) ON CONFLICT (email) DO UPDATE SET name = EXCLUDED.name, age = accounts.age + $4 WHERE accounts.active = $5 RETURNING id, (xmax = 0) AS inserted
INSERT INTO accounts AS a (email) VALUES ($1) ON CONFLICT ON CONSTRAINT accounts_email_key DO UPDATE SET updated = now() RETURNING a.id, a.email e
INSERT INTO posts (title, meta) VALUES ($1, jsonb_build_object('a', $2::int))
INSERT INTO posts (title, meta) VALUES (upper($1), $2::jsonb || '{}')
INSERT INTO posts (title, votes) VALUES ($1 || '!', $2 + 1)
INSERT INTO posts (title, published) VALUES (coalesce($1, 'none'), coalesce($2, now()))
INSERT INTO posts (title, published) VALUES ($1, to_timestamp($2))
INSERT INTO posts (title, published) VALUES ($1::text, $2::timestamp)
INSERT INTO posts (title, votes) VALUES (CASE WHEN $1 THEN $2 ELSE 'x' END, CASE WHEN $3 > 0 THEN $3 ELSE 0 END)
INSERT INTO "Orders" ("Id", "CustomerName", "Total", "PlacedAt") VALUES ($1, $2, $3, $4) RETURNING "Id", "Total"
INSERT INTO comments DEFAULT VALUES RETURNING *
INSERT INTO comments (post_id, seq) VALUES ($1, (SELECT coalesce(max(seq), 0) + 1 FROM comments WHERE post_id = $1)) RETURNING seq
INSERT INTO comments (post_id, seq, body) VALUES ($1, $1, $1)
INSERT INTO posts (title) VALUES ($2)
WITH a AS (INSERT INTO accounts (email) VALUES ($1) RETURNING id) INSERT INTO posts (account_id, title) SELECT id, $2 FROM a RETURNING posts.*
-- UPDATE.
UPDATE accounts SET email = $1, name = $2, age = $3, balance = $4, active = $5 WHERE id = $6
UPDATE accounts SET balance = balance + $1, updated = now() WHERE id = $2 RETURNING balance
UPDATE accounts SET balance = $1 * balance, score = score / $2, age = age + $3 WHERE id = $4
UPDATE accounts SET name = name || $1, email = $2 || email, tags = tags || $3, codes = array_append(codes, $4)
UPDATE accounts SET settings = settings || $1, raw = $2, settings[$3] = $4
UPDATE accounts SET settings = jsonb_set(settings, $1, $2) WHERE settings ->> $3 = $4
UPDATE accounts SET settings = settings - $1::text, tags[$2] = $3
UPDATE accounts SET (name, age, balance) = ($1, $2, $3) WHERE id = $4
UPDATE accounts SET (name, age) = (SELECT title, votes FROM posts WHERE posts.id = $1) WHERE accounts.id = $2
UPDATE accounts SET name = coalesce($1, name), age = coalesce($2, age), born = coalesce($3, born) WHERE id = $4
UPDATE accounts SET name = CASE id WHEN $1 THEN $2 WHEN $3 THEN $4 ELSE name END WHERE id IN ($1, $3)
UPDATE accounts SET age = NULLIF($1, 0), name = NULLIF($2, '') WHERE id = $3
UPDATE accounts SET born = born + $1, created = created - $2, lasting = lasting * $3
UPDATE accounts a SET name = p.title FROM posts p WHERE p.account_id = a.id AND p.votes > $1 RETURNING a.id, p.id AS post, a.*
UPDATE posts SET title = v.title FROM (VALUES ($1::int, $2), ($3, $4)) AS v(id, title) WHERE posts.id = v.id
UPDATE posts SET title = v.title FROM (VALUES ($1, $2), ($3, $4)) AS v(id, title) WHERE posts.id = v.id::int
UPDATE posts SET votes = votes + 1 WHERE id = $1 RETURNING votes, title AS "the title", $2::text AS extra
UPDATE posts SET votes = DEFAULT, meta = NULL WHERE id = $1
UPDATE "Orders" SET "Total" = $1, "PlacedAt" = $2 WHERE "Id" = $3
UPDATE posts SET votes = greatest(votes, $1), title = least(title, $2)
UPDATE posts SET published = $1::date + $2::time
-- DELETE.
DELETE FROM posts WHERE id = $1
DELETE FROM posts WHERE id = $1 RETURNING *
DELETE FROM posts WHERE id IN (SELECT post_id FROM comments WHERE seq > $1) RETURNING id AS deleted
DELETE FROM posts p USING accounts a WHERE a.id = p.account_id AND a.email = $1 RETURNING p.id, a.email
DELETE FROM posts WHERE published < now() - interval '1 day' * $1
DELETE FROM posts WHERE published < now() - make_interval(days => $1)
DELETE FROM comments WHERE (post_id, seq) IN (SELECT $1::int, $2::int)
WITH gone AS (DELETE FROM comments WHERE post_id = $1 RETURNING *) SELECT count(*), max(seq) FROM gone WHERE seq > $2
MERGE INTO posts p USING (SELECT $1::int AS id, $2::text AS title) s ON p.id = s.id WHEN MATCHED THEN UPDATE SET title = s.title, votes = $3 WHEN NOT MATCHED THEN INSERT (title, votes) VALUES (s.title, $4)
-- Values without a table.
SELECT $1
SELECT $1, $2
SELECT $1 AS a, $1 AS b
SELECT $1::int
SELECT $1::int AS n, $2::text AS t, $3::bool, $4::timestamptz, $5::uuid
SELECT CAST($1 AS varchar(20)), CAST($2 AS numeric(10,2)), CAST($3 AS char(3)), $4::bit(5), $5::varbit(5), $6::timestamp(3), $7::interval day to second(2), $8::time(1)
SELECT $1::int2, $1::int2 + 1
SELECT $1::int, $1::int8
SELECT $1 + $2
SELECT $1 + 1, 1 + $2, $3 - 1.5, 2 * $4::float8, $5 % 3, $6 ^ 2, -$7
SELECT $1 = 1, $2 = 'a', $3 = $4::date, $5 = true, $6 < now()
SELECT $1 = $2
SELECT $1 || 'a', 'a' || $2, $3 || 1, $4 || $5
SELECT $1 IS NULL
SELECT $1::text IS NULL, NOT $2, $3 AND true, $4 OR false
SELECT $1 IN (1, 2), $2 IN ('a', 'b'), $3 NOT IN (1.5, 2), 1 IN ($4, $5), $6 BETWEEN 1 AND 2.5
SELECT $1 LIKE 'a%', 'a' LIKE $2, $3 ~ 'a', $4 SIMILAR TO 'a'
SELECT 'x' AS unknown, NULL AS nothing, 1 AS int, 1.0 AS num, 9999999999 AS big, true AS b, '1'::text
SELECT date '2024-01-01', time '10:00', timestamp '2024-01-01 10:00', interval '1 hour', timestamptz '2024-01-01 10:00+00'
SELECT interval '1' day, interval '1-2' year to month, interval(3) '1.5 seconds', time(2) '10:00:00.123', timestamp(0) '2024-01-01'
SELECT current_date, current_time, current_timestamp, current_timestamp(2), localtime(1), localtimestamp, now()
SELECT current_user, session_user, current_database(), current_schema, version(), current_setting($1)
SELECT ROW($1::int, 'a'), ($2::text, 1.5)
SELECT $1::json, $2::jsonb, $3::xml, $4::inet, $5::money, $6::point, $7::tsrange, $8::bytea, $9::"char", $10::name, $11::oid, $12::regclass
VALUES ($1, $2)
VALUES ($1::int, 'a'), (2, $2)
VALUES (1, 'a'), ($1, $2), (2.5, NULL)
VALUES (1::varchar(5)), ($1)
SELECT * FROM (VALUES ($1::int, $2::text), (1, 'b')) AS v(id, name) WHERE id > $3
SELECT (SELECT $1::int), (SELECT max(id) FROM posts WHERE votes > $2), (SELECT email FROM accounts LIMIT 1)
-- Given types.
--$ int4
SELECT $1
--$ text, int8
SELECT $1, $2
--$ varchar, bpchar, name
SELECT $1, $2, $3, $1 || $2, length($2)
--$ int8
SELECT id FROM posts WHERE id = $1
--$ varchar
SELECT id FROM posts WHERE body = $1
--$ text
SELECT id FROM accounts WHERE email = $1
--$ numeric
SELECT id FROM posts WHERE votes = $1
--$ float8
UPDATE accounts SET balance = $1
--$ int4, ?
INSERT INTO accounts (id, email) VALUES ($1, $2)
--$ text
INSERT INTO posts (votes, title) VALUES ($1, 'a')
--$ text
SELECT id FROM posts WHERE votes = $1
--$ timestamp
SELECT id FROM posts WHERE published > $1
--$ timestamptz
UPDATE accounts SET updated = $1
--$ date
INSERT INTO accounts (email, created) VALUES ('a', $1)
--$ _int4
SELECT id FROM accounts WHERE id = ANY($1)
--$ _text
SELECT id FROM accounts WHERE email = ANY($1)
--$ text
SELECT $1::int, $1::jsonb
--$ unknown
SELECT $1
--$ unknown
SELECT id FROM posts WHERE id = $1
--$ json
UPDATE accounts SET settings = $1
--$ jsonb
SELECT $1 -> 'a', $1 ->> 'a', $1 #> '{a}', $1 @> '{}'
--$ uuid, interval, inet
SELECT $1, $2, $3, $2 * 2, host($3)
--$ ?, int4
SELECT $2 + $1
--$ int4, int4
SELECT $1
-- Functions.
SELECT abs($1)
SELECT abs($1::numeric), round($2::numeric, $3), ceil($4::float8), floor($5), power($6, $7), sqrt($8), mod($9, 3), sign($10)
SELECT lower($1), upper($2), initcap($3), trim($4), ltrim($5, $6), rtrim($7), btrim($8), reverse($9)
SELECT length($1)
SELECT length($1::text), char_length($2), octet_length($3), bit_length($4)
SELECT substring($1 from $2 for $3), substring($4, $5), substr($6, $7, $8), left($9, $10), right($11, $12)
SELECT replace($1, $2, $3), translate($4, $5, $6), overlay($7 placing $8 from $9), strpos($10, $11), split_part($12, $13, $14), repeat($15, $16)
SELECT concat($1)
SELECT concat('a', $1::text), concat_ws($2, 'a', name), format('%s', name), format($3, $4::int) FROM accounts
SELECT lpad($1, $2), rpad($3, $4, $5), md5($6), encode($7, $8), decode($9, $10), ascii($11), chr($12), to_hex($13::int)
SELECT regexp_replace($1, $2, $3), regexp_matches($4, $5), regexp_match($6, $7), regexp_split_to_array($8, $9), regexp_replace($10, $11, $12, $13)
SELECT to_char($1::timestamptz, $2), to_char($3::numeric, $4), to_date($5, $6), to_timestamp($7, $8), to_number($9, $10)
SELECT to_char(created, $1), to_char(balance, $2), to_char(lasting, $3) FROM accounts
SELECT date_trunc('day', $1::timestamp), date_trunc($2, created, $3), date_part($4, born), extract(epoch FROM created), age($5::timestamptz), age(created, $6) FROM accounts
SELECT make_date($1, $2, $3), make_time($4, $5, $6), make_timestamp($7, $8, $9, $10, $11, $12), make_interval(hours => $13), justify_hours($14)
SELECT date_bin($1, created, $2), timezone($3, created), isfinite($4::date) FROM accounts
SELECT greatest($1, 1), least($2, 'a'), greatest(age, $3), least(balance, $4, 5) FROM accounts
SELECT coalesce($1, 1), coalesce($2, 'a'), coalesce(name, $3), coalesce($4, balance), coalesce($5, $6, now()) FROM accounts
SELECT coalesce($1, $2)
SELECT nullif($1, 1), nullif(name, $2), nullif($3, 'a'), nullif(balance, $4) FROM accounts
SELECT CASE WHEN $1 THEN 1 ELSE 2 END, CASE $2 WHEN 1 THEN 'a' END, CASE WHEN active THEN $3 ELSE name END, CASE id WHEN $4 THEN $5 ELSE $6::int END FROM accounts
SELECT CASE WHEN true THEN $1 ELSE 2.5 END, CASE WHEN true THEN $2 END
SELECT gen_random_uuid(), random(), nextval('tickets'), currval($1), nextval($2), setval('tickets', $3), lastval()
SELECT pg_typeof($1)
SELECT pg_typeof($1::int), quote_literal($2), quote_ident($3), quote_nullable($4::int), pg_sleep($5), set_config($6, $7, $8)
SELECT sum(votes), avg(votes), min(title), max(published), count(DISTINCT account_id), bool_and(votes > $1), string_agg(title, $2) FROM posts
SELECT sum(balance), avg(balance), sum(rating), avg(score), sum(age), avg(age), sum(id), max(note), min(email), sum(price), sum(lasting) FROM accounts
SELECT count(*) FILTER (WHERE votes > $1), sum(votes) FILTER (WHERE title LIKE $2), sum(CASE WHEN votes > $3 THEN $4 ELSE 0 END) FROM posts
SELECT percentile_cont($1) WITHIN GROUP (ORDER BY votes), percentile_disc(0.5) WITHIN GROUP (ORDER BY title), mode() WITHIN GROUP (ORDER BY email) FROM posts, accounts
SELECT stddev(votes), variance(score), corr(score, rating), bit_or(codes[1]), every(active), json_agg(posts), jsonb_object_agg(title, $1::int) FROM posts, accounts
SELECT rank() OVER (ORDER BY votes), lag(votes, $1) OVER w, lead(title, 1, $2) OVER w, ntile($3) OVER w, sum(votes) OVER w, first_value(title) OVER w FROM posts WINDOW w AS (PARTITION BY account_id ORDER BY id)
SELECT account_id, count(*) FROM posts WHERE votes > $1 GROUP BY account_id HAVING count(*) > $2 AND sum(votes) < $3
SELECT date_trunc('day', published) AS day, count(*) FROM posts WHERE published BETWEEN $1 AND $2 GROUP BY 1 ORDER BY 1
SELECT title, votes, grouping(title) FROM posts GROUP BY ROLLUP (title, votes) HAVING sum(votes) > $1
-- JSON.
SELECT settings -> $1, settings ->> $2, settings #> $3, settings #>> $4, settings -> 0, raw -> $5, raw ->> 'a' FROM accounts
SELECT settings -> $1::int, settings -> $2::text, settings ->> 'a' = $3, (settings ->> 'n')::int > $4 FROM accounts
SELECT 1 FROM accounts WHERE settings @> $1 AND settings <@ $2 AND settings ? $3 AND settings ?| $4 AND settings ?& $5
SELECT 1 FROM accounts WHERE settings @> $1::jsonb AND settings ->> $2 IN ($3, $4)
SELECT settings || $1, settings - $2, settings - $3::int, settings - $4::text[], settings #- $5 FROM accounts
SELECT settings['a'], settings['a'][$1], settings[$2] FROM accounts
SELECT json_build_object('a', $1)
SELECT json_build_object('a', $1::int, 'b', name), jsonb_build_array(1, $2::text), to_json($3::text), to_jsonb(age), row_to_json(accounts) FROM accounts
SELECT * FROM json_each($1), jsonb_array_elements($2::jsonb) AS e, jsonb_array_elements_text(to_jsonb($3::int)) t
SELECT * FROM jsonb_to_recordset($1) AS x(a int, b text, c numeric(5,2))
SELECT * FROM json_populate_record(NULL::comments, $1)
SELECT jsonb_path_query(settings, $1), jsonb_path_exists(settings, $2, $3), settings @@ $4, settings @? $5 FROM accounts
SELECT jsonb_typeof($1), jsonb_array_length($2), jsonb_strip_nulls($3), jsonb_pretty($4), jsonb_insert($5, $6, $7), jsonb_extract_path_text($8, $9)
SELECT json_agg(row_to_json(p)) FROM (SELECT id, title FROM posts WHERE votes > $1) p
-- Dates and intervals.
SELECT now() - $1, now() + $2::interval, current_date + $3, current_date - $4, created - $5, updated - $6 FROM accounts
SELECT born - $1, born + $2, born - $3::date, born + $4::int, born + $5::interval, born + $6::time FROM accounts
SELECT created - created, born - born, wakes - wakes, wakes + lasting, born + wakes, lasting / 2, lasting * 1.5, -lasting FROM accounts
SELECT interval '1 day' * $1, $2 * interval '1 day', interval '1 day' / $3, interval '1 day' + $4
SELECT ($1 || ' days')::interval, ($2::text || ' days')::interval, $3::interval
SELECT $1::date - $2::date, $3::timestamp - $4::timestamp, $5::date + $6::int, ($7, $8) OVERLAPS ($9::date, $10::date)
-- Ranges, networks, bits, geometry.
SELECT span @> $1, span && $2, span <@ $3, stay @> $4, $5 <@ stay FROM accounts
SELECT span @> $1::int, stay && tstzrange($2, $3, '[)'), int4range($4, $5), lower(span), upper(stay), isempty($6::int4range) FROM accounts
SELECT span * $1, span + $2, span - $3, spans @> $4, spans + $5, range_merge(span, $6), range_agg(span) FROM accounts GROUP BY span, spans
SELECT unnest(spans), multirange(span), int4multirange(span, $1), numrange($2, $3), daterange($4, $5, $6) FROM accounts
SELECT address << $1, network >>= $2, host(address), masklen(network), address + $3, address & $4, family($5) FROM accounts
SELECT flags & $1, flags | $2, ~flags, bits || $3, flags << $4, flags = $5, get_bit(flags, $6) FROM accounts
SELECT place <-> $1, place <@ $2::box, point($3, $4), box($5, $6), circle($7, $8) FROM accounts
SELECT price + $1, price * $2, price / $3, price / 2, $4::numeric::money FROM accounts
-- generate_series and other rows.
SELECT generate_series($1, 10)
SELECT generate_series($1::int, $2::int)
SELECT * FROM generate_series($1, $2, $3)
SELECT * FROM generate_series($1::timestamp, $2, $3)
SELECT d::date FROM generate_series($1::date, $2::date, interval '1 day') AS d
SELECT g.n, $1::text FROM generate_series(1, $2) AS g(n)
SELECT * FROM regexp_split_to_table($1, $2) AS part
SELECT * FROM string_to_table($1, $2)
SELECT p.id, c.n FROM posts p CROSS JOIN LATERAL (SELECT count(*) AS n FROM comments c WHERE c.post_id = p.id AND c.seq > $1) c
SELECT a.id, p.* FROM accounts a LEFT JOIN LATERAL (SELECT title, votes FROM posts WHERE account_id = a.id ORDER BY votes DESC LIMIT $1) p ON true
-- Subqueries.
SELECT * FROM posts WHERE account_id IN (SELECT id FROM accounts WHERE email = $1)
SELECT * FROM posts WHERE account_id = (SELECT id FROM accounts WHERE email = $1)
SELECT * FROM posts WHERE votes > ALL (SELECT seq FROM comments WHERE body = $1)
SELECT * FROM posts WHERE (id, votes) IN (SELECT post_id, seq FROM comments WHERE body LIKE $1)
SELECT * FROM posts WHERE $1 IN (SELECT seq FROM comments WHERE post_id = posts.id)
SELECT * FROM posts WHERE $1 = (SELECT max(seq) FROM comments)
SELECT sub.n + $1 FROM (SELECT votes AS n FROM posts WHERE id = $2) sub
SELECT p.id, (SELECT count(*) FROM comments c WHERE c.post_id = p.id AND c.body = $1) AS n FROM posts p
SELECT sub.* FROM (SELECT $1 AS a, $2::int AS b, 'c' AS c) sub
SELECT a FROM (SELECT $1 AS a) s WHERE a = 1
-- Set operations.
SELECT id FROM posts WHERE votes > $1 UNION SELECT id FROM accounts WHERE age < $2
SELECT id, title FROM posts UNION ALL SELECT $1, $2
SELECT $1 UNION SELECT 1
SELECT $1 UNION SELECT $2
SELECT $1, 'a' UNION ALL SELECT 1, $2 UNION ALL SELECT 2.5, NULL
SELECT email FROM accounts UNION SELECT title FROM posts
SELECT note FROM accounts INTERSECT SELECT $1
SELECT votes FROM posts EXCEPT SELECT $1 ORDER BY 1 LIMIT $2
(SELECT id FROM posts ORDER BY id LIMIT $1) UNION ALL (SELECT id FROM posts ORDER BY id DESC LIMIT $2)
-- CTEs.
WITH a AS (SELECT id, email FROM accounts WHERE id = $1) SELECT * FROM a WHERE email = $2
WITH a AS (SELECT $1::int AS n), b AS (SELECT n + $2 AS m FROM a) SELECT n, m FROM a, b
WITH a AS (SELECT $1 AS n) SELECT n FROM a
WITH RECURSIVE t(n) AS (SELECT $1::int UNION ALL SELECT n + 1 FROM t WHERE n < $2) SELECT n FROM t
WITH RECURSIVE t(n) AS (SELECT $1 UNION ALL SELECT n + 1 FROM t) SELECT n FROM t
WITH RECURSIVE t AS (SELECT id, title, 1 AS level FROM posts WHERE id = $1 UNION ALL SELECT p.id, p.title, t.level + 1 FROM posts p JOIN t ON p.votes = t.id) SELECT * FROM t
WITH moved AS (UPDATE posts SET votes = votes + $1 WHERE id = $2 RETURNING *) SELECT id, votes FROM moved
WITH a AS MATERIALIZED (SELECT id FROM accounts) SELECT count(*) FROM a
-- Statements without rows, and others.
BEGIN
SET timezone = 'UTC'
SHOW timezone
SHOW ALL
EXPLAIN SELECT 1
CREATE TABLE made AS SELECT $1::int AS a
DISCARD ALL
LOCK TABLE posts
DECLARE c CURSOR FOR SELECT 1
COMMENT ON TABLE posts IS 'x'
SELECT id FROM posts WHERE id = $1 FOR UPDATE
SELECT id FROM posts WHERE id = $1 FOR NO KEY UPDATE SKIP LOCKED
SELECT id INTO made FROM posts
TABLE comments
SELECT
SELECT FROM posts WHERE id = $1
-- System catalogs.
SELECT oid, typname, typlen FROM pg_type WHERE typname = $1
SELECT t.oid, t.typname FROM pg_catalog.pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname = $1 AND t.oid = ANY($2)
SELECT c.relname, c.relkind FROM pg_class c WHERE c.relkind IN ('r', $1) AND c.oid = $2::regclass
SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull FROM pg_attribute a WHERE a.attrelid = $1 AND a.attnum > $2
SELECT table_name, column_name, ordinal_position, is_nullable, data_type FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2
SELECT n.nspname = ANY(current_schemas(true)), n.nspname, t.typname FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON t.typnamespace = n.oid WHERE t.oid = $1
SELECT ctid, xmin, tableoid, id FROM posts WHERE id = $1
SELECT posts, p.id FROM posts, posts p
-- What is refused.
SELECT nosuch FROM posts WHERE id = $1
SELECT id FROM nosuch WHERE id = $1
SELECT nosuch($1)
SELECT id FROM posts WHERE id = $1 AND title = $1
SELECT $1::int WHERE $1 LIKE 'a'
SELECT $2::int
SELECT $1 + '1 day'::interval, $0
SELECT id FROM posts WHERE votes = 'abc'
SELECT id FROM posts WHERE published > 'yesterday-ish'
SELECT id FROM accounts WHERE token = 'x' AND id = $1
SELECT '[1,2'::int4range, $1::int
SELECT '(1,2'::point
SELECT 'a'::boolean
SELECT '{1,2'::int[]
SELECT '1.1.1'::inet
SELECT 'zz'::bytea, '\x0'::bytea
INSERT INTO posts (title, votes) VALUES ($1, 'many')
INSERT INTO posts (nosuch) VALUES ($1)
INSERT INTO posts (title) VALUES ($1, $2)
UPDATE posts SET votes = $1::text
UPDATE posts SET nosuch = $1
SELECT id FROM posts GROUP BY votes HAVING votes > $1
SELECT count(*) FROM posts WHERE count(*) > $1
SELECT 1; SELECT $1
SELEC $1
SELECT date '2024-02-30'
SELECT id FROM posts ORDER BY 5
SELECT id FROM posts UNION SELECT title FROM posts
SELECT 1 UNION SELECT 'x'
-- As drivers and tools send them.
select "posts"."id", "posts"."title", (select count(*) from "comments" where "comments"."post_id" = "posts"."id")::int as "comment_count" from "posts" where ("posts"."votes" >= $1 and "posts"."title" like $2) order by "posts"."id" desc limit $3
SELECT accounts_1.id AS accounts_1_id, accounts_1.email AS accounts_1_email, anon_1.count_1 FROM accounts AS accounts_1 LEFT OUTER JOIN (SELECT posts.account_id AS account_id, count(posts.id) AS count_1 FROM posts WHERE posts.votes > $1 GROUP BY posts.account_id) AS anon_1 ON anon_1.account_id = accounts_1.id WHERE accounts_1.id IN ($2, $3)
SELECT "public"."accounts"."id", "public"."accounts"."email", "public"."accounts"."settings"::text FROM "public"."accounts" WHERE ("public"."accounts"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3
SELECT COUNT(*) FROM (SELECT "public"."posts"."id" FROM "public"."posts" WHERE "public"."posts"."votes" > $1 OFFSET $2) AS "sub"
SELECT p."id", p."title" FROM "posts" AS p WHERE p."published" >= $1::timestamptz AND lower(p."title") LIKE '%' || lower($2) || '%' ORDER BY p."id" LIMIT $3 OFFSET $4
SELECT o."Id", date_part('year', o."PlacedAt")::int AS "Year", o."Total" * 2.0 AS "Double" FROM "Orders" AS o WHERE o."CustomerName" IS NULL OR o."CustomerName" <> $1 ORDER BY o."Total" DESC NULLS LAST
SELECT COALESCE(sum(o."Total"), 0.0) FROM "Orders" AS o
SELECT o."CustomerName", count(*)::int AS "Count", COALESCE(sum(o."Total"), 0.0) AS "Sum", max(o."PlacedAt") AS "Last" FROM "Orders" AS o GROUP BY o."CustomerName" HAVING count(*)::int > $1
UPDATE "Orders" SET "CustomerName" = $1 WHERE "Id" = $2 RETURNING 1
INSERT INTO "Orders" ("Id", "CustomerName") VALUES ($1, $2), ($3, $4) ON CONFLICT ("Id") DO UPDATE SET "CustomerName" = "excluded"."CustomerName" WHERE "Orders"."Total" IS NULL OR "Orders"."Total" < $5
SELECT t.* FROM posts t WHERE t.id = $1 ORDER BY (t.meta ->> 'rank')::numeric DESC NULLS LAST LIMIT 100
SELECT DISTINCT p.account_id, count(*) OVER (PARTITION BY p.account_id) AS n FROM posts p WHERE p.title ~* $1
SELECT row_number() OVER (ORDER BY id) AS rn, * FROM posts WHERE id > $1
SELECT q.* FROM (SELECT p.*, row_number() OVER (PARTITION BY account_id ORDER BY votes DESC) AS rn FROM posts p) q WHERE rn <= $1
SELECT to_json(array_agg(t)) FROM (SELECT id, title FROM posts WHERE account_id = $1) t
SELECT coalesce(json_agg(t), '[]'::json) FROM (SELECT id FROM posts LIMIT $1) t
SELECT a.id, coalesce(json_agg(json_build_object('id', p.id, 'title', p.title)) FILTER (WHERE p.id IS NOT NULL), '[]') AS posts FROM accounts a LEFT JOIN posts p ON p.account_id = a.id WHERE a.id = ANY($1::bigint[]) GROUP BY a.id
SELECT jsonb_build_object('type', 'Feature', 'id', id, 'n', $1::int) FROM posts
SELECT count(*) AS total, count(*) FILTER (WHERE active) AS active, round(avg(balance), 2) AS mean, round(avg(score)::numeric, 1) FROM accounts WHERE created >= now() - interval '30 days'
SELECT width_bucket(balance, 0, 100, $1) AS bucket, count(*) FROM accounts GROUP BY bucket ORDER BY bucket
SELECT floor(extract(epoch FROM published) / 300) * 300 AS time, count(*) FROM posts WHERE published BETWEEN '2024-01-01T00:00:00Z' AND '2024-02-01T00:00:00Z' GROUP BY 1
SELECT to_char(date_trunc('month', created), 'YYYY-MM') AS month, sum(balance) OVER (ORDER BY date_trunc('month', created)) FROM accounts
SELECT d.day, coalesce(count(p.id), 0) AS n FROM generate_series($1::date, $2::date, '1 day') AS d(day) LEFT JOIN posts p ON p.published::date = d.day GROUP BY d.day
SELECT 'a' || $1 || 'b', $1 || $2, concat($3::varchar, 'x'), $4::varchar || 'x', email || $5, note || $6 FROM accounts
SELECT CASE $1 WHEN 'a' THEN 1 ELSE 0 END, CASE WHEN $2 = 'a' THEN $3 ELSE $4 END, CASE WHEN active THEN balance END FROM accounts
SELECT greatest(created, $1), least(born, $2), greatest(email, name), least($3, $4, 1.5), coalesce(email, 'x')::varchar(10), nullif(email, '') FROM accounts
SELECT (balance)::text, balance::int, balance::float8, age::bigint, active::int, id::text, created::date, created::time, born::timestamp, lasting::text, token::text, settings::text, '5'::text::int FROM accounts
SELECT email::varchar(10), name::varchar, note::text, name::char(3), flags::int, 5::bit(8), price::numeric, balance::money, score::numeric(6,2), lasting::interval hour to minute FROM accounts
SELECT sum(amount) FROM (SELECT balance AS amount FROM accounts WHERE id = $1 UNION ALL SELECT votes FROM posts WHERE id = $2) s
SELECT email FROM accounts WHERE id = $1 UNION ALL SELECT email FROM accounts WHERE id = $2
SELECT note FROM accounts UNION ALL SELECT note FROM accounts
SELECT balance, email FROM accounts UNION SELECT $1, $2 ORDER BY 1
SELECT id FROM accounts WHERE email IN ('a') AND email IN ($1) AND name IN ($2, $3) AND age IN (1, $4, $5)
SELECT id FROM accounts WHERE $1 IN (email, name) OR $2 IN (email, 'b', 'c') OR $3 NOT IN (age, id)
SELECT id FROM accounts WHERE email IN ($1, name) AND note IN ($2, $3) AND flags IN ($4, $5) AND token IN ($6, $7) AND born IN ($8, '2024-01-01')
SELECT id FROM accounts WHERE created IN ($1, $2, now()) AND updated NOT IN ($3, $4) AND lasting IN ($5, '1 day') AND price IN ($6, $7) AND span IN ($8, $9)
SELECT id FROM accounts WHERE (email = $1 OR name = $2) AND NOT (age > $3 AND score < $4) AND (born, id) > ($5, $6)
SELECT id FROM accounts ORDER BY $1::text, name COLLATE "C" LIMIT ALL
SELECT id, $1::int AS "A", 'b' AS "b c", 1 + 1, count(*) OVER (), -5, NOT active, name IS NULL, ARRAY[1], ROW(1), (SELECT 1), EXISTS (SELECT 1), id::text, CASE WHEN active THEN 1 END, coalesce(name, ''), current_date FROM accounts
SELECT array[1,2][1], (ARRAY['a'])[1], tags[1], codes[1:2], (settings -> 'a') ->> 0, (SELECT settings FROM accounts LIMIT 1) -> 'x', (id, name), ((1, 2)), upper(name), lower(name) AS l, sum(id) OVER (), name COLLATE "C", -id, +id, @ id FROM accounts
SELECT x.* FROM (SELECT id, note, balance AS b, flags FROM accounts) x JOIN LATERAL (SELECT x.b * $1 AS y) z ON z.y > $2
SELECT v.* FROM (VALUES (1, 'a'::varchar(3), NULL), (2, $1, $2)) v
SELECT * FROM accounts a CROSS JOIN LATERAL jsonb_each_text(a.settings) AS e(k, v) WHERE e.k = $1 AND e.v = $2
SELECT * FROM jsonb_array_elements($1) WITH ORDINALITY AS t(item, n) WHERE item ->> 'id' = $2
SELECT * FROM ROWS FROM (generate_series(1, $1), unnest($2::text[])) AS t(a, b)
SELECT * FROM json_to_record($1) AS x(a int, b varchar(5), c timestamptz)
SELECT * FROM regexp_matches($1, $2, 'g') AS m
SELECT * FROM pg_input_is_valid($1, $2)
SELECT * FROM abs($1) AS a
SELECT * FROM current_date
SELECT x FROM (SELECT $1::numeric(8,3) AS x) s UNION ALL SELECT $2
SELECT a.id FROM accounts a WHERE EXISTS (SELECT 1 FROM posts p WHERE p.account_id = a.id AND p.title = $1 AND p.votes > a.age + $2)
SELECT a.id FROM accounts a WHERE a.balance > (SELECT avg(b.balance) FROM accounts b WHERE b.age = $1) AND a.created = (SELECT max(created) FROM accounts)
DELETE FROM posts WHERE ctid IN (SELECT ctid FROM posts LIMIT $1)
INSERT INTO accounts (email, tags, codes) VALUES ($1, ARRAY[$2, $3], ARRAY[$4]) RETURNING tags, codes[1]
INSERT INTO accounts (email, settings) VALUES ($1, jsonb_build_object('k', $2::text, 'n', $3::int)) RETURNING settings ->> 'k'
INSERT INTO accounts (email, born, created, lasting) VALUES ($1, $2::date + 1, $3::timestamptz + interval '1 day', $4::interval * 2)
INSERT INTO accounts (email, balance, price) VALUES ($1, $2::numeric / 3, $3::numeric::money), ($4, $5, $6)
INSERT INTO accounts (email) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING RETURNING id, email
INSERT INTO accounts (email, span) VALUES ($1, int4range($2, $3)) RETURNING lower(span), upper(span)
UPDATE accounts SET tags = array_remove(tags, $1), codes = codes || $2::int[], settings = settings #- $3 WHERE id = $4
UPDATE accounts SET tags[$1] = $2, codes[1] = $3 WHERE id = ANY($4)
UPDATE accounts SET span = span * $1, stay = tstzrange($2, $3), lasting = $4 - created, place = $5, address = $6, bits = $7 WHERE id = $8
UPDATE posts SET title = lower($1), body = trim($2), votes = length($3), meta = to_jsonb($4::text) WHERE id = $5 RETURNING id, title, meta -> 'a' AS a
UPDATE posts SET (title, body) = (SELECT $1, $2) WHERE id = $3
UPDATE posts SET (title, body) = ROW($1, DEFAULT) WHERE id = $2
WITH s AS (SELECT id FROM posts WHERE votes < $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED) UPDATE posts p SET votes = $3 FROM s WHERE p.id = s.id RETURNING p.*
WITH i AS (INSERT INTO accounts (email) VALUES ($1) ON CONFLICT (email) DO NOTHING RETURNING id) SELECT id FROM i UNION ALL SELECT id FROM accounts WHERE email = $1 LIMIT 1
WITH a(x, y) AS (VALUES ($1::int, $2), (2, 'b')) SELECT x, y FROM a WHERE y = $3
WITH RECURSIVE tree(id, path) AS (SELECT id, ARRAY[id] FROM posts WHERE id = $1 UNION ALL SELECT p.id, t.path || p.id FROM posts p JOIN tree t ON p.votes = t.id WHERE NOT p.id = ANY(t.path)) SELECT * FROM tree
-- Literals that are wrong.
SELECT '{[1,2)'::int4multirange
SELECT '[2,1]'::int4range
SELECT tstzrange '[2024-13-01,)'
SELECT daterange '[a,b]'
SELECT '[2024-02-30,2024-03-01)'::daterange
SELECT '((1,2),3)'::box
SELECT '(1,2'::circle
SELECT '[1,2]'::lseg
SELECT '(a,b)'::point
SELECT '12:34:xx'::macaddr
SELECT '10.0.0.1/33'::cidr
SELECT '10.0.0.1/8'::cidr
SELECT '102'::bit(3)
SELECT '25:00'::time
SELECT '10:00 nowhere/else'::timetz
SELECT '2024-01-01 10:00+99'::timestamptz
SELECT '1 parsec'::interval
SELECT '$1x'::money
SELECT '{1,a}'::int[]
SELECT '{2024-01-01,x}'::date[]
SELECT '{"[1,2)","[2,1)"}'::int4range[]
SELECT '{1,2}}'::numeric[]
SELECT 'g0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid
SELECT '{"a":}'::jsonb
SELECT '{a:1}'::json
SELECT '99999999999'::int
SELECT '1e400'::float8
SELECT '-1'::oid
SELECT '(1,2'::tid
SELECT 'XYZ'::pg_lsn
SELECT 'maybe'::bool
SELECT id FROM accounts WHERE span = '[1,'
SELECT id FROM accounts WHERE place ~= '(1)'
SELECT id FROM accounts WHERE address = 'nowhere'
SELECT id FROM accounts WHERE flags = '2'
INSERT INTO accounts (email, span) VALUES ('a', '[5,1]')
INSERT INTO accounts (email, place) VALUES ('a', '(1')
UPDATE accounts SET codes = '{1,2' WHERE id = $1
SELECT 1 WHERE $1 = 'a'::int
SELECT coalesce($1, 'a'::int)
SELECT '1 day 25'::interval, '2024-06-31'::timestamp
SELECT 'nosuch'::regclass
SELECT 'nosuch'::regtype
SELECT nextval('nosuch')
SELECT '$.a['::jsonpath
SELECT jsonb_path_query(settings, '$.a[') FROM accounts
SELECT '<a>'::xml
SELECT B'102', X'1g'
SELECT '(1,2)'::record
