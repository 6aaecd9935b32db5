// The same pressure with PostgreSQL behind the server: its connections are one more thing to run short of.
process.env.ENGINE_UNDER_TEST = 'postgresql';
if (process.env.LOGIS_TEST_POSTGRES) await import('./pression.test.mjs');
else console.log('skipped: PostgreSQL (LOGIS_TEST_POSTGRES is not set)');
