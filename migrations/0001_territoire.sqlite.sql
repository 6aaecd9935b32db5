-- Full text by FTS5 with short prefixes. Written by the importers, not by triggers: with trusted_schema off, the
-- engine refuses virtual tables inside triggers.
CREATE VIRTUAL TABLE lieu_recherche USING fts5(
    recherche, content = 'lieu', content_rowid = 'rang', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'
);
