-- Cross and comma joins.
SELECT l.id, r.id FROM l, r ORDER BY 1, 2;
SELECT l.id, r.id FROM l CROSS JOIN r WHERE l.k = r.k ORDER BY 1, 2;
SELECT count(*) FROM l, r, s;
SELECT l.id, s.z FROM l, s WHERE l.k = s.k ORDER BY 1;
SELECT a.id, b.id FROM l a, l b WHERE a.k = b.k AND a.id < b.id;
-- Inner joins.
SELECT l.id, r.id FROM l JOIN r ON l.k = r.k ORDER BY 1, 2;
SELECT l.id, r.id FROM l INNER JOIN r ON l.k = r.k AND r.id > 2 ORDER BY 1, 2;
SELECT l.id, r.id FROM l JOIN r ON l.k < r.k ORDER BY 1, 2;
SELECT l.id, r.id FROM l JOIN r ON true WHERE l.id = r.id ORDER BY 1;
SELECT l.id, r.id FROM l JOIN r ON l.k IS NOT DISTINCT FROM r.k ORDER BY 1, 2;
SELECT * FROM l JOIN r ON l.id = r.id ORDER BY l.id;
SELECT l.*, r.y FROM l JOIN r ON l.id = r.id ORDER BY l.id;
SELECT l.x, r.y, s.z FROM l JOIN r ON r.k = l.k JOIN s ON s.k = l.k ORDER BY 1, 2, 3;
SELECT l.x, r.y FROM l JOIN (r JOIN s ON s.k = r.k) ON l.k = s.k ORDER BY 1, 2;
SELECT l.id FROM l JOIN r ON l.k = r.k JOIN r r2 ON r2.k = r.k AND r2.id <> r.id ORDER BY 1;
-- Outer joins.
SELECT l.id, r.id FROM l LEFT JOIN r ON l.k = r.k ORDER BY 1, 2;
SELECT l.id, r.id FROM l LEFT OUTER JOIN r ON l.k = r.k AND r.id > 2 ORDER BY 1, 2;
SELECT l.id, r.id FROM l LEFT JOIN r ON l.k = r.k WHERE r.id IS NULL ORDER BY 1;
SELECT l.id, r.id FROM l RIGHT JOIN r ON l.k = r.k ORDER BY 1, 2;
SELECT l.id, r.id FROM l FULL JOIN r ON l.k = r.k ORDER BY 1, 2;
SELECT l.id, r.id FROM l FULL OUTER JOIN r ON l.k = r.k WHERE l.id IS NULL OR r.id IS NULL ORDER BY 1, 2;
SELECT coalesce(l.id, r.id) AS id, l.x, r.y FROM l FULL JOIN r ON l.id = r.id ORDER BY 1;
SELECT l.x, r.y, s.z FROM l LEFT JOIN r ON r.k = l.k LEFT JOIN s ON s.k = r.k ORDER BY 1, 2, 3;
SELECT l.x, r.y, s.z FROM l LEFT JOIN (r JOIN s ON s.k = r.k) ON r.k = l.k ORDER BY 1, 2, 3;
SELECT l.x, s.z FROM l LEFT JOIN r ON r.k = l.k RIGHT JOIN s ON s.k = r.k ORDER BY 1, 2;
SELECT l.x, r.y, s.z FROM l FULL JOIN r ON r.k = l.k FULL JOIN s ON s.k = l.k ORDER BY 1, 2, 3;
SELECT l.id, r.id FROM l LEFT JOIN r ON false ORDER BY 1;
SELECT l.id, count(r.id) AS n FROM l LEFT JOIN r ON r.k = l.k GROUP BY l.id ORDER BY 1;
SELECT r.id, count(l.id) AS n, count(*) AS m FROM l RIGHT JOIN r ON r.k = l.k GROUP BY r.id ORDER BY 1;
SELECT l.id FROM l LEFT JOIN r ON r.k = l.k AND l.id > 1 ORDER BY 1, r.id;
-- USING and NATURAL.
SELECT * FROM l JOIN r USING (k) ORDER BY k, l.id, r.id;
SELECT k, l.id, r.id FROM l LEFT JOIN r USING (k) ORDER BY 1, 2, 3;
SELECT k, l.id, r.id FROM l RIGHT JOIN r USING (k) ORDER BY 1, 2, 3;
SELECT k, l.id, r.id FROM l FULL JOIN r USING (k) ORDER BY 1, 2, 3;
SELECT * FROM l FULL JOIN s USING (k) ORDER BY k, id, z;
SELECT * FROM l JOIN r USING (id, k) ORDER BY id;
SELECT * FROM l NATURAL JOIN r ORDER BY id;
SELECT * FROM l NATURAL LEFT JOIN r ORDER BY id;
SELECT * FROM l NATURAL FULL JOIN r ORDER BY id, x, y;
SELECT * FROM l NATURAL JOIN s ORDER BY id;
SELECT * FROM l NATURAL JOIN wards ORDER BY l.id, code LIMIT 4;
SELECT l.k, r.k, k FROM l LEFT JOIN r USING (k) ORDER BY l.id, r.id;
SELECT k, x, y, z FROM l JOIN r USING (k) JOIN s USING (k) ORDER BY 1, 2, 3;
SELECT j.k, j.id FROM (l JOIN s USING (k)) AS j ORDER BY 2;
SELECT j.* FROM l JOIN r USING (id) AS j ORDER BY j.id;
SELECT id FROM l JOIN r USING (k);
SELECT * FROM l JOIN r USING (nothing);
-- Self joins and trees.
SELECT d.name, h.name AS head FROM doctors d LEFT JOIN doctors h ON h.id = d.head ORDER BY d.id;
SELECT h.name, count(*) FROM doctors d JOIN doctors h ON h.id = d.head GROUP BY h.id, h.name ORDER BY h.id;
SELECT a.name, b.name FROM doctors a JOIN doctors b ON a.salary = b.salary AND a.id < b.id ORDER BY 1;
SELECT a.name FROM doctors a JOIN doctors b ON lower(a.name) = lower(b.name) AND a.id <> b.id ORDER BY 1;
-- The star.
SELECT w.name, count(*) AS visits, sum(v.cost) AS cost FROM visits v JOIN wards w ON w.code = v.ward GROUP BY w.name ORDER BY 3 DESC;
SELECT w.name, count(v.id) AS visits FROM wards w LEFT JOIN visits v ON v.ward = w.code GROUP BY w.code, w.name ORDER BY w.code;
SELECT p.city, w.code, count(*) FROM visits v JOIN patients p ON p.id = v.patient_id JOIN wards w ON w.code = v.ward WHERE p.insured GROUP BY p.city, w.code ORDER BY 1, 2;
SELECT d.name, w.name, count(*) FROM visits v LEFT JOIN doctors d ON d.id = v.doctor_id JOIN wards w ON w.code = v.ward GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 10;
SELECT r.name, count(*), min(r.value), max(r.value), round(avg(r.value), 4) AS average FROM readings r JOIN visits v ON v.id = r.visit_id WHERE v.ward = 'CAR' GROUP BY r.name ORDER BY r.name;
SELECT p.name, v.id, r.value FROM patients p JOIN visits v ON v.patient_id = p.id JOIN readings r ON r.visit_id = v.id AND r.name = 'pulse' WHERE r.value > 130 ORDER BY r.value DESC, v.id LIMIT 8;
SELECT p.id FROM patients p LEFT JOIN visits v ON v.patient_id = p.id WHERE v.id IS NULL ORDER BY p.id;
SELECT v.id FROM visits v LEFT JOIN readings r ON r.visit_id = v.id AND r.value IS NULL WHERE r.id IS NOT NULL ORDER BY v.id, r.id;
SELECT w.code, d.name FROM wards w LEFT JOIN doctors d ON d.ward = w.code AND d.salary > 6000 ORDER BY w.code, d.id;
SELECT count(*) FROM visits a JOIN visits b ON a.patient_id = b.patient_id AND a.admitted < b.admitted AND b.admitted < a.discharged;
-- LATERAL.
SELECT w.code, t.id FROM wards w, LATERAL (SELECT v.id FROM visits v WHERE v.ward = w.code ORDER BY v.cost DESC NULLS LAST, v.id LIMIT 2) t ORDER BY 1, 2;
SELECT w.code, t.n FROM wards w LEFT JOIN LATERAL (SELECT count(*) AS n FROM visits v WHERE v.ward = w.code) t ON true ORDER BY 1;
SELECT w.code, t.id FROM wards w LEFT JOIN LATERAL (SELECT v.id FROM visits v WHERE v.ward = w.code ORDER BY v.id LIMIT 1) t ON true ORDER BY 1;
SELECT n.id, g FROM nums n CROSS JOIN LATERAL generate_series(1, n.a) g WHERE n.id < 5 ORDER BY 1, 2;
SELECT n.id, g FROM nums n, generate_series(n.a, n.b) AS g ORDER BY 1, 2;
SELECT x.id, e FROM samples x, unnest(x.ta) AS e ORDER BY 1, 2;
SELECT n.id, x.y FROM nums n, LATERAL (SELECT n.a + n.b AS y) x ORDER BY 1;
SELECT n.id, x.y FROM nums n, LATERAL (VALUES (n.a), (n.b)) x (y) ORDER BY 1, 2;
SELECT l.id, q.id FROM l JOIN LATERAL (SELECT r.id FROM r WHERE r.k = l.k) q ON q.id <> l.id ORDER BY 1, 2;
SELECT n.id FROM nums n, (SELECT n.a) x;
-- Ambiguity and other errors.
SELECT id FROM l, r;
SELECT l.id FROM l x;
SELECT x.nope FROM l x;
SELECT * FROM l, l;
SELECT * FROM l JOIN r ON id = 1;
SELECT * FROM nowhere;
SELECT * FROM l JOIN r ON l.x;
SELECT y FROM l;
SELECT x.* FROM l;
SELECT l.id FROM l JOIN r ON l.k = s.k JOIN s ON true;
