-- Forms of agents already accepted, by digest, and the address their answer led to: sent again, they get it again.
CREATE TABLE envoi_unique (
    empreinte TEXT PRIMARY KEY,
    reponse   TEXT NOT NULL,
    recu_le   TEXT NOT NULL
);
CREATE INDEX envoi_unique_ancien ON envoi_unique (recu_le);
