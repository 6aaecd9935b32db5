-- Places of the official geographic code, the territories opened on them, and the addresses imported.

CREATE TABLE region (
    code TEXT PRIMARY KEY,
    nom TEXT NOT NULL
);

CREATE TABLE departement (
    code TEXT PRIMARY KEY,
    nom TEXT NOT NULL,
    region TEXT NOT NULL REFERENCES region (code)
);

CREATE TABLE epci (
    siren TEXT PRIMARY KEY,
    nom TEXT NOT NULL,
    type TEXT NOT NULL
);

-- Communes of today, and their parts whose code is their own. A part never acts: rattachee_a does.
CREATE TABLE commune (
    insee TEXT PRIMARY KEY,
    nom TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('commune', 'deleguee', 'associee', 'arrondissement')),
    rattachee_a TEXT REFERENCES commune (insee),
    departement TEXT NOT NULL REFERENCES departement (code),
    epci TEXT REFERENCES epci (siren),
    codes_postaux TEXT NOT NULL DEFAULT '', -- separated by one space
    population BIGINT NOT NULL DEFAULT 0,
    lon DOUBLE PRECISION,
    lat DOUBLE PRECISION,
    position_source TEXT, -- 'reference', or 'laposte' which a new reference does not overwrite
    CHECK ((type = 'commune') = (rattachee_a IS NULL)),
    CHECK ((lon IS NULL) = (lat IS NULL))
);
CREATE INDEX commune_departement ON commune (departement, type, nom);
CREATE INDEX commune_epci ON commune (epci);
CREATE INDEX commune_rattachee ON commune (rattachee_a);

-- Codes that no longer designate anything by themselves, and the commune they lead to.
CREATE TABLE commune_ancien_code (
    code TEXT PRIMARY KEY,
    insee TEXT NOT NULL REFERENCES commune (insee)
);

-- Which data the tables above come from (checksum), so that a start does not load them again.
CREATE TABLE reference_chargee (
    nom TEXT PRIMARY KEY,
    empreinte TEXT NOT NULL,
    chargee_le TEXT NOT NULL
);

CREATE TABLE territoire (
    code TEXT PRIMARY KEY, -- of the département; no foreign key: it may be configured before the reference loads
    nom TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('fermee', 'professionnels', 'tous')),
    fuseau TEXT NOT NULL,
    comite_par_defaut TEXT,
    telephone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    texte TEXT NOT NULL DEFAULT '',
    horaires TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE comite (
    id TEXT PRIMARY KEY,
    territoire TEXT NOT NULL REFERENCES territoire (code),
    nom TEXT NOT NULL,
    telephone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    texte TEXT NOT NULL DEFAULT '',
    horaires TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (territoire, nom)
);

-- One committee at most for each EPCI or commune of a territory. An EPCI astride two départements has one in each.
CREATE TABLE comite_perimetre (
    territoire TEXT NOT NULL REFERENCES territoire (code),
    genre TEXT NOT NULL CHECK (genre IN ('epci', 'commune')),
    code TEXT NOT NULL,
    comite TEXT NOT NULL REFERENCES comite (id),
    PRIMARY KEY (territoire, genre, code)
);
CREATE INDEX comite_perimetre_comite ON comite_perimetre (comite);

-- What can be searched by text: communes (from the reference), streets and localities (imported). The full-text
-- index differs per engine. recherche: folded words, then a word per filter (zi76540, zd76, zcommune).
CREATE TABLE lieu (
    rang INTEGER PRIMARY KEY, -- given by the database
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL CHECK (type IN ('municipality', 'street', 'locality')),
    nom TEXT NOT NULL,
    insee TEXT NOT NULL,
    commune TEXT NOT NULL,
    code_postal TEXT,
    lon DOUBLE PRECISION,
    lat DOUBLE PRECISION,
    importance DOUBLE PRECISION NOT NULL DEFAULT 0,
    recherche TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('reference', 'ban', 'demo')),
    CHECK ((lon IS NULL) = (lat IS NULL))
);
CREATE INDEX lieu_insee ON lieu (insee, source);

CREATE TABLE adresse (
    id TEXT PRIMARY KEY,
    lieu INTEGER NOT NULL REFERENCES lieu (rang) ON DELETE CASCADE,
    numero INTEGER NOT NULL,
    suffixe TEXT NOT NULL DEFAULT '',
    code_postal TEXT,
    lon DOUBLE PRECISION,
    lat DOUBLE PRECISION,
    CHECK ((lon IS NULL) = (lat IS NULL))
);
CREATE INDEX adresse_lieu ON adresse (lieu, numero, suffixe);

-- How far each file was read, by its content: an import that was cut continues, a finished one is not read again.
CREATE TABLE import_fichier (
    empreinte TEXT NOT NULL,
    genre TEXT NOT NULL CHECK (genre IN ('communes', 'adresses')),
    nom TEXT NOT NULL,
    position BIGINT NOT NULL DEFAULT 0, -- bytes of uncompressed text
    lignes BIGINT NOT NULL DEFAULT 0,
    retenues BIGINT NOT NULL DEFAULT 0,
    erreurs BIGINT NOT NULL DEFAULT 0,
    commence_le TEXT NOT NULL,
    termine_le TEXT,
    PRIMARY KEY (empreinte, genre)
);
