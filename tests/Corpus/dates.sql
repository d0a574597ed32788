-- Input and output.
SELECT date '2024-02-29', time '12:34:56.789', timestamp '2024-02-29 12:34:56', timestamptz '2024-02-29 12:34:56+02', interval '1 day 2 hours', timetz '12:00+01';
SELECT '2024-1-5'::date, '20240105'::date, 'January 5, 2024'::date, '5 Jan 2024'::date, '1/5/2024'::date, '2024-005'::date, '2024-01-05T10:00'::timestamp, '2024-01-05 10:00:00.1234567'::timestamp;
SELECT 'infinity'::date, '-infinity'::timestamp, 'epoch'::timestamp, '44-03-15 BC'::date, '0001-01-01 BC'::date, '5874897-12-31'::date;
SELECT '12:00'::time, '12:00 PM'::time, '12:00 AM'::time, '3:5'::time, '040506'::time, '24:00'::time, '23:59:60'::time, 'allballs'::time;
SELECT timestamptz '2024-07-01 12:00 Europe/Berlin', timestamptz '2024-01-01 12:00 EST', timestamptz '2024-01-01 12:00:00Z', timestamptz '2024-01-01 00:00-08:30';
SELECT interval '1 year 2 months 3 days 4 hours 5 minutes 6.7 seconds', interval '-1 day', interval '1.5 days', interval '90 minutes', interval '1 week', interval 'P1Y2M3DT4H5M6S', interval '1-2', interval '3 4:05:06', interval '2 days ago';
SELECT interval '5' day, interval '1:30' hour to minute, interval '1.567' second(1), interval '3' month, interval '10' minute;
SELECT interval '1 2' day to hour;
SELECT interval '1 2:03' day to minute, interval '4:05' minute to second, interval '1-2' year to month, interval '1 02:03:04.5' day to second;
SELECT interval '2 days 3 hours' hour, interval '1 year 2 months 3 days' month, interval '1 day 2 hours' day;
SELECT d, tm, ts, tz, iv FROM samples ORDER BY id;
SELECT '2024-02-30'::date;
SELECT '2023-02-29'::date;
SELECT '2024-01-01 25:00'::timestamp;
SELECT 'not a date'::date;
SELECT '10:99'::time;
SELECT '300000-01-01'::timestamp;
SELECT '2024-01-01 nowhere/land'::timestamptz;
-- Arithmetic of dates.
SELECT date '2024-01-31' + 1, date '2024-03-01' - 1, date '2024-03-01' - date '2024-02-01', date '2024-01-31' + interval '1 month', date '2024-01-31' - interval '1 month', date '2024-01-01' + time '10:30', 1 + date '2024-01-01';
SELECT d + 1, d - 1, d - date '2024-01-01' FROM samples WHERE id IN (1, 2, 3, 4, 6) ORDER BY id;
SELECT d + 1 FROM samples WHERE id = 5;
SELECT date 'infinity' - date '2024-01-01';
SELECT hired, hired + 90, hired + interval '6 months', date '2024-01-01' - hired FROM doctors ORDER BY id;
SELECT date '2024-01-01' - 800000000;
SELECT (date '2024-01-01', date '2024-02-01') OVERLAPS (date '2024-01-15', date '2024-03-01'), (date '2024-01-01', interval '10 days') OVERLAPS (date '2024-01-11', date '2024-03-01');
-- Arithmetic of timestamps.
SELECT timestamp '2024-01-31 10:00' + interval '1 month', timestamp '2024-03-31 10:00' - interval '1 month', timestamp '2024-03-01' - timestamp '2024-02-01 12:00', timestamp '2024-01-01' + interval '1 day 02:03:04.5', timestamp '2024-01-01' - interval '1 microsecond';
SELECT timestamptz '2024-03-31 00:30+00' + interval '1 hour', timestamptz '2024-01-01 00:00+00' - timestamptz '2023-12-31 00:00+02', timestamp '2024-01-01' - timestamptz '2024-01-01 00:00+01';
SELECT ts + interval '1 year', ts - interval '1 day', ts - timestamp '2000-01-01' FROM samples WHERE id IN (1, 2, 3, 4, 6) ORDER BY id;
SELECT discharged - admitted AS stay FROM visits WHERE id < 12 ORDER BY id;
SELECT avg(discharged - admitted) AS stay, max(discharged - admitted), min(discharged - admitted), sum(discharged - admitted) FROM visits;
SELECT extract(epoch FROM discharged - admitted) / 3600 AS hours FROM visits WHERE id < 8 ORDER BY id;
SELECT admitted + interval '1 day' * 7 AS due, admitted + 2 * interval '12 hours' AS next FROM visits WHERE id < 4 ORDER BY id;
SELECT time '10:00' + interval '25 hours', time '10:00' - interval '30 minutes', time '10:00' - time '08:30', time '23:00' + interval '2 hours', date '2024-01-01' + time '23:00' + interval '2 hours';
SELECT timestamp '294276-12-31' + interval '1 year';
-- Intervals.
SELECT interval '1 day' + interval '2 hours', interval '1 month' - interval '1 day', interval '1 day' * 2.5, interval '1 hour' / 3, -interval '1 day', interval '1 month' * 0.5, 1.5 * interval '1 day', interval '7 days' / 2;
SELECT interval '1 day' = interval '24 hours', interval '1 month' = interval '30 days', interval '1 year' > interval '364 days', interval '1 day' < interval '25 hours', interval '0' = interval '0 days';
SELECT justify_days(interval '35 days'), justify_hours(interval '27 hours'), justify_interval(interval '1 month -1 hour'), justify_days(interval '-35 days');
SELECT make_interval(1, 2, 3, 4, 5, 6, 7.5), make_interval(days => 10), make_interval(hours => 2, mins => 30), make_interval();
SELECT iv, iv * 2, iv + interval '1 day', -iv, iv > interval '1 day' FROM samples ORDER BY id;
SELECT interval '1 day' / 0;
SELECT extract(epoch FROM interval '1 month'), extract(epoch FROM interval '1 year'), extract(day FROM interval '40 days 5 hours'), extract(hour FROM interval '30 hours'), extract(month FROM interval '14 months'), extract(year FROM interval '14 months');
SELECT interval '1 day'::text, '1 day'::interval::time, interval '26 hours'::time, time '10:00'::interval;
-- extract and date_part.
SELECT extract(year FROM timestamp '2024-02-29 12:34:56.789'), extract(month FROM date '2024-02-29'), extract(day FROM date '2024-02-29'), extract(hour FROM timestamp '2024-02-29 12:34:56'), extract(minute FROM time '12:34:56'), extract(second FROM timestamp '2024-02-29 12:34:56.789');
SELECT extract(dow FROM date '2024-03-03'), extract(isodow FROM date '2024-03-03'), extract(doy FROM date '2024-12-31'), extract(week FROM date '2024-12-30'), extract(isoyear FROM date '2024-12-30'), extract(quarter FROM date '2024-05-01');
SELECT extract(century FROM date '2000-12-31'), extract(century FROM date '2001-01-01'), extract(decade FROM date '1995-05-05'), extract(millennium FROM date '2001-01-01'), extract(julian FROM date '2024-01-01');
SELECT extract(milliseconds FROM time '12:34:56.789'), extract(microseconds FROM time '12:34:56.789'), extract(epoch FROM timestamp '2024-01-01'), extract(epoch FROM timestamptz '2024-01-01 00:00+00'), extract(epoch FROM date '2024-01-01'), extract(timezone FROM timestamptz '2024-01-01 00:00+00');
SELECT date_part('year', date '2024-02-29'), date_part('epoch', timestamp '2024-01-01 00:00:00.5'), date_part('dow', timestamp '2024-03-02'), date_part('hour', interval '5 hours'), date_part('second', time '10:00:07.25');
SELECT extract(year FROM d), extract(month FROM d) FROM samples WHERE id <> 5 ORDER BY id;
SELECT extract(year FROM ts), extract(hour FROM ts), extract(epoch FROM ts) FROM samples ORDER BY id;
SELECT extract(day FROM d) FROM samples WHERE id = 5;
SELECT extract(hour FROM date '2024-01-01');
SELECT extract(fortnight FROM date '2024-01-01');
SELECT extract(year FROM time '10:00');
SELECT date_part('nope', timestamp '2024-01-01');
SELECT extract(dow FROM admitted) AS d, count(*) FROM visits GROUP BY 1 ORDER BY 1;
SELECT extract(hour FROM admitted) AS h, count(*) FROM visits GROUP BY h ORDER BY h;
-- date_trunc and date_bin.
SELECT date_trunc('year', timestamp '2024-05-17 12:34:56.789'), date_trunc('quarter', timestamp '2024-05-17 12:34:56'), date_trunc('month', timestamp '2024-05-17 12:34'), date_trunc('week', timestamp '2024-05-17 12:34'), date_trunc('day', timestamp '2024-05-17 12:34'), date_trunc('hour', timestamp '2024-05-17 12:34'), date_trunc('minute', timestamp '2024-05-17 12:34:56'), date_trunc('second', timestamp '2024-05-17 12:34:56.789');
SELECT date_trunc('decade', timestamp '2024-05-17'), date_trunc('century', timestamp '2024-05-17'), date_trunc('millennium', timestamp '2024-05-17'), date_trunc('milliseconds', timestamp '2024-05-17 12:34:56.789123'), date_trunc('week', timestamp '2024-01-01'), date_trunc('week', date '2023-01-01');
SELECT date_trunc('month', date '2024-05-17'), pg_typeof(date_trunc('month', date '2024-05-17')), date_trunc('day', timestamptz '2024-05-17 23:30+00'), date_trunc('day', timestamptz '2024-05-17 23:30+00', 'Europe/Berlin'), date_trunc('hour', interval '2 days 3 hours 40 minutes');
SELECT date_trunc('month', admitted) AS m, count(*) FROM visits GROUP BY m ORDER BY m;
SELECT date_trunc('week', admitted)::date AS w, count(*) FROM visits WHERE id < 40 GROUP BY 1 ORDER BY 1;
SELECT date_trunc('eon', timestamp '2024-01-01');
SELECT date_trunc('month', ts) FROM samples ORDER BY id;
SELECT date_bin('15 minutes', timestamp '2024-01-01 10:37:12', timestamp '2024-01-01'), date_bin('1 day', timestamp '2024-01-01 10:37', timestamp '2001-01-01 06:00');
SELECT date_bin('7 days', admitted, timestamp '2023-01-02') AS b, count(*) FROM visits WHERE id < 60 GROUP BY b ORDER BY b;
SELECT date_bin('1 month', timestamp '2024-01-01', timestamp '2024-01-01');
-- Making and testing.
SELECT make_date(2024, 2, 29), make_time(12, 34, 56.789), make_timestamp(2024, 2, 29, 12, 34, 56.789), make_timestamptz(2024, 2, 29, 12, 0, 0, 'UTC'), make_date(-44, 3, 15);
SELECT make_date(2023, 2, 29);
SELECT make_time(25, 0, 0);
SELECT make_timestamp(2024, 13, 1, 0, 0, 0);
SELECT isfinite(date 'infinity'), isfinite(date '2024-01-01'), isfinite(timestamp '-infinity'), isfinite(interval '1 day');
SELECT to_timestamp(0), to_timestamp(1704067200.5), to_timestamp(-1), pg_typeof(to_timestamp(0));
SELECT to_date('2024-02-29', 'YYYY-MM-DD'), to_date('29/02/24', 'DD/MM/YY'), to_date('March 5, 2024', 'Month DD, YYYY'), to_date('2024060', 'YYYYDDD'), to_timestamp('2024-01-05 14:30:15', 'YYYY-MM-DD HH24:MI:SS'), to_timestamp('05 Jan 2024 02:30 PM', 'DD Mon YYYY HH12:MI PM');
SELECT to_date('2024-13-01', 'YYYY-MM-DD');
SELECT to_date('abc', 'YYYY');
SELECT age(timestamp '2024-03-01', timestamp '2023-01-15'), age(date '2024-02-29', date '2023-02-28'), age(timestamp '2024-01-01', timestamp '2024-01-31 12:00'), age(timestamp '2024-05-31', timestamp '2024-02-29');
SELECT age(date '2024-06-15', birth) FROM patients WHERE id < 15 ORDER BY id;
SELECT extract(year FROM age(date '2024-06-15', birth)) AS years, count(*) FROM patients GROUP BY 1 ORDER BY 1 LIMIT 12;
-- to_char.
SELECT to_char(timestamp '2024-02-09 14:05:06.789', 'YYYY-MM-DD HH24:MI:SS.MS'), to_char(timestamp '2024-02-09 14:05:06', 'DD Mon YYYY, HH12:MI AM'), to_char(timestamp '2024-02-09', 'Day, DD Month YYYY'), to_char(timestamp '2024-02-09', 'FMDay, FMDD FMMonth YYYY');
SELECT to_char(date '2024-02-09', 'YYYYMMDD'), to_char(date '2024-02-09', 'IYYY-"W"IW-ID'), to_char(date '2024-02-09', 'Q'), to_char(date '2024-02-09', 'DDD'), to_char(date '2024-02-09', 'DY dy Dy'), to_char(date '2024-02-09', 'MON mon Mon'), to_char(date '2024-02-09', 'YY Y CC J'), to_char(date '2024-02-09', 'WW W D');
SELECT to_char(timestamp '2024-02-09 00:05', 'HH12:MI am'), to_char(timestamp '2024-02-09 12:05', 'HH:MI PM'), to_char(timestamp '2024-02-01', 'DDth'), to_char(timestamp '2024-02-03', 'FMDDth "of" FMMonth'), to_char(timestamp '2024-02-09 14:05:06.5', 'SS.US SSSS'), to_char(timestamp '2024-02-09', 'RM');
SELECT to_char(timestamptz '2024-02-09 14:05+00', 'YYYY-MM-DD"T"HH24:MI:SSOF TZ'), to_char(interval '27 hours 5 minutes', 'HH24:MI:SS'), to_char(interval '1 day 2 hours', 'DD HH24'), to_char(interval '-3 hours', 'HH24:MI');
SELECT to_char(admitted, 'YYYY-MM') AS m, count(*) FROM visits GROUP BY 1 ORDER BY 1;
SELECT to_char(admitted, 'Dy HH24:00') AS slot, count(*) FROM visits GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10;
SELECT to_char(ts, 'YYYY-MM-DD HH24:MI:SS.US') FROM samples ORDER BY id;
SELECT to_char(d, 'DD.MM.YYYY') FROM samples ORDER BY id;
-- AT TIME ZONE.
SELECT timestamp '2024-07-01 12:00' AT TIME ZONE 'Europe/Berlin', timestamptz '2024-07-01 12:00+00' AT TIME ZONE 'Europe/Berlin', timestamptz '2024-01-01 12:00+00' AT TIME ZONE 'America/New_York', timestamp '2024-01-01 12:00' AT TIME ZONE 'UTC';
SELECT timestamptz '2024-07-01 12:00+00' AT TIME ZONE '+02', timestamptz '2024-07-01 12:00+00' AT TIME ZONE interval '-03:00', timestamptz '2024-03-10 12:00+00' AT TIME ZONE 'EST', timestamptz '2024-07-01 12:00+00' AT TIME ZONE 'PST8PDT';
SELECT timestamp '2024-03-31 02:30' AT TIME ZONE 'Europe/Berlin', timestamp '2024-10-27 02:30' AT TIME ZONE 'Europe/Berlin';
SELECT timestamptz '2024-07-01 12:00+00' AT TIME ZONE 'Nowhere/City';
SELECT at, at AT TIME ZONE 'Asia/Tokyo' AS tokyo, (at AT TIME ZONE 'Asia/Tokyo')::date AS day FROM readings WHERE id < 8 ORDER BY id;
SELECT (at AT TIME ZONE 'America/New_York')::date AS day, count(*) FROM readings WHERE id < 60 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 8;
SELECT tz, tz AT TIME ZONE 'UTC', tz::timestamp, tz::date FROM samples ORDER BY id;
SELECT timezone('Europe/Paris', timestamp '2024-07-01 12:00'), timezone('UTC', timestamptz '2024-07-01 12:00+05');
-- Casts.
SELECT timestamp '2024-02-29 23:59'::date, date '2024-02-29'::timestamp, timestamp '2024-02-29 12:00'::time, timestamptz '2024-02-29 12:00+00'::timestamp, date '2024-02-29'::text, timestamp '2024-02-29 12:00'::timestamptz, timestamp '2024-02-29 12:00:00.5'::text;
SELECT timestamp(0) '2024-01-01 12:34:56.5', timestamp '2024-01-01 12:34:56.789'::timestamp(1), time(0) '12:34:56.789', timestamptz(2) '2024-01-01 00:00:00.129+00', interval(0) '1.6 seconds';
SELECT '2024-01-01'::timestamp = '2024-01-01'::date, '2024-01-01'::text::date, cast('2024-01-01' AS timestamp) + interval '1 day';
SELECT date '2024-01-01'::int;
SELECT 20240101::date;
SELECT admitted::date AS day, count(*) FROM visits GROUP BY day HAVING count(*) > 1 ORDER BY day;
SELECT count(*) FROM visits WHERE admitted::time < '06:00';
-- Series of dates.
SELECT * FROM generate_series(timestamp '2024-01-30', timestamp '2024-02-02', interval '1 day') g;
SELECT g::date FROM generate_series(date '2024-01-31', date '2024-05-31', interval '1 month') g;
SELECT generate_series(timestamp '2024-01-01 00:00', '2024-01-01 12:00', '5 hours');
SELECT * FROM generate_series(timestamptz '2024-01-01 00:00+00', '2024-01-03 00:00+00', '1 day') AS t (at) ORDER BY at DESC;
SELECT m::date, count(v.id) FROM generate_series(timestamp '2023-10-01', '2024-03-01', '1 month') m LEFT JOIN visits v ON date_trunc('month', v.admitted) = m GROUP BY m ORDER BY m;
SELECT d::date AS day, coalesce(sum(v.cost), 0) AS cost FROM generate_series(date '2023-12-01', date '2023-12-10', '1 day') d LEFT JOIN visits v ON v.admitted >= d AND v.admitted < d + interval '1 day' GROUP BY d ORDER BY d;
SELECT * FROM generate_series(timestamp '2024-01-01', '2024-01-02', interval '0');
-- Now, by comparison.
SELECT now() = current_timestamp, now()::date = current_date, current_timestamp::time(0) IS NOT NULL, localtimestamp = now()::timestamp, clock_timestamp() >= now(), statement_timestamp() >= transaction_timestamp(), now() - interval '1 day' < now();
SELECT current_date - 1 < current_date, 'today'::date = current_date, 'tomorrow'::date - 'yesterday'::date, 'now'::timestamptz <= clock_timestamp();
SELECT pg_typeof(now()), pg_typeof(current_date), pg_typeof(current_time), pg_typeof(localtime), pg_typeof(localtimestamp), pg_typeof(current_timestamp);
SELECT count(*) FROM visits WHERE admitted < now() - interval '12 months' AND admitted > date '2023-01-01';
SELECT age(now()::date) = interval '0', current_date::timestamp = date_trunc('day', localtimestamp);
