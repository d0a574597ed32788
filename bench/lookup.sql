\set id random(1, 100000)
SELECT name FROM bench_items WHERE id = :id;
