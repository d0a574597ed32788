date '2024-01-31' + 1, date '2024-03-01' - date '2024-02-01', date '2024-01-01' - 1, 1 + date '2024-01-01'
date '2024-01-31' + interval '1 month', date '2024-03-31' - interval '1 month', date '2024-01-01' + time '12:30'
timestamp '2024-01-31 10:00' + interval '1 mon 2 days 03:00', timestamp '2024-01-01' - timestamp '2023-12-25 12:00'
timestamptz '2024-01-01 00:00+00' + interval '1 day', timestamptz '2024-01-01 00:00+02' - timestamptz '2024-01-01 00:00+00'
time '10:00' + interval '15 hours', time '10:00' - interval '11 hours', time '10:00' - time '08:30'
interval '1 day' + interval '2 hours', interval '1 day' - interval '25 hours', interval '1 month' * 1.5, interval '1 day' / 3, - interval '1 day', 2 * interval '1 hour'
interval '1 day' / 0
interval '1 mon' = interval '30 days', interval '24 hours' = interval '1 day', interval '1 day' < interval '25 hours', interval '1 year' > interval '364 days'
date '2024-01-01' < date '2024-01-02', date '2024-01-01' = timestamp '2024-01-01', timestamp '2024-01-01' < date '2024-01-02', timestamp '2024-01-01' = timestamptz '2024-01-01 00:00+00'
date_trunc('month', timestamp '2024-05-17 13:14:15'), date_trunc('week', timestamp '2024-05-17'), date_trunc('quarter', date '2024-05-17'), date_trunc('hour', timestamp '2024-05-17 13:14:15.678')
date_trunc('decade', timestamp '2024-05-17'), date_trunc('century', timestamp '2024-05-17'), date_trunc('millennium', timestamp '2024-05-17'), date_trunc('millisecond', timestamp '2024-05-17 13:14:15.678901')
date_trunc('day', timestamptz '2024-05-17 13:14:15+00'), date_trunc('day', timestamptz '2024-05-17 13:14:15+00', 'America/New_York')
date_trunc('hour', interval '3 days 02:47:33'), date_trunc('month', interval '14 months 5 days')
date_trunc('foo', timestamp '2024-05-17')
date_trunc('dow', timestamp '2024-05-17')
extract(year from date '2024-05-17'), extract(month from date '2024-05-17'), extract(dow from date '2024-05-19'), extract(isodow from date '2024-05-19'), extract(doy from date '2024-05-17')
extract(week from date '2024-12-30'), extract(isoyear from date '2024-12-30'), extract(quarter from date '2024-05-17'), extract(century from date '2000-12-31'), extract(decade from date '2024-05-17'), extract(millennium from date '2001-01-01')
extract(epoch from date '2024-05-17'), extract(julian from date '2024-05-17')
extract(hour from date '2024-05-17')
extract(foo from date '2024-05-17')
extract(second from timestamp '2024-05-17 13:14:15.678'), extract(milliseconds from timestamp '2024-05-17 13:14:15.678'), extract(microseconds from timestamp '2024-05-17 13:14:15.678'), extract(minute from timestamp '2024-05-17 13:14:15'), extract(epoch from timestamp '2024-05-17 13:14:15.678')
extract(julian from timestamp '2024-05-17 12:00')
extract(hour from timestamptz '2024-05-17 13:14:15+02'), extract(timezone from timestamptz '2024-05-17 13:14:15+02'), extract(epoch from timestamptz '2024-05-17 13:14:15+02')
extract(hour from time '13:14:15'), extract(epoch from time '13:14:15.5'), extract(second from timetz '13:14:15+02'), extract(timezone_hour from timetz '13:14:15+02')
extract(day from interval '40 days 1 hour'), extract(hour from interval '40 days 25 hours'), extract(epoch from interval '1 year 2 months 3 days'), extract(year from interval '30 months'), extract(month from interval '30 months')
date_part('year', timestamp '2024-05-17'), date_part('second', timestamp '2024-05-17 13:14:15.678'), date_part('epoch', interval '1 day'), date_part('day', date '2024-05-17')
age(timestamp '2024-05-17', timestamp '2023-12-25'), age(timestamp '2024-03-01', timestamp '2024-01-31'), age(timestamp '2023-12-25', timestamp '2024-05-17')
make_date(2024, 5, 17), make_time(13, 14, 15.5), make_timestamp(2024, 5, 17, 13, 14, 15.5), make_interval(days => 10), make_interval(1, 2, 3, 4, 5, 6, 7.5)
make_date(2024, 13, 1)
make_date(2023, 2, 29)
make_timestamptz(2024, 5, 17, 13, 14, 15.5), make_timestamptz(2024, 5, 17, 13, 14, 15.5, 'Europe/Berlin')
to_timestamp(0), to_timestamp(1715951655.5), to_timestamp('Infinity')
justify_hours(interval '27 hours'), justify_days(interval '35 days'), justify_interval(interval '1 mon -1 hour')
timestamp '2024-05-17 12:00' AT TIME ZONE 'Europe/Berlin', timestamptz '2024-05-17 12:00+00' AT TIME ZONE 'Europe/Berlin', timestamptz '2024-01-17 12:00+00' AT TIME ZONE 'America/New_York', timestamp '2024-05-17 12:00' AT TIME ZONE interval '2 hours'
timestamp '2024-05-17 12:00' AT TIME ZONE 'Nowhere/Land'
timetz '12:00+00' AT TIME ZONE interval '-3 hours'
isfinite(date '2024-01-01'), isfinite(date 'infinity'), isfinite(timestamp '-infinity'), isfinite(interval '1 day')
(date '2024-01-01', date '2024-02-01') OVERLAPS (date '2024-01-15', date '2024-03-01'), (date '2024-01-01', interval '10 days') OVERLAPS (date '2024-01-15', interval '1 day')
(timestamp '2024-01-01', timestamp '2024-01-02') OVERLAPS (timestamp '2024-01-02', timestamp '2024-01-03'), (time '10:00', time '12:00') OVERLAPS (time '11:00', time '13:00')
date 'infinity' + 1, date 'infinity' > date '2024-01-01', timestamp 'infinity' + interval '1 day'
timestamp '2024-05-17 13:14:15'::date, timestamp '2024-05-17 13:14:15'::time, date '2024-05-17'::timestamp, timestamptz '2024-05-17 13:14:15+02'::date, timestamptz '2024-05-17 13:14:15+02'::timestamp
'2024-05-17'::text::date, '2024-05-17 13:14:15.123456'::timestamp(3), '13:14:15.5'::time(0), interval '1.5 hours'::text, date '2024-05-17'::text
'2024-02-30'::date
'abc'::date
date '5874897-12-31' + 1
date_bin('15 minutes', timestamp '2024-05-17 13:14:15', timestamp '2001-01-01'), date_bin('1 hour', timestamp '2000-05-17 13:14:15', timestamp '2001-01-01')
greatest(date '2024-01-01', date '2024-05-01'), least(interval '1 day', interval '2 hours'), greatest(interval '1 mon', interval '29 days')
sum(x), avg(x), min(x), max(x) FROM (VALUES (interval '1 day'), (interval '2 hours'), (NULL)) t(x)
SELECT x FROM (VALUES (interval '1 mon'), (interval '2 hours'), (interval '29 days')) t(x) ORDER BY x
SELECT * FROM generate_series(timestamp '2024-01-01', timestamp '2024-01-02', interval '6 hours') x
SELECT x::date FROM generate_series(date '2024-01-30', date '2024-02-02', interval '1 day') x
interval '1 year 2 mons', interval '-1 day +02:00', interval '1 2:03:04'::text, interval 'P1Y2M3DT4H5M6S', interval '1 day' * 0.5
timetz '12:00+02' < timetz '12:00+00', timetz '12:00:00+02', timetz '13:00+01' = timetz '12:00+00', time '24:00'
interval '2 days 3 hours'::interval hour, interval '1.123456789 seconds'::interval(2), interval '1 day'::time, time '10:00'::interval
