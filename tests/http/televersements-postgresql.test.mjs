// The same uploads with PostgreSQL behind the server: what it has of a draft and of its files is then read over a connection.
process.env.ENGINE_UNDER_TEST = 'postgresql';
if (process.env.LOGIS_TEST_POSTGRES) await import('./televersements.test.mjs');
else console.log('skipped: PostgreSQL (LOGIS_TEST_POSTGRES is not set)');
