'use strict';
exports.host = process.env.PGHOST || '127.0.0.1';
exports.port = Number(process.env.PGPORT || 5432);
exports.database = process.env.PGDATABASE || 'scratch';
exports.user = process.env.PGUSER || 'postgres';
