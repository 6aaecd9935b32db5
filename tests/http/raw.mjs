// One connection as bytes: what a client sends is written here and nowhere else corrected. Knows no page.
import net from 'node:net';

export class Raw {
    /** `from`: an address of the loopback to come from, so that a test may be several networks. */
    constructor(platform, {from} = {}) {
        this.buffer = Buffer.alloc(0);
        this.waiting = [];
        this.ended = false;
        this.socket = net.connect({port: platform.port, host: '127.0.0.1', localAddress: from, allowHalfOpen: true});
        this.socket.setNoDelay(true);
        this.socket.on('data', piece => {
            this.buffer = Buffer.concat([this.buffer, piece]);
            this.wake();
        });
        for (const event of ['end', 'error', 'close']) this.socket.on(event, () => {
            this.ended = true;
            this.wake();
        });
    }

    wake() {
        for (const done of this.waiting.splice(0)) done();
    }

    send(bytes) {
        return new Promise(done => this.socket.destroyed ? done() : this.socket.write(bytes, () => done()));
    }

    /** Resolves to true once `ready()` holds, to false when the connection ends or the time is over before. */
    async until(ready, milliseconds) {
        const end = Date.now() + milliseconds;
        while (!ready()) {
            const left = end - Date.now();
            if (this.ended || left <= 0) return ready();
            await new Promise(done => {
                const timer = setTimeout(done, left);
                this.waiting.push(() => {
                    clearTimeout(timer);
                    done();
                });
            });
        }
        return true;
    }

    /** The next answer: {status, head, body}, with `whole` false when the connection ended before its end. */
    async answer({headOnly = false, milliseconds = 10_000} = {}) {
        if (!await this.until(() => this.buffer.includes('\r\n\r\n'), milliseconds)) return {status: 0, head: '', body: '', whole: false};
        const end = this.buffer.indexOf('\r\n\r\n');
        const head = this.buffer.subarray(0, end + 2).toString();
        this.buffer = this.buffer.subarray(end + 4);
        const status = Number(head.slice(9, 12));
        const length = /\r\ncontent-length: (\d+)\r\n/i.exec(head);
        const bodiless = headOnly || status < 200 || status === 204 || status === 304;
        const size = bodiless ? 0 : Number(length?.[1] ?? 0);
        const whole = await this.until(() => this.buffer.length >= size, milliseconds);
        const body = this.buffer.subarray(0, size).toString();
        this.buffer = this.buffer.subarray(size);
        return {status, head, body, whole};
    }

    /** Whether the server ends the connection in time, having said nothing more. */
    async closed(milliseconds = 5000) {
        await this.until(() => false, milliseconds);
        return this.ended && this.buffer.length === 0;
    }

    destroy() {
        this.socket.destroy();
    }
}

/** A connection for one request: its answer. */
export async function ask(platform, bytes, options = {}) {
    const raw = new Raw(platform, options);
    await raw.send(bytes);
    const answer = await raw.answer(options);
    raw.destroy();
    return answer;
}

export const get = (path, headers = '') => `GET ${path} HTTP/1.1\r\nHost: logis\r\n${headers}\r\n`;
export const post = (path, body, headers = '') =>
    `POST ${path} HTTP/1.1\r\nHost: logis\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
    `Content-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`;
