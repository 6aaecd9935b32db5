// A network that cuts: everything goes through to `port`, but each connection is broken after so many bytes sent, drawn
// from a seed, as long as there are cuts left. Knows no page.
import net from 'node:net';

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function tirage(seed) {
    return () => {
        seed = (seed + 0x6d2b79f5) | 0;
        let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
}

export class Coupeur {
    /** `coupures`: how many connections are cut; `entre`: after how many bytes sent, at least and at most. */
    constructor(port, {graine = 1, coupures = 0, entre = [1, 100_000]} = {}) {
        Object.assign(this, {port, coupures, entre, faites: 0, avant: Infinity, ferme: false, ouvertes: new Set()});
        const hasard = tirage(graine);
        this.serveur = net.createServer(client => {
            if (this.ferme) return client.destroy();
            const server = net.connect({port: this.port, host: '127.0.0.1'});
            const both = [client, server];
            this.ouvertes.add(both);
            const end = () => {
                for (const socket of both) socket.destroy();
                this.ouvertes.delete(both);
            };
            for (const socket of both) socket.on('error', end).on('close', end);
            const [least, most] = this.entre;
            let left = this.coupures > 0 ? least + Math.floor(hasard() * (most - least)) : Infinity;
            client.on('data', bytes => {
                this.avant -= bytes.length;
                if (this.avant <= 0) return this.tomber();
                if (bytes.length < left) {
                    left -= bytes.length;
                    server.write(bytes);
                } else if (this.coupures > 0) {
                    this.coupures--;
                    this.faites++;
                    server.write(bytes.subarray(0, left), end);
                } else {
                    left = Infinity; // this one was due to be cut, and others were instead
                    server.write(bytes);
                }
            });
            server.on('data', bytes => client.write(bytes));
        });
    }

    async ecouter() {
        await new Promise(done => this.serveur.listen(0, '127.0.0.1', done));
        this.url = `http://127.0.0.1:${this.serveur.address().port}`;
        return this;
    }

    /** Falls by itself once so many bytes more have been sent. */
    tomberApres(octets) {
        this.avant = octets;
    }

    /** No network at all, until retablir(). */
    tomber() {
        this.ferme = true;
        this.avant = Infinity;
        for (const both of this.ouvertes) for (const socket of both) socket.destroy();
    }

    retablir() {
        this.ferme = false;
    }

    async fermer() {
        this.tomber();
        await new Promise(done => this.serveur.close(done));
    }
}
