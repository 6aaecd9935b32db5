-- The words under which a report is found (src/signalement/recherche.hpp), and its territory behind « ~~ »: written by
-- the program in the transaction of the report, indexed whole by each engine (ADR 28). Rows are never changed.
CREATE TABLE signalement_mots (
    rang        INTEGER PRIMARY KEY, -- given by the database
    signalement TEXT NOT NULL UNIQUE REFERENCES signalement (id) ON DELETE CASCADE,
    territoire  TEXT NOT NULL,
    mots        TEXT NOT NULL
);

-- Reports of before are given their words by the task that keeps keys.
DROP INDEX signalement_sans_cles;
CREATE INDEX signalement_sans_cles ON signalement (id) WHERE cles_version < 2;
