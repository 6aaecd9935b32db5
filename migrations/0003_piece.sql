-- Uploaded files. Their bytes are in the file store, under sha256; what they belong to is said by the tables
-- that reference piece(id).
CREATE TABLE piece (
    id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    nom TEXT NOT NULL CHECK (nom <> ''),
    type TEXT NOT NULL CHECK (type IN (
        'image/jpeg',
        'application/pdf',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'application/vnd.oasis.opendocument.text',
        'application/vnd.oasis.opendocument.spreadsheet',
        'application/msword',
        'application/vnd.ms-excel',
        'text/plain')),
    taille BIGINT NOT NULL CHECK (taille > 0),
    largeur INTEGER CHECK (largeur > 0),
    hauteur INTEGER CHECK (hauteur > 0),
    miniature TEXT CHECK (length(miniature) = 64),
    depose_le TEXT NOT NULL,
    etat TEXT NOT NULL CHECK (etat IN ('saine', 'a_analyser', 'quarantaine')),
    CHECK ((type = 'image/jpeg') = (largeur IS NOT NULL)),
    CHECK ((largeur IS NULL) = (hauteur IS NULL)),
    CHECK ((largeur IS NULL) = (miniature IS NULL))
);

-- Purge: contents no longer named by any file.
CREATE INDEX piece_sha256 ON piece (sha256);
CREATE INDEX piece_miniature ON piece (miniature);
-- Purge: files old enough to be orphans.
CREATE INDEX piece_depose_le ON piece (depose_le, id);

-- Which file store this database owns: a purge sweeps no other. One row at most.
CREATE TABLE piece_magasin (
    unique_ligne INTEGER PRIMARY KEY CHECK (unique_ligne = 1),
    marque TEXT NOT NULL
);
