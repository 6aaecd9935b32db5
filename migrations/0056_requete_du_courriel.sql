-- The request that wrote the message, as its page, the logs and the database name it; empty: a task.
ALTER TABLE courriel ADD COLUMN requete TEXT NOT NULL DEFAULT '';
