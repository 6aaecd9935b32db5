// What the browser journeys share: the server under test, Chromium, the audit of a page, the mailbox.
// Nothing here knows a page: journeys do.
import {spawn} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {chromium} from 'playwright-core';
import {htmlDefects} from './html.mjs';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const captures = join(root, 'var/captures');

const widths = {large: {width: 1280, height: 900}, petit: {width: 320, height: 720}};
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** A folder of this run, removed at the end. */
export function temporaryFolder() {
    const folder = mkdtempSync(join(tmpdir(), 'logis-'));
    return {path: folder, remove: () => rmSync(folder, {recursive: true, force: true})};
}

export function freePort() {
    return new Promise((done, fail) => {
        const server = createServer();
        server.on('error', fail);
        server.listen(0, '127.0.0.1', () => {
            const {port} = server.address();
            server.close(() => done(port));
        });
    });
}

const sleep = milliseconds => new Promise(done => setTimeout(done, milliseconds).unref());

async function until(what, probe, milliseconds = 30_000) {
    const end = Date.now() + milliseconds;
    let last;
    while (Date.now() < end) {
        try {
            const value = await probe();
            if (value) return value;
        } catch (error) {
            last = error;
        }
        await new Promise(done => setTimeout(done, 100));
    }
    throw new Error(`${what}: not within ${milliseconds / 1000} s${last ? ` (${last.message})` : ''}`);
}

function run(command, args, options = {}) {
    return new Promise((done, fail) => {
        const child = spawn(command, args, {cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe']});
        let output = '';
        child.stdout.on('data', piece => (output += piece));
        child.stderr.on('data', piece => (output += piece));
        child.on('error', fail);
        child.on('exit', code => code === 0 ? done(output)
            : fail(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output.slice(-4000)}`)));
    });
}

/** A database of its own on the PostgreSQL of this run (tools/postgres-for-tests), as a URL. */
export async function postgresDatabase(name) {
    const cluster = process.env.LOGIS_TEST_POSTGRES;
    assert.ok(cluster, 'LOGIS_TEST_POSTGRES is not set: tests/browser/run sets it');
    const database = `${name}_${process.pid}`;
    await run('psql', [cluster, '-qc', `CREATE DATABASE ${database}`]);
    const url = new URL(cluster);
    url.pathname = `/${database}`;
    return url.href;
}

/**
 * Starts the binary on a free port, on a database of its own that was migrated and seeded: SQLite unless `database` says.
 * Options: seed (default true), environment (settings as LOGIS_… variables), database (a URL), args.
 * Gives {url, folder, story (what seed printed), logis(...args) to run a command on the same database, log(), stop()}.
 */
export async function startServer({seed = true, environment = {}, database, args = []} = {}) {
    const binary = process.env.LOGIS_BINARY ?? join(root, 'build/logis');
    const folder = temporaryFolder();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const base = database ?? `sqlite:${join(folder.path, 'logis.db')}`;
    const env = {...process.env, LOGIS_MODE: 'test', LOGIS_PUBLIC_URL: url,
        LOGIS_FILES: join(folder.path, 'fichiers'), ...environment};
    const logis = (...words) => run(binary, [...words, '--database', base], {env});
    await logis('migrate');
    const story = seed ? await logis('seed') : '';
    const child = spawn(binary, ['serve', '--port', String(port), '--database', base, ...args],
        {cwd: root, env, stdio: ['ignore', 'pipe', 'pipe']});
    let output = '';
    child.stdout.on('data', piece => (output += piece));
    child.stderr.on('data', piece => (output += piece));
    let ended = null;
    child.on('exit', code => (ended = code ?? 'signal'));
    const stop = async () => {
        if (ended === null) {
            child.kill('SIGTERM');
            await until('the server stops', () => ended !== null, 25_000).catch(() => child.kill('SIGKILL'));
        }
        folder.remove();
    };
    try {
        await until('the server answers on /sante', async () => {
            if (ended !== null) throw new Error(`it ended with ${ended}`);
            return (await fetch(`${url}/sante`)).ok;
        });
    } catch (error) {
        await stop();
        throw new Error(`${error.message}\n${output.slice(-4000)}`);
    }
    return {url, folder: folder.path, story, logis, log: () => output, stop};
}

/** Chromium of Debian, without anything that would leave the machine. */
export function launchBrowser() {
    return chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
            '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
    });
}

/**
 * A visitor of their own: cookies, size of window, JavaScript or not. `page.problems` gathers what went wrong: errors of
 * the console, broken policies, requests that failed, pages whose HTML is not valid.
 */
export async function newVisitor(browser, {javaScript = true, scheme = 'light', size = 'large', ...more} = {}) {
    const context = await browser.newContext({javaScriptEnabled: javaScript, colorScheme: scheme,
        viewport: widths[size], locale: 'fr-FR', timezoneId: 'Europe/Paris', reducedMotion: 'reduce', ...more});
    const page = await context.newPage();
    page.scripted = javaScript;
    watch(page);
    return page;
}

const validated = new Map(); // one page is often met many times: each text is read once

function watch(page) {
    page.problems = [];
    page.reading = [];
    page.on('console', message => {
        // A refused form answers 422: Chromium writes that down as an error, and it is not one.
        if (/status of (4\d\d)/.test(message.text())) return;
        if (['error', 'warning'].includes(message.type())) page.problems.push(message.text().slice(0, 400));
    });
    page.on('pageerror', error => page.problems.push(`script: ${error.message}`));
    page.on('requestfailed', request => {
        if (request.failure()?.errorText !== 'net::ERR_ABORTED')
            page.problems.push(`${request.method()} ${request.url()}: ${request.failure()?.errorText}`);
    });
    page.on('response', response => {
        if (response.status() >= 500) page.problems.push(`${response.status()} ${response.url()}`);
        if (response.request().isNavigationRequest() && /^text\/html/.test(response.headers()['content-type'] ?? '')
            && response.status() !== 303)
            page.reading.push(readHtml(page, response).catch(error => page.problems.push(error.message)));
    });
}

/** Waits until the server has prepared the files this page shows: the page looks again by itself, or is reloaded. */
export async function prepared(page) {
    await until('the files of this page are prepared', async () => {
        if (!(await page.locator('[data-attente]').count())) return true;
        if (!page.scripted) await page.reload();
        return false;
    });
}

async function readHtml(page, response) {
    // The visitor may go on before the page has come: its text then fails, or is never told.
    const html = await Promise.race([response.text().catch(() => null), sleep(10_000)]);
    if (typeof html !== 'string') return;
    // What changes from one visit to the next does not make another page.
    const key = html.replaceAll(/name="csrf" value="[^"]*"/g, '');
    if (!validated.has(key)) validated.set(key, htmlDefects(html, new URL(response.url()).pathname));
    page.problems.push(...await validated.get(key));
}

/** Logs somebody of the demonstration in. */
export async function logIn(page, url, email, password = 'Logis-demo-2026') {
    await page.goto(`${url}/connexion`);
    await page.getByLabel('Adresse électronique').fill(email);
    await page.getByLabel('Mot de passe').fill(password);
    await page.getByRole('button', {name: 'Se connecter'}).click();
    await page.waitForLoadState('load');
    assert.doesNotMatch(page.url(), /connexion/, `${email} could not log in`);
}

/** Fails when something went wrong on the page since it was opened (see newVisitor). */
export async function assertCalm(page) {
    await Promise.all(page.reading);
    assert.deepEqual(page.problems, [], `errors on ${page.url()}`);
}

const audited = new Set();

/** The pages audited so far, by the name given to audit(). */
export const auditedPages = () => [...audited].sort();

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Runs axe in the page, whose own scripts may be off: no timer runs then, so axe's become microtasks. */
async function accessibilityDefects(page) {
    if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axeSource);
    return page.evaluate(async ({tags, scripted}) => {
        if (!scripted) window.setTimeout = work => void Promise.resolve().then(work);
        const {violations} = await window.axe.run(document,
            {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false});
        return violations.map(violation => `${violation.id} (${violation.impact}) ` + violation.nodes
            .map(node => `${node.target.join(' ')} ${node.any[0]?.message ?? node.all[0]?.message ?? ''}`)
            .slice(0, 4).join(' | '));
    }, {tags: rules, scripted: page.scripted});
}

/** Shows the page as somebody who prefers this scheme sees it; the State's theme needs its attribute. */
async function prefer(page, scheme) {
    await page.emulateMedia({colorScheme: scheme});
    await page.evaluate(theme => {
        const root = document.documentElement;
        if (root.dataset.frScheme) root.dataset.frTheme = theme;
    }, scheme);
}

/**
 * Audits what the page shows now, in light and dark, at 1280 and 320 px, with or without JavaScript: axe without a
 * violation, valid HTML, no horizontal scroll, no error. Screenshots go to var/captures/NAME-SIZE-SCHEME.png. The page
 * comes back as it was. LOGIS_AUDIT=non leaves the audit out while one writes a journey.
 */
export async function audit(page, name, {schemes = ['light', 'dark'], sizes = ['large', 'petit'], screenshots = true} = {}) {
    audited.add(name);
    if (process.env.LOGIS_AUDIT === 'non') return assertCalm(page);
    mkdirSync(captures, {recursive: true});
    const before = page.viewportSize();
    const failures = [];
    await page.mouse.move(-10, -10); // a button under the pointer has other colours, and no reader to tell of
    for (const size of sizes) {
        await page.setViewportSize(widths[size]);
        for (const scheme of schemes) {
            await prefer(page, scheme);
            const where = `${name}, ${size}, ${scheme}`;
            for (const defect of await accessibilityDefects(page)) failures.push(`${where}: ${defect}`);
            const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            if (width > 0) failures.push(`${where}: ${width} px too wide`);
            const cut = await page.evaluate(() => [...document.querySelectorAll('td[data-libelle]')].filter((cell) =>
                cell.clientHeight > 0 && parseFloat(getComputedStyle(cell, '::before').height) > cell.clientHeight + 1).length);
            if (cut > 0) failures.push(`${where}: ${cut} labels of cells run over the row below`);
            if (screenshots)
                await page.screenshot({path: join(captures, `${name}-${size}-${scheme}${page.scripted ? '' : '-sans-js'}.png`), fullPage: true});
        }
    }
    if (before) await page.setViewportSize(before);
    await prefer(page, 'light');
    assert.deepEqual(failures, [], `audit of ${page.url()}`);
    await assertCalm(page);
}

// ── E-mail ────────────────────────────────────────────────────────────────────────────────────────────────

function decodeQuotedPrintable(text) {
    return Buffer.from(text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))),
        'latin1');
}

function decodeWords(header) {
    return header.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind, text) =>
        kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString()
            : decodeQuotedPrintable(text.replaceAll('_', ' ')).toString());
}

function parsePart(source) {
    const split = source.search(/\r?\n\r?\n/);
    const head = source.slice(0, split).replace(/\r?\n[ \t]+/g, ' ');
    const body = source.slice(split).replace(/^\r?\n\r?\n/, '');
    const headers = {};
    for (const line of head.split(/\r?\n/)) {
        const colon = line.indexOf(':');
        if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
    const type = headers['content-type'] ?? 'text/plain';
    const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
    if (boundary) {
        const parts = body.split(`--${boundary}`).slice(1, -1).map(part => parsePart(part.replace(/^\r?\n/, '')));
        return {headers, type, parts};
    }
    const encoding = (headers['content-transfer-encoding'] ?? '').toLowerCase();
    const bytes = encoding === 'base64' ? Buffer.from(body, 'base64')
        : encoding === 'quoted-printable' ? decodeQuotedPrintable(body) : Buffer.from(body, 'latin1');
    return {headers, type, bytes, parts: []};
}

function leaves(part) {
    return part.parts.length ? part.parts.flatMap(leaves) : [part];
}

/** One message as people would read it: from, to, subject, text, html, links, attachments. */
export function parseMessage(source) {
    const message = parsePart(source);
    const all = leaves(message);
    const body = type => all.find(part => part.type.toLowerCase().startsWith(type) && part.bytes)?.bytes.toString('utf8') ?? '';
    const text = body('text/plain').replaceAll('\r\n', '\n');
    const html = body('text/html');
    const links = [...new Set([...text.matchAll(/https?:\/\/[^\s<>"]+/g)].map(match => match[0].replace(/[.,;)]+$/, '')))];
    return {
        from: decodeWords(message.headers.from ?? ''),
        to: decodeWords(message.headers.to ?? ''),
        recipients: message.headers['x-rcptto'] ?? message.headers.to ?? '',
        subject: decodeWords(message.headers.subject ?? ''),
        headers: message.headers, text, html, links,
        attachments: all.filter(part => /attachment/i.test(part.headers['content-disposition'] ?? ''))
            .map(part => ({type: part.type, bytes: part.bytes})),
    };
}

/** A real SMTP server (aiosmtpd) that keeps what it receives. Gives {url, messages(), waitFor(to, subject), stop()}. */
export async function startMailbox() {
    const folder = temporaryFolder();
    const port = await freePort();
    const child = spawn('/usr/bin/python3', ['-m', 'aiosmtpd', '-n', '-l', `127.0.0.1:${port}`,
        '-c', 'aiosmtpd.handlers.Mailbox', join(folder.path, 'maildir')], {stdio: ['ignore', 'pipe', 'pipe']});
    let output = '';
    child.stderr.on('data', piece => (output += piece));
    let ended = false;
    child.on('exit', () => (ended = true));
    const {connect} = await import('node:net');
    await until('the mailbox listens', () => new Promise((done, fail) => {
        if (ended) return fail(new Error(output.slice(-500)));
        const socket = connect(port, '127.0.0.1', () => {
            socket.end();
            done(true);
        });
        socket.on('error', fail);
    }));
    const messages = to => {
        const inbox = join(folder.path, 'maildir/new');
        let files = [];
        try {
            files = readdirSync(inbox);
        } catch {
            return [];
        }
        return files.sort().map(file => parseMessage(readFileSync(join(inbox, file), 'latin1')))
            .filter(message => !to || message.recipients.includes(to) || message.to.includes(to));
    };
    return {
        url: `smtp://127.0.0.1:${port}`,
        messages,
        /** The last message to this address whose subject matches; waits for it. */
        waitFor: (to, subject = /./, milliseconds = 15_000) => until(`a message to ${to} about ${subject}`,
            () => messages(to).filter(message => subject.test(message.subject)).at(-1), milliseconds),
        stop: async () => {
            child.kill('SIGTERM');
            await until('the mailbox stops', () => ended, 5_000).catch(() => child.kill('SIGKILL'));
            folder.remove();
        },
    };
}
