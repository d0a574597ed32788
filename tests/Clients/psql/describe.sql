CREATE SCHEMA clinic;
COMMENT ON SCHEMA clinic IS 'second schema';
CREATE TABLE wards (id serial PRIMARY KEY, name varchar(40) NOT NULL UNIQUE, beds smallint DEFAULT 10 CHECK (beds > 0), opened date DEFAULT CURRENT_DATE, note text DEFAULT 'none');
CREATE TABLE patients (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code char(8) NOT NULL,
    name text NOT NULL,
    weight numeric(6,2) CHECK (weight > 0 AND weight < 700),
    height double precision,
    born date,
    sex varchar(1) DEFAULT 'u' CHECK (sex IN ('m', 'f', 'u')),
    active boolean NOT NULL DEFAULT true,
    ward_id integer REFERENCES wards (id) ON DELETE SET NULL,
    created timestamptz DEFAULT now(),
    seen timestamp(3) DEFAULT CURRENT_TIMESTAMP,
    tags text[] DEFAULT '{}',
    extra jsonb DEFAULT '{}'::jsonb,
    total numeric GENERATED ALWAYS AS (weight * 2) STORED,
    token uuid DEFAULT gen_random_uuid(),
    wait interval DEFAULT '1 day',
    CONSTRAINT patients_code_key UNIQUE (code),
    CONSTRAINT sane CHECK (born IS NULL OR born > DATE '1880-01-01')
);
COMMENT ON TABLE patients IS 'people';
COMMENT ON COLUMN patients.name IS 'family name first';
CREATE INDEX patients_name_idx ON patients (name);
CREATE INDEX patients_lower_idx ON patients (lower(name), born DESC);
CREATE UNIQUE INDEX patients_active_idx ON patients (code) WHERE active AND weight > 10;
CREATE INDEX patients_expr_idx ON patients ((weight * 2), (name || 'x'));
CREATE TABLE clinic.visits (
    patient_id bigint NOT NULL REFERENCES patients ON DELETE CASCADE ON UPDATE CASCADE,
    visit_no integer NOT NULL,
    day date NOT NULL,
    "Odd Name" text,
    PRIMARY KEY (patient_id, visit_no)
);
CREATE VIEW ward_load AS SELECT w.id, w.name, count(p.id) AS patients FROM wards w LEFT JOIN patients p ON p.ward_id = w.id WHERE w.beds > 5 GROUP BY w.id, w.name ORDER BY w.name;
CREATE VIEW heavy AS SELECT id, name, weight FROM patients WHERE weight > 100 AND active;
COMMENT ON VIEW heavy IS 'over a hundred';
CREATE SEQUENCE tickets START 100 INCREMENT 5 MAXVALUE 10000 CYCLE;
CREATE TABLE m (id int PRIMARY KEY, a int DEFAULT -5, b bigint DEFAULT 3000000000, c numeric DEFAULT -1.50, d text DEFAULT 'it''s', e varchar(10) DEFAULT 'abc', f char(3) DEFAULT 'x', g boolean DEFAULT false, h timestamp DEFAULT '2020-01-01 10:00', i date DEFAULT '2020-1-2', j time DEFAULT '10:00', k real DEFAULT 1.5, l float8 DEFAULT 1e10, m2 int[] DEFAULT '{1,2}', n int[] DEFAULT ARRAY[1,2], o uuid DEFAULT '00000000-0000-0000-0000-000000000001', p interval DEFAULT interval '2 hours', q text DEFAULT lower('ABC') || 'x', r int DEFAULT (1 + 2) * 3, s smallint DEFAULT '7', t timestamptz DEFAULT now() + interval '1 day', u text DEFAULT NULL, v text DEFAULT upper(substring('abc', 1, 2)), w jsonb DEFAULT '{"a":1}', x bytea DEFAULT '\x01', y text DEFAULT current_user, z double precision DEFAULT random());
ALTER TABLE m ADD CONSTRAINT c1 CHECK (a IN (1, 2, 3));
ALTER TABLE m ADD CONSTRAINT c2 CHECK (d LIKE 'x%' OR d NOT LIKE '%y');
ALTER TABLE m ADD CONSTRAINT c3 CHECK (a BETWEEN 1 AND 10 AND NOT g);
ALTER TABLE m ADD CONSTRAINT c4 CHECK (a + b * 2 - 3 > 0 AND (a - (b - 1)) <> 4);
ALTER TABLE m ADD CONSTRAINT c5 CHECK (length(d) > 3 AND char_length(e) <= 5);
ALTER TABLE m ADD CONSTRAINT c6 CHECK (e = 'abc' OR f = 'x' OR f IN ('a', 'b'));
ALTER TABLE m ADD CONSTRAINT c7 CHECK (CASE WHEN a > 1 THEN true ELSE false END);
ALTER TABLE m ADD CONSTRAINT c8 CHECK (coalesce(a, 0) >= 0 AND g IS TRUE);
ALTER TABLE m ADD CONSTRAINT c9 CHECK (a IS DISTINCT FROM 5 AND d ~ '^[a-z]+$' AND d NOT IN ('p', 'q'));
ALTER TABLE m ADD CONSTRAINT c10 CHECK (extract(year from i) > 2000 AND a::text <> '5' AND abs(a) < 100 AND d ILIKE 'a%');
ALTER TABLE m ADD CONSTRAINT c11 CHECK (a > -5 AND c > -1.5 AND l > 1 AND k > 0.5 AND b > 1);
ALTER TABLE m ADD CONSTRAINT c12 CHECK (a = ANY (ARRAY[1, 2]) AND (m2)[1] > 0 AND i >= CURRENT_DATE);
ALTER TABLE m ADD CONSTRAINT c13 CHECK (e NOT IN ('a', 'b') AND greatest(a, 2) > 1 AND nullif(a, 0) IS NOT NULL);
CREATE VIEW v1 AS SELECT a, count(*), sum(b) AS total, avg(c)::numeric(10,2) AS mean, max(d) FROM m WHERE a > 1 AND d LIKE 'x%' GROUP BY a HAVING count(*) > 1 ORDER BY count(*) DESC, a LIMIT 10 OFFSET 2;
CREATE VIEW v2 AS SELECT DISTINCT m.a, CASE WHEN m.a > 1 THEN 'big' WHEN m.a = 0 THEN 'zero' ELSE 'small' END AS size, m.d || '!' AS shout FROM m;
CREATE VIEW v3 AS SELECT a FROM m UNION ALL SELECT id FROM m WHERE g UNION SELECT 1;
CREATE VIEW v4 AS WITH x AS (SELECT a, b FROM m) SELECT x.a, y.b FROM x JOIN (SELECT id, b FROM m WHERE b > 5) y ON y.id = x.a;
CREATE VIEW v5 AS SELECT a, (SELECT count(*) FROM m n WHERE n.a = m.a) AS n FROM m WHERE EXISTS (SELECT 1 FROM m o WHERE o.id = m.a) AND a IN (SELECT id FROM m) AND NOT g;
CREATE VIEW v6 AS SELECT a, row_number() OVER (PARTITION BY d ORDER BY b DESC) AS rn, sum(b) OVER w AS s FROM m WINDOW w AS (ORDER BY a);
CREATE VIEW v7 AS SELECT * FROM m CROSS JOIN (VALUES (1, 'a'), (2, 'b')) AS t(num, word);
CREATE VIEW v8 AS SELECT m.id, x.id AS other FROM m, m x WHERE m.id = x.a ORDER BY 1, x.id DESC NULLS LAST;
CREATE VIEW v9 AS SELECT id, date_trunc('month', t) AS month, extract(year FROM t) AS year, t AT TIME ZONE 'UTC' AS utc, to_char(t, 'YYYY') AS y, now() - t AS age, i + 1 AS next FROM m;
CREATE VIEW v10 (one, two) AS SELECT a, b FROM m;
CREATE VIEW v11 AS SELECT g.n FROM generate_series(1, 5) AS g(n);
CREATE VIEW v12 AS SELECT l.id FROM m l LEFT JOIN m r USING (id) WHERE r.d IS NULL;
CREATE VIEW v13 AS SELECT string_agg(d, ', ' ORDER BY d) AS names, count(DISTINCT a) AS n, count(*) FILTER (WHERE g) AS f, array_agg(a) AS arr FROM m;
CREATE VIEW v14 AS SELECT coalesce(e, 'none') AS e, e || 'x' AS ex, upper(e) AS up, e = 'q' AS eq, f || 'y' AS fy, trim(d) AS t, substring(d from 1 for 2) AS s, position('a' in d) AS p FROM m;
CREATE INDEX m1 ON m (lower(d), (a + 1), c DESC);
CREATE INDEX m2x ON m (e) WHERE e IS NOT NULL AND d <> '';
CREATE UNIQUE INDEX m3 ON m ((upper(e)));
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
COMMENT ON TYPE mood IS 'how they feel';
CREATE DOMAIN weekday AS smallint CHECK (VALUE BETWEEN 1 AND 7);
CREATE VIEW narrow AS SELECT id, beds BETWEEN 1 AND 7 AS few, beds IN (1, 2) AS tiny, beds IN (3) AS three, opened BETWEEN '2020-01-01'::timestamp AND now() AS recent FROM wards;
CREATE TABLE feelings (id int PRIMARY KEY, gone text, how mood NOT NULL DEFAULT 'ok', day weekday, others mood[]);
ALTER TABLE feelings DROP COLUMN gone;
