// Somebody in danger reports without a mouse: Tab, Space, Enter and what is typed. The focus shows at every stop, the
// emergency numbers come first, and the confirmation is reached in less than ten screens.
import assert from 'node:assert/strict';
import {after, before, test} from '../support/test.mjs';
import {assertCalm, launchBrowser, newVisitor, startServer} from './lib.mjs';

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
