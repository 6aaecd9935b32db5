// Somebody in danger reports without a mouse, and an agent types a paper form so: Tab, Space, Enter, arrows and what
// is typed. The focus shows at every stop, the emergency numbers come first, and the confirmation is reached in less than ten
// screens.
import assert from 'node:assert/strict';
import {after, before, test} from '../support/test.mjs';
import {assertCalm, launchBrowser, logIn, newVisitor, startServer} from './lib.mjs';

const servers = {};
let browser;

before(async () => {
    servers.neutre = await startServer();
    servers.etat = await startServer({environment: {LOGIS_STATE_OPERATOR: 'true'}});
    browser = await launchBrowser();
});

after(async () => {
    await browser?.close();
    for (const server of Object.values(servers)) await server.stop();
});

/** Where the focus is, and whether a reader sees it: an outline on the element, or on the label that stands for it. */
function focus(page) {
    return page.evaluate(() => {
        const node = document.activeElement;
        const outlined = element => {
            const style = getComputedStyle(element);
            return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        };
        const drawn = node.labels?.length && ['radio', 'checkbox'].includes(node.type)
            ? outlined(node) || [...node.labels].some(label => outlined(label)
                || getComputedStyle(label, '::before').outlineStyle !== 'none') : outlined(node)
            // The DSFR draws the focus of a link that fills its box on its pseudo-elements.
            || ['::before', '::after'].some(part => getComputedStyle(node, part).outlineStyle !== 'none');
        const box = node.getBoundingClientRect();
        return {tag: node.tagName, name: node.getAttribute('name') ?? '', value: node.value ?? '', text: node.innerText ?? '',
            href: node.getAttribute('href') ?? '', inMain: Boolean(node.closest('main')), shown: drawn,
            onScreen: box.bottom > 0 && box.top < innerHeight};
    });
}

/** Presses Tab until the focus is where it is wanted, and looks at every stop. */
async function tab(page, wanted) {
    for (let presses = 0; presses < 80; presses += 1) {
        await page.keyboard.press('Tab');
        const here = await focus(page);
        if (here.tag === 'BODY') continue; // the browser's own bar
        assert.ok(here.shown, `the focus does not show on ${here.tag} ${here.name || here.text || here.href} of ${page.url()}`);
        assert.ok(here.onScreen, `the focus is off the screen on ${here.tag} ${here.name || here.text} of ${page.url()}`);
        if (wanted(here)) return here;
    }
    throw new Error(`no such stop on ${page.url()}`);
}

const field = name => here => here.name === name;
const button = label => here => here.tag === 'BUTTON' && here.text.trim() === label;

async function write(page, name, text) {
    await tab(page, field(name));
    await page.keyboard.type(text);
}

/** The first answer of a question: Tab reaches it, Space chooses it. */
async function first(page, name) {
    await tab(page, field(name));
    await page.keyboard.press('Space');
}

async function press(page, label) {
    const from = page.url();
    await tab(page, button(label));
    await page.keyboard.press('Enter');
    await page.waitForURL(url => url.toString() !== from, {timeout: 15_000});
    await page.waitForLoadState('networkidle');
}

const screen = page => new URL(page.url()).pathname.split('/').at(-1);

const answers = {
    adresse: page => write(page, 'adresse', '12 Rue des Carmes 76000 Rouen'),
    profil: page => first(page, 'profil'),
    coordonnees: async page => {
        for (const [name, text] of [['organisation', 'Mairie de Rouen'], ['prenom', 'Paul'], ['nom', 'Martin'],
            ['email', 'clavier@rouen.exemple']]) await write(page, name, text);
    },
    occupant: async page => {
        await first(page, 'occupe');
        await first(page, 'occupant_statut');
        await write(page, 'occupant_prenom', 'Awa');
        await write(page, 'occupant_nom', 'Diop');
        await first(page, 'occupant_prevenu');
    },
    danger: async page => {
        await write(page, 'description', 'Le plafond de la chambre s’affaisse depuis hier soir.');
        await first(page, 'dangers_batiment');
    },
    fichiers: async () => {},
};

for (const theme of ['neutre', 'etat'])
    for (const javaScript of [true, false])
        test(`en danger, au clavier seul, ${javaScript ? 'avec' : 'sans'} JavaScript, thème ${theme}`, {timeout: 240_000}, async () => {
            const page = await newVisitor(browser, {javaScript});
            await page.goto(`${servers[theme].url}/signaler`, {waitUntil: 'networkidle'});
            await first(page, 'danger');
            await page.waitForTimeout(4500); // a robot is quicker
            await press(page, 'Commencer le signalement');
            // The first stop of the page itself is a number to call.
            assert.match((await tab(page, here => here.inMain)).href, /^tel:112/);
            let screens = 2;
            for (; screen(page) !== 'verification'; screens += 1) {
                assert.ok(screens < 10, `${screens} screens`);
                await answers[screen(page)](page);
                await press(page, 'Enregistrer et continuer');
            }
            for (const name of ['visite_acceptee', 'bailleur_peut_etre_prevenu', 'attestation', 'donnees']) await first(page, name);
            await press(page, 'Envoyer le signalement');
            assert.match(page.url(), /\/confirmation$/);
            assert.ok(screens + 1 < 10, `${screens + 1} screens`);
            assert.match(await page.locator('main').innerText(), /76-\d{4}-\d{6}/);
            assert.match((await tab(page, here => here.inMain)).href, /^tel:112/);
            await assertCalm(page);
            await page.context().close();
        });

/** What a paper form says, box by box: typed in its text fields, chosen with the arrows in its lists, ticked with Space. */
const paper = {
    'depot.depose_le': '02/11/2026', 'depot.identite': 'Carte nationale d’identité', 'demandeur.civilite': 'Madame',
    'demandeur.nationalite': 'Française', 'demandeur.situation_familiale': 'Célibataire', 'demandeur.telephone': '06 12 34 56 78',
    'demandeur.infos_sms': 'Oui', 'adresse.voie': '3 rue des Tanneurs', 'adresse.code_postal': '76000', 'adresse.commune': 'Rouen',
    'a_charge.1.nom': 'Postel', 'a_charge.1.prenom': 'Lila', 'a_charge.1.naissance_le': '02/09/2019',
    'revenus.rfr_n2': '14 200', 'logement.personnes': '2', 'souhait.t2': true, 'souhait.t3': true, 'souhait.personnes': '2',
    'localisation.1.commune': 'Rouen 76000', 'localisation.2.commune': 'Dieppe',
};

const secondWish = 'Commune 2';

/** Down and down until the list shows these words; an arrow is all that is used. */
async function choose(page, words) {
    for (let presses = 0; presses < 40; presses += 1) {
        const shown = await page.evaluate(() => document.activeElement.selectedOptions[0].text.trim());
        if (shown.startsWith(words)) return;
        await page.keyboard.press('ArrowDown');
    }
    throw new Error(`the list has no ${words}`);
}

for (const javaScript of [true, false])
    test(`un guichet saisit un formulaire papier au clavier seul, ${javaScript ? 'avec' : 'sans'} JavaScript`, {timeout: 240_000}, async () => {
        const page = await newVisitor(browser, {javaScript});
        const {url} = servers.neutre;
        await logIn(page, url, 'fatou.sarr@demo.logis.example');
        await page.goto(`${url}/demandes/nouvelle`);
        await write(page, 'demandeur.nom', 'Postel');
        await write(page, 'demandeur.prenom', javaScript ? 'Maud' : 'Rozenn');
        await write(page, 'demandeur.naissance_le', javaScript ? '07/03/1983' : '21/09/1988');
        await tab(page, button('Chercher, puis saisir le formulaire'));
        await page.keyboard.press('Enter');
        await page.getByText('Aucune demande ne ressemble à celle-ci').waitFor();
        // Once from the top to the button, in the order of the paper: nothing is passed twice, nothing traps the focus.
        const typed = new Set();
        for (let presses = 0; ; presses += 1) {
            assert.ok(presses < 600, `the button is not reached from ${page.url()}`);
            await page.keyboard.press('Tab');
            const here = await focus(page);
            if (here.tag === 'BODY') continue;
            assert.ok(here.shown && here.onScreen, `the focus does not show on ${here.tag} ${here.name || here.text}`);
            if (button('Enregistrer et donner le numéro unique')(here)) break;
            // A second wish is folded: Enter opens it, and its boxes come next.
            if (here.tag === 'SUMMARY' && here.text.trim() === secondWish) await page.keyboard.press('Enter');
            const answer = paper[here.name];
            if (!answer) continue;
            assert.ok(!typed.has(here.name), `${here.name} is reached twice`);
            typed.add(here.name);
            if (here.tag === 'SELECT') await choose(page, answer);
            else if (answer === true) await page.keyboard.press('Space');
            else await page.keyboard.type(answer);
        }
        assert.deepEqual(Object.keys(paper).filter(name => !typed.has(name)), []);
        await page.keyboard.press('Enter');
        await page.getByText('La demande est enregistrée.').waitFor();
        assert.match(await page.locator('main').innerText(), /Postel/);
        await tab(page, here => here.text.trim() === 'Voir l’attestation');
        await page.keyboard.press('Enter');
        await page.waitForURL(/\/attestation$/);
        await tab(page, button('Noter qu’elle est remise au demandeur'));
        await page.keyboard.press('Enter');
        await page.getByText('L’attestation est notée comme remise.').waitFor();
        await assertCalm(page);
        await page.context().close();
    });
