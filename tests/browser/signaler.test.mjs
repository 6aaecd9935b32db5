// The whole story of a report, in a real browser: a municipal agent reports a dwelling of Seine-Maritime with a 12 MP JPEG, a
// HEIC and a PDF; the secretary entrusts it; partners act; the depositor follows and answers; it is closed. Once with
// JavaScript, once without, every page met being audited, the messages read from a real SMTP server.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {assertCalm, audit, launchBrowser, logIn, newVisitor, prepared, root, startMailbox, startServer} from './lib.mjs';

const fixtures = join(root, 'build/fixtures');
let server, browser, mailbox;

before(async () => {
    execFileSync('node', [join(root, 'tests/fixtures/make.mjs'), fixtures], {stdio: 'pipe'});
    mailbox = await startMailbox();
    server = await startServer({environment: {LOGIS_SMTP: mailbox.url}});
    browser = await launchBrowser();
});

after(async () => {
    await browser?.close();
    await server?.stop();
    await mailbox?.stop();
});

/** Answers of the form by the name of their field; lists for check boxes. The order is that of the screens. */
const reponses = {
    danger: 'non', profil: 'agent_municipal', organisation: 'Mairie d’Elbeuf', prenom: 'Claudine', nom: 'Lemarié',
    telephone: '02 35 00 11 22', occupe: 'oui', occupant_statut: 'locataire', occupant_prenom: 'Ousmane',
    occupant_nom: 'Diarra', occupant_prevenu: 'oui', bailleur_type: 'particulier', bailleur_nom: 'M. Roland Picard',
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
    const files = ['photo-12mp.jpg', 'facade.heic', 'courrier.pdf'].map(name => join(fixtures, name));
    await page.locator('[name="fichiers"]').setInputFiles(files);
    if (!javaScript) await page.getByRole('button', {name: 'Ajouter ces fichiers'}).click();
    const list = page.locator('#fichiers-ajoutes');
    for (const name of ['photo-12mp', 'facade', 'courrier']) await list.getByText(new RegExp(name)).first().waitFor({timeout: 30_000});
    await prepared(page);
    assert.equal(await list.getByRole('img').count(), 2);
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
    await page.getByRole('link', {name: reference}).click();
    await page.waitForURL(/\/signalements\/[0-9a-z]{26}/);
}

for (const javaScript of [true, false])
    test(`un signalement va du dépôt à la clôture ${javaScript ? 'avec' : 'sans'} JavaScript`, {timeout: 600_000}, async () => {
        const suffix = javaScript ? '' : '-sans-js';
        const email = `claudine.lemarie${suffix}@mairie-rouen.example`;
        const deposant = await newVisitor(browser, {javaScript});
        const reference = await deposer(deposant, {javaScript, email, suffix});

        const recu = await mailbox.waitFor(email, new RegExp(`${reference} est bien reçu`));
        const lienSuivi = recu.links.find(link => link.includes('/suivi/'));
        assert.ok(lienSuivi, recu.text);
        const acces = await mailbox.waitFor(email, /[Aa]ccès/);
        assert.ok(acces.links.some(link => link.includes('/activation/')), acces.text);

        const secretaire = await newVisitor(browser, {javaScript});
        await logIn(secretaire, server.url, 'julien.masson@demo.logis.example');
        await mailbox.waitFor('julien.masson@demo.logis.example', new RegExp(reference));
        await secretaire.goto(`${server.url}/signalements`);
        await audit(secretaire, `agents-liste${suffix}`);
        await ouvrirDossier(secretaire, reference);
        await audit(secretaire, `agents-declaration${suffix}`);
        const dossier = secretaire.url().split('?')[0];
        await secretaire.goto(`${dossier}?onglet=documents`);
        await audit(secretaire, `agents-documents${suffix}`);
        assert.equal(await secretaire.locator('main img').count(), 2, 'the JPEG and the HEIC are shown');
        await secretaire.goto(dossier);
        await secretaire.getByRole('link', {name: 'Confier à des partenaires'}).click();
        await audit(secretaire, `agents-confier${suffix}`);
        const coches = secretaire.locator('main [name="partenaires"]:checked');
        while (await coches.count()) await coches.first().uncheck({force: true});
        const autres = secretaire.locator('main details:not([open]) > summary', {hasText: 'partenaires du territoire'});
        if (await autres.count()) await autres.click();
        await secretaire.locator('[name="partenaires"][value="partenaire-76-ville-rouen"]').check({force: true});
        await secretaire.locator('[name="partenaires"][value="partenaire-76-ars"]').check({force: true});
        await secretaire.getByRole('button', {name: 'Confier le signalement'}).click();
        await secretaire.getByText('Le signalement est confié').waitFor();
        await audit(secretaire, `agents-suivi${suffix}`);

        const partenaire = await newVisitor(browser, {javaScript});
        await logIn(partenaire, server.url, 'helene.roussel@demo.logis.example');
        await mailbox.waitFor('helene.roussel@demo.logis.example', new RegExp(`${reference}.*confié|confié`));
        await partenaire.goto(dossier);
        await partenaire.getByRole('button', {name: 'Accepter la prise en charge'}).click();
        await partenaire.getByText('Vous prenez ce signalement en charge').waitFor();
        await partenaire.getByText('Ajouter une action').click();
        await partenaire.locator('[name="type"]').selectOption('visite_faite');
        await partenaire.locator('[name="texte"]').fill('Visite faite ce matin : moisissures étendues, installation électrique à reprendre.');
        await partenaire.locator('[name="fichiers"]').setInputFiles(join(fixtures, 'courrier.pdf'));
        await partenaire.locator('[name="visible_deposant"]').check({force: true});
        await partenaire.getByRole('button', {name: 'Ajouter au dossier'}).click();
        await partenaire.getByText('C’est ajouté au dossier').waitFor();
        await audit(partenaire, `partenaire-suivi${suffix}`);
        await mailbox.waitFor(email, /Du nouveau/);

        const suivi = await newVisitor(browser, {javaScript});
        await suivi.goto(lienSuivi);
        await audit(suivi, `suivi-verification${suffix}`);
        await suivi.locator('[name="nom"]').fill('Lemarié');
        await suivi.locator('[name="code_postal"]').fill('76000');
        await suivi.locator('main').getByRole('button').first().click();
        await suivi.getByText('Visite faite ce matin').waitFor();
        await audit(suivi, `suivi-page${suffix}`);
        await suivi.locator('[name="texte"]').fill('Merci. Le locataire peut recevoir une visite le mardi.');
        await suivi.getByRole('button', {name: /Envoyer/}).click();
        await suivi.getByText('Le locataire peut recevoir une visite le mardi').waitFor();
        await mailbox.waitFor('julien.masson@demo.logis.example', /message du déposant/);

        await secretaire.goto(dossier);
        await secretaire.getByText('Le locataire peut recevoir une visite le mardi').waitFor();
        await secretaire.getByRole('link', {name: 'Clôturer'}).click();
        await secretaire.getByRole('button', {name: 'Clôturer le signalement'}).click();
        await secretaire.getByText('Choisissez le motif de clôture').first().waitFor();
        await audit(secretaire, `agents-cloture-erreur${suffix}`);
        await secretaire.locator('[name="motif"][value="mis_en_conformite"]').check({force: true});
        await secretaire.locator('[name="texte"]').fill('Les travaux sont faits et constatés.');
        await secretaire.getByRole('button', {name: 'Clôturer le signalement'}).click();
        await secretaire.getByText('Le signalement est clos').waitFor();
        await secretaire.goto(`${dossier}?onglet=historique`);
        await audit(secretaire, `agents-historique${suffix}`);
        await secretaire.goto(`${dossier}?onglet=courriels`);
        await audit(secretaire, `agents-courriels${suffix}`);
        await mailbox.waitFor(email, /est clos/);
        await suivi.goto(lienSuivi);
        await suivi.getByText('Les travaux sont faits et constatés').waitFor();
        await audit(suivi, `suivi-clos${suffix}`);
        for (const page of [deposant, secretaire, partenaire, suivi]) {
            await assertCalm(page);
            await page.context().close();
        }
    });
