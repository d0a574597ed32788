SET client_min_messages = warning;
DROP TABLE IF EXISTS bench_items;
CREATE TABLE bench_items (id int PRIMARY KEY, name text);
INSERT INTO bench_items SELECT i, 'item ' || i FROM generate_series(1, 100000) AS g(i);
