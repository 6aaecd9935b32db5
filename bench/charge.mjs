// Load at a fixed arrival rate. A latency counts from the moment the request was due, so that a server that stalls
// cannot hide it by making the load wait.
import http from 'node:http';

import {cpuOf} from './serveurs.mjs';

const agent = new http.Agent({keepAlive: true, maxSockets: 64});
/** Connections of its own for what must not stand in the way of the rest. */
export const apart = new http.Agent({keepAlive: true, maxSockets: 512});

/** One exchange: {status, body, headers}. Said again when a connection kept open was closed just as it was taken. */
export function send(exchange) {
    const {port, method = 'GET', path, headers = {}, body, through = agent} = exchange;
    return new Promise((done, failed) => {
        const request = http.request({host: '127.0.0.1', port, method, path, headers: body
            ? {'content-length': Buffer.byteLength(body), ...headers} : headers, agent: through}, (answer) => {
            const parts = [];
            answer.on('data', (part) => parts.push(part));
            answer.on('end', () => done({status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts)}));
        });
        request.on('error', (error) => (request.reusedSocket && error.code === 'ECONNRESET'
            ? send(exchange).then(done, failed) : failed(error)));
        request.end(body);
    });
}

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];

/**
 * Sends next(i) `rate` times a second during `seconds`. Gives the CPU ms a request cost to the processes of `pids()`,
 * p50 and p99 in ms, and how many answers were not `expected`.
 */
export async function load({rate, seconds, next, pids = () => [], expected = [200]}) {
    const total = Math.round(rate * seconds);
    const latencies = [];
    let wrong = 0;
    let bytes = 0;
    const before = cpuOf(pids());
    const start = performance.now();
    const pending = [];
    for (let i = 0; i < total; ++i) {
        const due = start + (i * 1000) / rate;
        const wait = due - performance.now();
        if (wait > 1) await new Promise((done) => setTimeout(done, wait));
        pending.push(send(next(i)).then((answer) => {
            latencies.push(performance.now() - due);
            bytes += answer.body.length;
            if (!expected.includes(answer.status)) ++wrong;
        }, () => { ++wrong; latencies.push(performance.now() - due); }));
    }
    await Promise.all(pending);
    const cpu = cpuOf(pids()) - before;
    latencies.sort((a, b) => a - b);
    return {requests: total, cpu: cpu / total, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99),
        bytes: Math.round(bytes / total), wrong, perSecond: (total * 1000) / (performance.now() - start)};
}
