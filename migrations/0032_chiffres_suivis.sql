-- What pages have shown of the figures of a commune, night after night; and a queue of scores that keeps its order.

-- annee: of attributions; 0: demandes in progress. cases: those of the table with its totals, line by line, « 1 » for each that no
-- publication has ever shown (src/demande/chiffres/masquage.hpp).
CREATE TABLE chiffres_jamais_montres (
    territoire TEXT NOT NULL,
    insee      TEXT NOT NULL,
    annee      INTEGER NOT NULL,
    cases      TEXT NOT NULL,
    PRIMARY KEY (territoire, insee, annee)
);

-- depuis: since when it waits; one that could not be scored waits again, from a later moment.
ALTER TABLE cotation_a_calculer ADD COLUMN depuis TEXT NOT NULL DEFAULT '';
CREATE INDEX cotation_a_calculer_depuis ON cotation_a_calculer (depuis, demande);
