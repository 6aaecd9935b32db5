// Sends one file so that a cut network costs nothing: what has arrived is kept, and the rest follows by itself when the
// network is back (tus 1.0.0: docs/adr/0016). Shows nothing: envoi.ts does. The address of an unfinished upload stays in
// sessionStorage under a digest of the file, so that choosing it again after a reload goes on from there.
import type {Upload} from './tus.ts';

/** « plain »: nothing was sent and this way is closed here; the form's own way is left. */
export type Outcome = 'sent' | 'plain' | {refused: string};

export interface Watcher {
    progress(part: number): void;
    /** The network is away, or back. */
    waiting(away: boolean): void;
}

export interface Target {
    module: string; // address of tus.ts
    collection: string; // where uploads are created
    token: string;
    precisions: Record<string, string>;
}

const piece = 1 << 20; // what a proxy that keeps a body to itself may lose
const patience = 30 * 60_000; // without a byte getting through
const silence = 5 * 60_000; // longer than the slowest network we take needs for a piece: this connection is dead
const prefix = 'logis-envoi-';

/** Two 32-bit FNV-1a digests: tells the files of one person apart, and says nothing of their names. */
function digest(text: string): string {
    let a = 0x811c9dc5, b = 0x01000193;
    for (let i = 0; i < text.length; i++) {
        a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
        b = Math.imul(b ^ text.charCodeAt(text.length - 1 - i), 0x811c9dc5);
    }
    return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}

function remembered(key: string): string | null {
    try {
        return sessionStorage.getItem(key);
    } catch {
        return null; // storage is refused: a cut is still resumed, a reload is not
    }
}

function remember(key: string, url: string | null): void {
    try {
        if (url) sessionStorage.setItem(key, url);
        else sessionStorage.removeItem(key);
    } catch {
        // As above.
    }
}

/** Resolves when the browser says that it is online, or after a moment: it does not always know. */
function networkOrAfter(milliseconds: number): Promise<void> {
    return new Promise(done => {
        const timer = setTimeout(go, milliseconds);
        addEventListener('online', go);
        function go(): void {
            clearTimeout(timer);
            removeEventListener('online', go);
            done();
        }
    });
}

interface Failure {
    originalResponse?: {getStatus(): number; getBody(): string} | null;
}

export async function sendResumably(file: File, target: Target, watcher: Watcher,
                                    reasonOf: (text: string) => string | null): Promise<Outcome> {
    let library: typeof import('./tus.ts');
    try {
        library = await import(target.module) as typeof import('./tus.ts');
    } catch {
        return 'plain';
    }
    const key = prefix + digest([target.collection, file.name, file.size, file.lastModified,
        ...Object.values(target.precisions)].join('\n'));
    let alive = Date.now(), pieces = 0, away = false;

    const attempt = (): Promise<Failure | null> => new Promise(settle => {
        let timer: ReturnType<typeof setTimeout>;
        const done = (failure: Failure | null) => {
            clearTimeout(timer);
            settle(failure);
        };
        const listen = () => {
            clearTimeout(timer);
            timer = setTimeout(() => void upload.abort().then(() => done({}), () => done({})), silence);
        };
        const url = remembered(key);
        const upload: Upload = new library.Upload(file, {
            endpoint: target.collection,
            ...(url ? {uploadUrl: url} : {}),
            chunkSize: piece,
            retryDelays: [0, 1000],
            headers: {'X-CSRF-Token': target.token, Accept: 'application/json'},
            metadata: {filename: file.name, ...target.precisions},
            storeFingerprintForResuming: false,
            onUploadUrlAvailable: () => remember(key, upload.url),
            onProgress: sent => {
                listen();
                watcher.progress(Math.round((100 * sent) / Math.max(1, file.size)));
            },
            onChunkComplete: () => {
                pieces++;
                alive = Date.now();
                if (away) watcher.waiting(away = false);
            },
            onSuccess: () => done(null),
            onError: error => done(error as Failure),
        });
        listen();
        upload.start();
    });

    for (let pause = 1000; ; pause = Math.min(pause * 2, 15_000)) {
        const before = pieces;
        const failure = await attempt();
        if (!failure) {
            remember(key, null);
            return 'sent';
        }
        const status = failure.originalResponse?.getStatus() ?? 0;
        const lost = status === 0 || status === 408 || status === 409 || status === 423 || status >= 500;
        if (!lost) {
            remember(key, null);
            if (status === 429) return 'plain'; // too many begun and not ended: the form's own way has its own limits
            const reason = reasonOf(failure.originalResponse?.getBody() ?? '');
            return reason ? {refused: reason} : 'plain';
        }
        if (Date.now() - alive > patience)
            return {refused: 'La connexion est coupée depuis longtemps. Choisissez de nouveau ce fichier\u00a0: l’envoi reprendra où il en était.'};
        if (pieces > before) pause = 1000;
        if (!away) watcher.waiting(away = true);
        await networkOrAfter(pause);
    }
}
