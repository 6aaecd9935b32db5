// The table of scenarios: {nom, phrase, moteurs, court (engines on which --court runs it), manque() (why it cannot run
// here), jouer(contexte)}. A new part that can be down (a store, an antivirus) is a file here and a row there.
import { antivirus } from "./antivirus.mjs";
import { bascule } from "./bascule.mjs";
import { courant, courantTemoin } from "./courant.mjs";
import { appels, disqueMalade, disqueMaladeBase, disquePlein } from "./disque.mjs";
import { etapes } from "./etapes.mjs";
import { kill } from "./kill.mjs";
import { mandataires } from "./mandataires.mjs";
import { numeros } from "./numeros.mjs";
import { plusieurs } from "./plusieurs.mjs";
import { pitr } from "./pitr.mjs";
import { conflits, postgres } from "./postgres.mjs";
import { s3 } from "./s3.mjs";
import { sauvegarde } from "./sauvegarde.mjs";
import { horloge } from "./temps.mjs";
import { adresses, courriel } from "./voisins.mjs";

export const scenarios = [kill, etapes, numeros, courant, courantTemoin, disquePlein, disqueMalade, disqueMaladeBase, appels, postgres, conflits, courriel, antivirus, s3, adresses, horloge, plusieurs, mandataires, bascule, sauvegarde, pitr];
