// The islands: what improves pages that already work without them. Each looks for its own data attribute and
// touches nothing else. Order matters only in that conditions come before anything that reads the form.
import {completeAddresses} from './adresse.ts';
import {watchWaiting} from './attente.ts';
import {showMap} from './carte.ts';
import {countCharacters} from './compteur.ts';
import {guardForms} from './envoi-unique.ts';
import {saveDrafts} from './brouillon.ts';
import {sendFiles} from './envoi.ts';
import {showConditions} from './conditions.ts';
import {focusErrors} from './erreurs.ts';
import {foldMenu} from './menu.ts';

for (const start of [foldMenu, showConditions, completeAddresses, countCharacters, sendFiles, saveDrafts, guardForms, focusErrors, watchWaiting, showMap]) {
    try {
        start();
    } catch (error) {
        // One island that fails leaves the page, and the others, as they would be without JavaScript.
        console.error(error);
    }
}
