// A thread of slow clients: each opens a connection, begins something and never ends it, one byte a second. Told by
// its parent what to open; says how many connections the server has ended.
import net from 'node:net';
import {parentPort, workerData} from 'node:worker_threads';

const {port, number, from, begin, drip} = workerData;
const sockets = [];
let opened = 0;
let ended = 0;
for (let i = 0; i < number; ++i) {
    const socket = net.connect({port, host: '127.0.0.1', localAddress: from[i % from.length]});
    socket.on('connect', () => {
        socket.write(begin[i % begin.length]);
        if (++opened === number) parentPort.postMessage({opened});
    });
    socket.on('data', () => {});
    socket.on('error', () => {});
    socket.on('close', () => parentPort.postMessage({ended: ++ended}));
    sockets.push(socket);
}
// A tenth of them every tenth of a second: one byte a second each.
let turn = 0;
setInterval(() => {
    for (let i = turn++ % 10; i < sockets.length; i += 10) if (sockets[i].writable) sockets[i].write(drip);
}, 100).unref();
parentPort.on('message', () => {
    for (const socket of sockets) socket.destroy();
    process.exit();
});
