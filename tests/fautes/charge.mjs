// The load of the fault tests: what people do, and what they were told. Whatever was acknowledged must be found
// again after the fault, once.
import {Visitor} from '../support/visitor.mjs';

let deposits = 0;

/** Fills the whole form by the short way, up to the check of the answers. Gives {visitor, chemin, email}. */
export async function remplir(platform, {fichier} = {}) {
    const n = ++deposits;
    const visitor = new Visitor(platform, `198.51.${n >> 8 & 255}.${n & 255}`);
    const email = `deposant-${n}@exemple.fr`;
    await visitor.get('/signaler');
    const {location} = await visitor.post('/signaler', {danger: 'oui'});
    const chemin = location.slice(0, location.lastIndexOf('/'));
    const screens = {
        adresse: {adresse_mode: 'manuelle', adresse_voie: `${n} rue des Carmes`, adresse_commune: 'Rouen',
            adresse_commune_choix: '76540'},
        profil: {profil: 'agent_municipal'},
        coordonnees: {organisation: 'Mairie de Rouen', prenom: 'Paul', nom: 'Martin', email},
        occupant: {occupe: 'oui', occupant_statut: 'locataire', occupant_prenom: 'Awa', occupant_nom: 'Diallo',
            occupant_email: 'awa@exemple.fr', occupant_prevenu: 'oui'},
        danger: {description: `Le plafond s’effondre, n° ${n}.`, dangers_batiment: 'desordres_batiment_securite_toit'},
    };
    for (const [screen, fields] of Object.entries(screens)) await visitor.post(`${chemin}/${screen}`, fields);
    if (fichier) await visitor.post(`${chemin}/fichiers/ajout`, {fichiers: fichier});
    await visitor.post(`${chemin}/fichiers`, {});
    return {visitor, chemin, email, fichiers: fichier ? 1 : 0};
}

/** Sends what was filled, and reads the confirmation: adds {reference, suivi}, which the person has now seen. */
export async function envoyer(depot) {
    await depot.visitor.post(`${depot.chemin}/envoi`,
        {visite_acceptee: 'oui', bailleur_peut_etre_prevenu: 'non', attestation: 'oui', donnees: 'oui'});
    const {status, text} = await depot.visitor.get(`${depot.chemin}/confirmation`);
    const reference = /\b76-\d{4}-\d{6}\b/.exec(text)?.[0];
    if (status !== 200 || !reference) throw new Error(`no confirmation: ${status}`);
    return {...depot, reference, suivi: /\/suivi\/[\w-]+/.exec(text)[0]};
}

/** What is wrong with a deposit that was acknowledged; an empty list when all of it is there, once. */
export async function manques(platform, depot) {
    const wrong = [];
    const expect = (what, found, expected) => {
        if (String(found) !== String(expected)) wrong.push(`${depot.reference}: ${what}: ${found}, not ${expected}`);
    };
    const confirmation = await depot.visitor.get(`${depot.chemin}/confirmation`);
    expect('status of its confirmation', confirmation.status, 200);
    expect('reference on its confirmation', confirmation.text.includes(depot.reference), true);
    expect('status of its follow-up', (await depot.visitor.get(depot.suivi)).status, 200);
    const id = `(SELECT id FROM signalement WHERE reference = '${depot.reference}')`;
    expect('reports', platform.sql(`SELECT COUNT(*) FROM signalement WHERE email = '${depot.email}'`), 1);
    expect('journal', platform.sql(`SELECT COUNT(*) FROM journal WHERE evenement = 'depot' AND objet_id = ${id}`), 1);
    expect('e-mails to the depositor',
        platform.sql(`SELECT COUNT(*) FROM courriel WHERE gabarit = 'depot_accuse' AND objet_id = ${id}`), 1);
    expect('files', platform.sql(`SELECT COUNT(*) FROM signalement_piece WHERE signalement = ${id}`), depot.fichiers);
    return wrong;
}
