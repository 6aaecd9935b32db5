// Somebody who fills forms without a browser: cookies, anti-forgery token, redirections. Knows no page.

const entities = {'&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&#x27;': "'", '&amp;': '&'};
const readable = html => html.replace(/&(lt|gt|quot|#39|#x27|amp);/g, all => entities[all]);

export class Visitor {
    /** `address` stands for the visitor's own, behind the proxy that the loopback is in tests. */
    constructor(platform, address = '203.0.113.1') {
        this.platform = platform;
        this.address = address;
        this.cookies = new Map();
        this.token = '';
    }

    async send(method, path, body) {
        const response = await fetch(this.platform.url + path, {
            method, body, redirect: 'manual',
            headers: {accept: 'text/html', 'x-forwarded-for': this.address,
                cookie: [...this.cookies].map(pair => pair.join('=')).join('; ')},
        });
        for (const line of response.headers.getSetCookie?.() ?? [response.headers.get('set-cookie')].filter(Boolean)) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
            this.cookies.set(name, value);
        }
        const text = readable(await response.text());
        this.token = /name="csrf" value="([^"]*)"/.exec(text)?.[1] ?? this.token;
        return {status: response.status, location: response.headers.get('location') ?? '', text};
    }

    get(path) {
        return this.send('GET', path);
    }

    /** Fields and files: {name: text or Blob}. Throws when the answer is neither 303 nor one of `accepted`. */
    async post(path, fields, accepted = [303]) {
        const files = Object.values(fields).some(value => value instanceof Blob);
        const body = files ? new FormData() : new URLSearchParams();
        body.append('csrf', this.token);
        for (const [name, value] of Object.entries(fields))
            value instanceof Blob ? body.append(name, value, value.name ?? 'photo.jpg') : body.append(name, value);
        const answer = await this.send('POST', path, body);
        if (!accepted.includes(answer.status))
            throw new Error(`POST ${path}: ${answer.status} ${answer.text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').slice(0, 800)}`);
        return answer;
    }
}
