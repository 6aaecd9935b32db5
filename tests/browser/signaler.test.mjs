// The whole story of a report, in a real browser: a municipal agent reports a dwelling of Seine-Maritime with a 12 MP JPEG, a
// HEIC and a PDF; the secretary entrusts it; partners act; the town, the depositor and the occupant follow and answer; it
// is closed. Once with JavaScript, on SQLite; once without, on PostgreSQL. Every page
// met is audited, the messages are read from a real SMTP server.
import assert from 'node:assert/strict';
import {join} from 'node:path';
import {after, test} from '../support/test.mjs';
import {assertCalm, audit, launchBrowser, logIn, newVisitor, postgresDatabase, prepared, root, startMailbox, startServer}
    from './lib.mjs';

const fixtures = join(root, 'build/fixtures');
let server, browser, mailbox; // of the story being told

after(() => browser?.close());

/** Answers of the form by the name of their field; lists for check boxes. The order is that of the screens. */
const reponses = {
    danger: 'non', profil: 'agent_municipal', organisation: 'Mairie d’Elbeuf', prenom: 'Claudine', nom: 'Lemarié',
    telephone: '02 35 00 11 22', occupe: 'oui', occupant_statut: 'locataire', occupant_prenom: 'Ousmane',
    occupant_nom: 'Diarra', occupant_email: 'ousmane.diarra@exemple.fr', occupant_prevenu: 'oui', bailleur_type: 'particulier', bailleur_nom: 'M. Roland Picard',
    bailleur_prevenu: 'oui', bailleur_prevenu_mois: '09/2026', bailleur_prevenu_moyen: 'courrier', nature: 'appartement',
    niveau: 'rdc', pieces: 'plusieurs_pieces', nombre_pieces: '2', piece_de_9_m2: 'oui', superficie: '31,5',
    cuisine: 'dans_le_logement', salle_de_bain: 'dans_le_logement', wc: 'dans_le_logement', wc_dans_cuisine: 'non',
    personnes: '3', enfants: '1', enfant_moins_6_ans: 'oui', personne_fragile: 'non',
    categories_logement: ['desordres_logement_humidite', 'desordres_logement_electricite'],
    categories_batiment: ['desordres_batiment_securite'],
    desordres_logement_humidite_piece_a_vivre: ['oui'], desordres_logement_electricite_installation_dangereuse: ['oui'],
    desordres_batiment_securite_escalier: ['oui'],
    description: 'Murs noirs de moisissures dans la chambre de l’enfant, fils apparents dans l’entrée.', debut: '6_a_12_mois',
    constate: 'oui', emmenagement: '01/09/2021', bail: 'oui', allocation: 'caf', visite_acceptee: 'oui',
    bailleur_peut_etre_prevenu: 'non', attestation: ['oui'], donnees: ['oui'],
};

async function remplir(page, answers) {
    for (const [name, value] of Object.entries(answers)) {
        const fields = page.locator(`main [name="${name}"]:not([type="hidden"])`);
        if (await fields.count() === 0) continue;
        const first = fields.first();
        const kind = await first.evaluate(e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase());
        if (kind === 'radio' || kind === 'checkbox') {
            for (const one of [value].flat()) {
                const choice = page.locator(`main [name="${name}"][value="${one}"]`);
                if (await choice.count() && await choice.isEnabled()) await choice.check({force: true});
            }
        } else if (await first.isVisible() && await first.isEnabled()) {
            if (kind === 'select') await first.selectOption(value);
            else await first.fill(value);
        }
    }
}

const etapeDe = page => new URL(page.url()).pathname.split('/').at(-1);

async function continuer(page) {
    const from = page.url();
    await page.getByRole('button', {name: 'Enregistrer et continuer'}).click();
    await page.waitForURL(url => url.toString() !== from, {timeout: 15_000}).catch(async () => {
        const said = await page.locator('main').innerText();
        throw new Error(`the screen ${from} refuses: ${said.slice(0, 1500)}`);
    });
}

async function adresse(page, javaScript) {
    if (javaScript) {
        const field = page.locator('[name="adresse"]');
        await field.pressSequentially('12 rue Eau de Robec', {delay: 20});
        const option = page.getByRole('option').first();
        await option.waitFor();
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        assert.match(await field.inputValue(), /Eau de Robec/);
        await continuer(page);
        return;
    }
    await page.locator('[name="adresse"]').fill('12 rue Eau de Robec, Rouen');
    await page.getByRole('button', {name: 'Enregistrer et continuer'}).click();
    await page.waitForLoadState();
    const choice = page.locator('[name="adresse_choix"]').first();
    if (await choice.count()) {
        await choice.check({force: true});
        await continuer(page);
    }
}

async function fichiers(page, javaScript) {
    const field = page.locator('[name="fichiers"]');
    // What may be sent is said before anything is chosen, and read with the field.
    assert.match(await page.locator('label', {has: page.locator('.fr-hint-text')}).filter({hasText: 'Photos et documents'}).innerText(),
        /JPEG.*HEIC.*PDF[\s\S]*20\sMo au plus par fichier[\s\S]*60 fichiers au plus/);
    const files = ['photo-12mp.jpg', 'facade.heic', 'courrier.pdf'].map(name => join(fixtures, name));
    const progress = javaScript ? await watchProgress(page) : null;
    await field.setInputFiles(files);
    if (!javaScript) await page.getByRole('button', {name: 'Ajouter ces fichiers'}).click();
    const list = page.locator('#fichiers-ajoutes');
    for (const name of ['photo-12mp', 'facade', 'courrier']) await list.getByText(new RegExp(name)).first().waitFor({timeout: 60_000});
    await progress?.();
    await prepared(page);
    assert.equal(await list.getByRole('img').count(), 2);
}

/** Sends as over a slow line, and notes what the bar of the first file shows; the answer checks that it moved. */
async function watchProgress(page) {
    const line = await page.context().newCDPSession(page);
    await line.send('Network.enable');
    await line.send('Network.emulateNetworkConditions', {offline: false, latency: 20, downloadThroughput: -1, uploadThroughput: 2_000_000});
    await page.evaluate(() => {
        window.seen = [];
        const note = () => {
            const bar = document.querySelector('.logis-envois li:first-child progress');
            if (bar && bar.position >= 0 && window.seen.at(-1) !== bar.value) window.seen.push(bar.value);
            requestAnimationFrame(note);
        };
        note();
    });
    return async () => {
        const seen = await page.evaluate(() => window.seen);
        const between = seen.filter(value => value > 0 && value < 100);
        assert.ok(between.length >= 3, `the bar shows how far the sending is: ${seen}`);
        assert.deepEqual(seen, [...seen].sort((a, b) => a - b), 'the bar never goes back');
        await line.send('Network.emulateNetworkConditions', {offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1});
        await line.detach();
    };
}

/** A deposit from the home page to its confirmation; gives the reference. */
async function deposer(page, {javaScript, email, suffix}) {
    await page.goto(`${server.url}/signaler`);
    await audit(page, `depot-debut${suffix}`);
    await remplir(page, {danger: 'non'});
    // Nobody fills the first screen in less than this; a robot does.
    await page.waitForTimeout(4500);
    await page.getByRole('button', {name: 'Commencer le signalement'}).click();
    await page.waitForURL(/\/signaler\/[^/]+\/adresse/);
    for (let screens = 0; etapeDe(page) !== 'verification'; screens += 1) {
        assert.ok(screens < 16, `too many screens: ${page.url()}`);
        const etape = etapeDe(page);
        await audit(page, `depot-${etape}${suffix}`);
        if (etape === 'adresse') {
            await adresse(page, javaScript);
            continue;
        }
        if (etape === 'fichiers') await fichiers(page, javaScript);
        await remplir(page, {...reponses, email});
        await continuer(page);
    }
    await audit(page, `depot-verification${suffix}`);
    await remplir(page, reponses);
    await page.getByRole('button', {name: 'Envoyer le signalement'}).click();
    await page.waitForURL(/\/confirmation/);
    await audit(page, `depot-confirmation${suffix}`);
    const said = await page.locator('main').innerText();
    const reference = /76-\d{4}-\d{6}/.exec(said)?.[0];
    assert.ok(reference, said);
    assert.match(said, /Comité du Département/);
    return reference;
}

async function ouvrirDossier(page, reference) {
    await page.goto(`${server.url}/signalements?q=${reference}`);
    await page.getByRole('link', {name: reference, exact: true}).click();
    await page.waitForURL(/\/signalements\/[0-9a-z]{26}/);
}

/** Opens a follow-up page from a link received: who one is, then the page. */
async function ouvrirSuivi(page, lien, nom, name) {
    await page.goto(lien);
    await audit(page, `${name}-verification`);
    await page.locator('[name="nom"]').fill(nom);
    await page.locator('[name="code_postal"]').fill('76000');
    await page.getByRole('button', {name: 'Ouvrir le dossier'}).click();
    await page.getByRole('heading', {name: /76-\d{4}-\d{6}/}).waitFor();
}

/** The town that reported activates the access it was sent, opens its report, and no other. */
async function suivreParLaMairie(page, {email, dossier, autre, suffix}) {
    const acces = await mailbox.waitFor(email, /Votre accès au signalement/);
    await page.goto(acces.links.find(link => link.includes('/activation/')));
    await audit(page, `mairie-activation${suffix}`);
    const motDePasse = 'quatre tulipes au balcon';
    await page.getByLabel('Nouveau mot de passe').fill(motDePasse);
    await page.getByLabel('Le même mot de passe').fill(motDePasse);
    await page.getByRole('button', {name: 'Activer mon accès'}).click();
    await page.getByText('Connectez-vous avec votre nouveau mot de passe.').waitFor();
    await logIn(page, server.url, email, motDePasse);
    assert.equal((await page.goto(dossier)).status(), 200);
    await page.getByRole('heading', {name: /Eau de Robec/}).waitFor();
    await audit(page, `mairie-dossier${suffix}`);
    assert.equal((await page.goto(autre)).status(), 404, 'another report does not exist for this town');
    await page.getByRole('heading', {name: 'Page introuvable'}).waitFor();
}

async function confier(page, suffix) {
    await page.getByRole('link', {name: 'Confier à des partenaires'}).click();
    await audit(page, `agents-confier${suffix}`);
    const coches = page.locator('main [name="partenaires"]:checked');
    while (await coches.count()) await coches.first().uncheck({force: true});
    const autres = page.locator('main details:not([open]) > summary', {hasText: 'partenaires du territoire'});
    if (await autres.count()) await autres.click();
    for (const partenaire of ['partenaire-76-ville-rouen', 'partenaire-76-ars'])
        await page.locator(`[name="partenaires"][value="${partenaire}"]`).check({force: true});
    await page.getByRole('button', {name: 'Confier le signalement'}).click();
    await page.getByText('Le signalement est confié').waitFor();
    await audit(page, `agents-suivi${suffix}`);
}

/** A partner takes the report in charge, tells its visit with a document, then ends its part. */
async function intervenir(page, {dossier, suffix}) {
    await page.goto(dossier);
    await audit(page, `partenaire-confie${suffix}`);
    await page.getByRole('button', {name: 'Accepter la prise en charge'}).click();
    await page.getByText('Vous prenez ce signalement en charge').waitFor();
    await page.getByText('Ajouter une action').click();
    await page.locator('[name="type"]').selectOption('visite_faite');
    await page.locator('[name="texte"]').fill('Visite faite ce matin : moisissures étendues, installation électrique à reprendre.');
    await page.locator('[name="fichiers"]').setInputFiles(join(fixtures, 'courrier.pdf'));
    await page.locator('[name="visible_deposant"]').check({force: true});
    await audit(page, `partenaire-action${suffix}`);
    await page.getByRole('button', {name: 'Ajouter au dossier'}).click();
    await page.getByText('C’est ajouté au dossier').waitFor();
    await audit(page, `partenaire-suivi${suffix}`);
    await page.getByRole('link', {name: 'Terminer l’intervention'}).click();
    await page.getByRole('button', {name: 'Terminer l’intervention'}).click();
    await page.locator('#erreurs').waitFor();
    await audit(page, `partenaire-fin-erreur${suffix}`);
    await page.locator('[name="motif"]').first().check({force: true});
    await page.locator('[name="texte"]').fill('Rapport de visite remis à la mairie.');
    await page.getByRole('button', {name: 'Terminer l’intervention'}).click();
    await page.getByText('Terminée', {exact: true}).waitFor();
    await audit(page, `partenaire-fin${suffix}`);
}

async function clore(page, {dossier, suffix}) {
    await page.goto(dossier);
    await page.getByText('Le locataire peut recevoir une visite le mardi').waitFor();
    await page.getByText('Les moisissures reviennent déjà').waitFor();
    await page.getByRole('link', {name: 'Clôturer'}).click();
    await page.getByRole('button', {name: 'Clôturer le signalement'}).click();
    await page.getByText('Choisissez le motif de clôture').first().waitFor();
    await audit(page, `agents-cloture-erreur${suffix}`);
    await page.locator('[name="motif"][value="mis_en_conformite"]').check({force: true});
    await page.locator('[name="texte"]').fill('Les travaux sont faits et constatés.');
    await page.getByRole('button', {name: 'Clôturer le signalement'}).click();
    await page.getByText('Le signalement est clos').waitFor();
    await page.goto(`${dossier}?onglet=historique`);
    await audit(page, `agents-historique${suffix}`);
    await page.goto(`${dossier}?onglet=courriels`);
    await audit(page, `agents-courriels${suffix}`);
}

async function raconter({javaScript, suffix}) {
    const email = `claudine.lemarie${suffix}@mairie-rouen.example`;
    const julien = 'julien.masson@demo.logis.example', helene = 'helene.roussel@demo.logis.example';
    const pages = [];
    const visiteur = async () => {
        pages.push(await newVisitor(browser, {javaScript}));
        return pages.at(-1);
    };
    const reference = await deposer(await visiteur(), {javaScript, email, suffix});

    const recu = await mailbox.waitFor(email, new RegExp(`${reference} est bien reçu`));
    const lienDeposant = recu.links.find(link => link.includes('/suivi/'));
    const avis = await mailbox.waitFor(reponses.occupant_email, /au sujet de votre logement/);
    const lienOccupant = avis.links.find(link => link.includes('/suivi/'));
    assert.ok(lienDeposant, recu.text);
    assert.ok(lienOccupant, avis.text);
    assert.notEqual(lienOccupant, lienDeposant, 'the occupant has a page of their own');

    const secretaire = await visiteur();
    await logIn(secretaire, server.url, julien);
    await mailbox.waitFor(julien, new RegExp(reference));
    await secretaire.goto(`${server.url}/signalements`);
    await audit(secretaire, `agents-liste${suffix}`);
    const autre = await secretaire.locator('main a[href^="/signalements/"]').filter({hasNotText: reference}).first().getAttribute('href');
    await ouvrirDossier(secretaire, reference);
    await audit(secretaire, `agents-declaration${suffix}`);
    const dossier = secretaire.url().split('?')[0];
    await secretaire.goto(`${dossier}?onglet=documents`);
    await audit(secretaire, `agents-documents${suffix}`);
    assert.equal(await secretaire.locator('main img').count(), 2, 'the JPEG and the HEIC are shown');
    await secretaire.goto(dossier);
    await confier(secretaire, suffix);

    await suivreParLaMairie(await visiteur(), {email, dossier, autre: server.url + autre, suffix});

    const partenaire = await visiteur();
    await logIn(partenaire, server.url, helene);
    await mailbox.waitFor(helene, /confié/);
    await intervenir(partenaire, {dossier, suffix});
    await mailbox.waitFor(email, /Du nouveau/);
    await mailbox.waitFor(reponses.occupant_email, /Du nouveau/);

    const deposant = await visiteur();
    await ouvrirSuivi(deposant, lienDeposant, 'Lemarié', `suivi${suffix}`);
    await deposant.getByText('Visite faite ce matin').waitFor();
    await audit(deposant, `suivi-page${suffix}`);
    await deposant.locator('[name="texte"]').fill('Merci. Le locataire peut recevoir une visite le mardi.');
    await deposant.getByRole('button', {name: 'Envoyer'}).click();
    await deposant.getByText('Le locataire peut recevoir une visite le mardi').waitFor();
    await mailbox.waitFor(julien, /message/);

    const occupant = await visiteur();
    await ouvrirSuivi(occupant, lienOccupant, 'Ousmane Diarra', `occupant${suffix}`);
    await occupant.getByText('Visite faite ce matin').waitFor();
    assert.equal(await occupant.getByText('Lemarié').count(), 0, 'the occupant does not read who reported');
    await occupant.locator('[name="texte"]').fill('Les moisissures reviennent déjà.');
    await occupant.getByRole('button', {name: 'Envoyer'}).click();
    await occupant.getByText('Les moisissures reviennent déjà').waitFor();
    await audit(occupant, `occupant-page${suffix}`);

    await clore(secretaire, {dossier, suffix});
    for (const qui of [email, reponses.occupant_email]) await mailbox.waitFor(qui, /est clos/);
    for (const [page, lien, name] of [[deposant, lienDeposant, 'suivi'], [occupant, lienOccupant, 'occupant']]) {
        await page.goto(lien);
        await page.getByText('Les travaux sont faits et constatés').waitFor();
        await audit(page, `${name}-clos${suffix}`);
    }
    for (const page of pages) {
        await assertCalm(page);
        await page.context().close();
    }
}

const recits = [
    {comment: 'avec JavaScript, sur SQLite, au thème neutre', javaScript: true, etat: false, suffix: ''},
    {comment: 'sans JavaScript, sur PostgreSQL, au thème de l’État', javaScript: false, etat: true, suffix: '-sans-js',
        base: () => postgresDatabase('recit')},
];

for (const recit of recits)
    test(`un signalement va du dépôt à la clôture ${recit.comment}`, {timeout: 600_000}, async () => {
        mailbox = await startMailbox();
        try {
            server = await startServer({database: await recit.base?.(),
                environment: {LOGIS_SMTP: mailbox.url, LOGIS_STATE_OPERATOR: String(recit.etat)}});
            browser ??= await launchBrowser();
            await raconter(recit);
        } finally {
            await server?.stop();
            await mailbox.stop();
        }
    });
