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
