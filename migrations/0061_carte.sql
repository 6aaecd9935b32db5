-- A part of a map is read by its longitudes first; the names written on it, by the people who live there.
CREATE INDEX signalement_position ON signalement (lon, lat) WHERE lon IS NOT NULL;
CREATE INDEX commune_par_population ON commune (population) WHERE type = 'commune';
CREATE INDEX commune_par_position ON commune (lon, lat) WHERE type = 'commune';
