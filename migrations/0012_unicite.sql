-- What must happen once is refused the second time by the database itself.
-- The cause of a message: the decision, the text and the address. Null: each message is its own.
ALTER TABLE courriel ADD COLUMN cle TEXT;
CREATE UNIQUE INDEX courriel_cle ON courriel (cle);
