-- Full text by FTS5 with short prefixes; triggers keep it equal to lieu.recherche.
CREATE VIRTUAL TABLE lieu_recherche USING fts5(
    recherche, content = 'lieu', content_rowid = 'rang', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'
);
CREATE TRIGGER lieu_ajoute AFTER INSERT ON lieu BEGIN
    INSERT INTO lieu_recherche (rowid, recherche) VALUES (new.rang, new.recherche);
END;
CREATE TRIGGER lieu_retire AFTER DELETE ON lieu BEGIN
    INSERT INTO lieu_recherche (lieu_recherche, rowid, recherche) VALUES ('delete', old.rang, old.recherche);
END;
CREATE TRIGGER lieu_change AFTER UPDATE OF recherche ON lieu WHEN old.recherche IS NOT new.recherche BEGIN
    INSERT INTO lieu_recherche (lieu_recherche, rowid, recherche) VALUES ('delete', old.rang, old.recherche);
    INSERT INTO lieu_recherche (rowid, recherche) VALUES (new.rang, new.recherche);
END;
