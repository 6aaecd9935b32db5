-- The purge of a store that several machines share: contents about to be removed, which no row may begin to name.
CREATE TABLE piece_retrait (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    depuis_le TEXT NOT NULL
);
