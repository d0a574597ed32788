# The fifteen questions of a healthcare dashboard, asked of the sample database
protocol: simple
protocol: extended
protocol: extended binary

-- 1. Admissions per month, and the change from the month before
WITH months AS (SELECT date_trunc('month', admitted_at) AS month, count(*) AS admissions FROM patients GROUP BY 1)
SELECT to_char(month, 'YYYY-MM') AS month, admissions, admissions - lag(admissions) OVER (ORDER BY month) AS change, round(100.0 * admissions / sum(admissions) OVER (), 2) AS share FROM months ORDER BY 1

-- 2. Length of stay by city: mean, median, ninth decile, longest
SELECT city, count(*) AS stays, round(avg(extract(epoch FROM discharged_at - admitted_at) / 86400), 2) AS mean_days,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM discharged_at - admitted_at) / 86400) AS median_days,
    percentile_disc(0.9) WITHIN GROUP (ORDER BY discharged_at - admitted_at) AS p90, max(discharged_at - admitted_at) AS longest,
    percentile_cont(ARRAY[0.25, 0.75]) WITHIN GROUP (ORDER BY extract(epoch FROM discharged_at - admitted_at) / 3600.0) AS quartiles
FROM patients WHERE discharged_at IS NOT NULL GROUP BY city ORDER BY median_days DESC, city

-- 3. Tests repeated within thirty days, by patient and in all
WITH repeated AS (SELECT patient_id, test, collected_at, lag(collected_at) OVER (PARTITION BY patient_id ORDER BY collected_at, id) AS before FROM lab_results)
SELECT count(*) FILTER (WHERE collected_at - before <= interval '30 days') AS within_30_days, count(before) AS returns, count(*) AS results,
    round(count(*) FILTER (WHERE collected_at - before <= interval '30 days') * 100.0 / nullif(count(before), 0), 1) AS percent, avg(collected_at - before) AS mean_gap, min(collected_at - before) AS shortest FROM repeated

-- 4. Bed occupancy by day in March 2025
SELECT day::date AS day, count(p.id) AS occupied, count(p.id) FILTER (WHERE p.admitted_at >= day) AS came, count(p.id) FILTER (WHERE p.discharged_at < day + interval '1 day') AS left_
FROM generate_series(timestamptz '2025-03-01', timestamptz '2025-03-31', interval '1 day') AS day LEFT JOIN patients p ON p.admitted_at < day + interval '1 day' AND (p.discharged_at IS NULL OR p.discharged_at >= day) GROUP BY day ORDER BY day

-- 5. The tests that are abnormal most often
SELECT test, count(*) AS results, sum(abnormal::int) AS abnormal, round(avg(CASE WHEN abnormal THEN 100.0 ELSE 0 END), 2) AS percent, rank() OVER (ORDER BY avg(CASE WHEN abnormal THEN 100.0 ELSE 0 END) DESC) AS rank FROM lab_results GROUP BY test HAVING count(*) > 10 ORDER BY rank, test

-- 6. Values out of range, and how far
SELECT p.mrn, p.last_name || ', ' || p.first_name AS patient, r.test, r.result, r.unit, CASE WHEN r.result < r.reference_low THEN 'low' WHEN r.result > r.reference_high THEN 'high' END AS flag,
    round(CASE WHEN r.result < r.reference_low THEN (r.reference_low - r.result) / r.reference_low ELSE (r.result - r.reference_high) / r.reference_high END * 100, 1) AS percent_off
FROM lab_results r JOIN patients p ON p.id = r.patient_id WHERE r.result NOT BETWEEN r.reference_low AND r.reference_high ORDER BY percent_off DESC, r.id LIMIT 25

-- 7. What was measured, per patient: lists and documents
SELECT p.mrn, count(DISTINCT r.test) AS kinds, string_agg(DISTINCT r.test, ', ' ORDER BY r.test) AS tests, array_agg(r.result ORDER BY r.collected_at, r.id) AS results, jsonb_object_agg(r.test, r.result ORDER BY r.collected_at, r.id) AS latest
FROM patients p JOIN lab_results r ON r.patient_id = p.id GROUP BY p.id HAVING count(DISTINCT r.test) >= 3 ORDER BY kinds DESC, p.mrn LIMIT 20

-- 8. The age pyramid on the first of January 2026
SELECT width_bucket(extract(year FROM age(date '2026-01-01', birth_date)), 0, 100, 10) * 10 - 10 AS age_from, -count(*) FILTER (WHERE gender = 'M') AS men, count(*) FILTER (WHERE gender = 'F') AS women, repeat('#', (count(*) / 3)::int) AS bar FROM patients GROUP BY 1 ORDER BY 1 DESC

-- 9. How long a patient waited for the first result after admission
SELECT p.status, count(*) AS patients, count(first.at) AS with_result, justify_hours(avg(first.at - p.admitted_at)) AS mean_wait, min(first.at - p.admitted_at) AS shortest, round(stddev(extract(epoch FROM first.at - p.admitted_at) / 3600)::numeric, 2) AS sd_hours
FROM patients p LEFT JOIN LATERAL (SELECT min(r.collected_at) AS at FROM lab_results r WHERE r.patient_id = p.id AND r.collected_at >= p.admitted_at) AS first ON true GROUP BY p.status ORDER BY p.status

-- 10. Results per week with moving averages and a running total
WITH weeks AS (SELECT date_trunc('week', collected_at)::date AS week, count(*) AS n, avg(result) FILTER (WHERE test = 'Glucose') AS glucose FROM lab_results GROUP BY 1)
SELECT week, n, round(avg(n) OVER (ORDER BY week ROWS BETWEEN 3 PRECEDING AND CURRENT ROW), 2) AS moving, sum(n) OVER (ORDER BY week) AS total, round(avg(glucose) OVER (ORDER BY week ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING), 2) AS glucose, first_value(n) OVER w AS first, ntile(4) OVER (ORDER BY n DESC, week) AS quarter FROM weeks WINDOW w AS (ORDER BY week) ORDER BY week

-- 11. A pivot: results by quarter and test
SELECT test, count(*) FILTER (WHERE extract(quarter FROM collected_at) = 1) AS q1, count(*) FILTER (WHERE extract(quarter FROM collected_at) = 2) AS q2, count(*) FILTER (WHERE extract(quarter FROM collected_at) = 3) AS q3, count(*) FILTER (WHERE extract(quarter FROM collected_at) = 4) AS q4, count(*) AS year, round(avg(result) FILTER (WHERE critical), 2) AS critical_mean FROM lab_results GROUP BY test ORDER BY test

-- 12. Cohorts: of those admitted in a quarter, how many had results in the quarters after
WITH cohorts AS (SELECT id, date_trunc('quarter', admitted_at) AS cohort FROM patients),
    seen AS (SELECT DISTINCT c.cohort, c.id, (extract(year FROM r.collected_at) - extract(year FROM c.cohort)) * 4 + extract(quarter FROM r.collected_at) - extract(quarter FROM c.cohort) AS after FROM cohorts c JOIN lab_results r ON r.patient_id = c.id AND r.collected_at >= c.cohort)
SELECT c.cohort::date AS cohort, count(DISTINCT c.id) AS patients, count(DISTINCT s.id) FILTER (WHERE s.after = 0) AS q0, count(DISTINCT s.id) FILTER (WHERE s.after = 1) AS q1, count(DISTINCT s.id) FILTER (WHERE s.after = 2) AS q2, count(DISTINCT s.id) FILTER (WHERE s.after >= 3) AS later FROM cohorts c LEFT JOIN seen s ON s.id = c.id GROUP BY c.cohort ORDER BY c.cohort

-- 13. When patients come: weekday and part of the day, in Zürich
SELECT to_char(admitted_at AT TIME ZONE 'Europe/Zurich', 'FMDay') AS weekday, CASE WHEN extract(hour FROM admitted_at AT TIME ZONE 'Europe/Zurich') < 6 THEN 'night' WHEN extract(hour FROM admitted_at AT TIME ZONE 'Europe/Zurich') < 12 THEN 'morning' WHEN extract(hour FROM admitted_at AT TIME ZONE 'Europe/Zurich') < 18 THEN 'afternoon' ELSE 'evening' END AS part, count(*) AS admissions
FROM patients GROUP BY extract(isodow FROM admitted_at AT TIME ZONE 'Europe/Zurich'), 1, 2 ORDER BY extract(isodow FROM admitted_at AT TIME ZONE 'Europe/Zurich'), 2

-- 14. What is owed, by insurance and city, with subtotals
SELECT insured, city, count(*) AS patients, sum(balance) AS owed, round(avg(balance), 2) AS mean, max(balance) - min(balance) AS spread FROM patients WHERE status <> 'outpatient' GROUP BY ROLLUP (insured, city) ORDER BY insured NULLS LAST, city NULLS LAST

-- 15. The three patients of each city with the most critical results, and their last one
SELECT * FROM (SELECT p.city, p.mrn, count(*) FILTER (WHERE r.critical) AS critical, count(*) AS results, (array_agg(r.test || ' ' || r.result || ' ' || r.unit ORDER BY r.collected_at DESC, r.id))[1] AS last, row_number() OVER (PARTITION BY p.city ORDER BY count(*) FILTER (WHERE r.critical) DESC, count(*) DESC, p.mrn) AS place FROM patients p JOIN lab_results r ON r.patient_id = p.id GROUP BY p.id) AS ranked WHERE place <= 3 ORDER BY city, place

-- The same by parameters, as a dashboard's variables are: admissions of a period by city
--! bind timestamptz = 2025-01-01 00:00:00+00
--! bind timestamptz = 2025-07-01 00:00:00+00
--! bind text[] = {Lisbon,Oslo}
SELECT city, date_trunc('month', admitted_at) AS month, count(*) FROM patients WHERE admitted_at >= $1 AND admitted_at < $2 AND city = ANY ($3) GROUP BY 1, 2 ORDER BY 1, 2
