// <div data-envoi data-octets-max="…" data-liste="id">: sends each chosen file at once, one request per file, with
// its progress. Contract with the server:
//   POST to data-envoi="/…" or, when it is empty, to the form's action; multipart: the form's text fields and ONE
//   file under the field's own name, with Accept: application/json.
//   2xx: the file is kept, and prepared afterwards (attente.ts). When data-liste names an element, the island reads the page again and takes that element
//   from it, since lists are written by the server only.
//   4xx: {"title" | "detail" | "message": "why"} says what the person can do.
// With data-televersements="/…" and data-tus="/…" (the client of it), files are sent so that a cut network costs nothing
// (reprise.ts); where that cannot be, as above.
// Without JavaScript the same field is sent with the form.
import {watchWaiting} from './attente.ts';
import {bytes, count, element} from './dom.ts';
import {sendResumably} from './reprise.ts';

interface Row {
    line: HTMLLIElement;
    progress: HTMLProgressElement;
    state: HTMLElement;
}

class Uploader {
    private readonly rows: HTMLUListElement;
    private readonly live: HTMLElement;
    private queue: File[] = [];
    private sending = false;
    private sent = 0;
    private refused = 0;

    constructor(private readonly box: HTMLElement, private readonly input: HTMLInputElement, private readonly form: HTMLFormElement) {
        this.rows = element('ul', {class: 'logis-envois', 'aria-label': 'Fichiers en cours d’envoi'});
        this.rows.hidden = true;
        this.live = element('p', {class: 'fr-sr-only', role: 'status'});
        box.append(this.rows, this.live);
        // A button that only sends what was chosen has nothing left to send.
        box.classList.add('logis-depot--direct');
        input.addEventListener('change', () => this.take(input.files));
        // Fetched while there is a network.
        if (box.dataset.tus) void import(box.dataset.tus).catch(() => undefined);
        for (const name of ['dragenter', 'dragover', 'dragleave', 'drop'])
            box.addEventListener(name, event => {
                event.preventDefault();
                box.classList.toggle('logis-depot--survol', name === 'dragenter' || name === 'dragover');
            });
        box.addEventListener('drop', event => this.take(event.dataTransfer?.files ?? null));
    }

    private take(files: FileList | null): void {
        if (!files?.length) return;
        this.queue.push(...files);
        // The field is emptied so that the form does not send the same files again.
        this.input.value = '';
        if (!this.sending) void this.run();
    }

    private async run(): Promise<void> {
        this.sending = true;
        this.sent = this.refused = 0;
        for (let file = this.queue.shift(); file; file = this.queue.shift()) {
            const row = this.add(file);
            const reason = this.refusal(file) ?? (await this.send(file, row));
            if (reason === null) {
                this.sent++;
                row.progress.remove();
                row.state.dataset.etat = 'envoye';
                row.state.textContent = 'Envoyé';
            } else {
                this.refused++;
                row.progress.remove();
                row.state.dataset.etat = 'refuse';
                row.state.textContent = reason;
            }
        }
        this.sending = false;
        if (this.sent) await this.refreshList();
        watchWaiting();
        this.live.textContent = [
            this.sent ? `${count(this.sent, 'fichier envoyé', 'fichiers envoyés')}.` : '',
            this.refused ? `${count(this.refused, 'fichier refusé', 'fichiers refusés')}\u00a0: la raison est écrite à côté de son nom.` : '',
        ].join(' ').trim();
    }

    /** Why this file need not even be sent; null when it may be. */
    private refusal(file: File): string | null {
        const limit = Number(this.box.dataset.octetsMax ?? 0);
        if (limit && file.size > limit) return `Trop lourd\u00a0: ${bytes(file.size)}, pour ${bytes(limit)} au plus.`;
        if (file.size === 0) return 'Ce fichier est vide.';
        const accepted = this.input.accept.split(',').map(extension => extension.trim().toLowerCase()).filter(Boolean);
        const name = file.name.toLowerCase();
        if (accepted.length && !accepted.some(extension => extension.startsWith('.') ? name.endsWith(extension)
            : file.type === extension || (extension.endsWith('/*') && file.type.startsWith(extension.slice(0, -1)))))
            return 'Ce format n’est pas accepté ici.';
        return null;
    }

    private add(file: File): Row {
        const line = element('li');
        const progress = element('progress', {max: '100', 'aria-label': `Envoi de ${file.name}`});
        const state = element('span', {}, 'En attente');
        line.append(element('span', {}, `${file.name} (${bytes(file.size)}) – `), state, progress);
        this.rows.hidden = false;
        this.rows.append(line);
        return {line, progress, state};
    }

    private async send(file: File, row: Row): Promise<string | null> {
        const {televersements, tus} = this.box.dataset;
        if (!televersements || !tus) return this.sendWhole(file, row);
        const precisions: Record<string, string> = {};
        let token = '';
        for (const [name, value] of new FormData(this.form))
            if (typeof value !== 'string') continue;
            else if (name === 'csrf') token = value;
            else precisions[name] = value;
        row.state.textContent = 'Envoi…';
        const outcome = await sendResumably(file, {module: tus, collection: televersements, token, precisions}, {
            progress: part => this.show(row, part),
            waiting: away => {
                if (away) row.state.textContent = 'En attente du réseau. L’envoi reprendra seul.';
                this.live.textContent = away
                    ? 'La connexion est coupée. Gardez cette page ouverte : l’envoi reprendra seul dès qu’elle reviendra.'
                    : 'La connexion est revenue : l’envoi reprend.';
            },
        }, reasonOf);
        if (outcome === 'plain') return this.sendWhole(file, row);
        return outcome === 'sent' ? null : outcome.refused;
    }

    private show(row: Row, part: number): void {
        row.progress.value = part;
        row.state.textContent = part < 100 ? `${part} %` : 'Vérification du fichier…';
    }

    private sendWhole(file: File, row: Row): Promise<string | null> {
        const body = new FormData();
        for (const [name, value] of new FormData(this.form)) if (typeof value === 'string') body.append(name, value);
        body.append(this.input.name, file, file.name);
        return new Promise(done => {
            const request = new XMLHttpRequest();
            request.open('POST', this.box.dataset.envoi || this.form.action);
            request.setRequestHeader('Accept', 'application/json');
            request.responseType = 'text';
            request.upload.addEventListener('progress', event => {
                if (event.lengthComputable) this.show(row, Math.round((100 * event.loaded) / event.total));
            });
            request.addEventListener('load', () => {
                if (request.status >= 200 && request.status < 300) return done(null);
                done(reasonOf(request.responseText) ?? (request.status === 413 ? 'Ce fichier est trop lourd.'
                    : 'Le fichier n’a pas pu être enregistré. Réessayez.'));
            });
            request.addEventListener('error', () => done('La connexion a été coupée. Choisissez de nouveau ce fichier.'));
            request.addEventListener('timeout', () => done('L’envoi a duré trop longtemps. Réessayez.'));
            request.timeout = 180_000;
            row.state.textContent = 'Envoi…';
            request.send(body);
        });
    }

    /** The list of files is the server's: it is taken again from the page itself. */
    private async refreshList(): Promise<void> {
        const id = this.box.dataset.liste;
        const list = id ? document.getElementById(id) : null;
        if (!id || !list) return;
        try {
            const answer = await fetch(location.href, {headers: {Accept: 'text/html'}});
            if (!answer.ok) return;
            const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(id);
            if (!fresh) return;
            list.replaceWith(document.adoptNode(fresh));
            // What is in the list needs no line here.
            for (const done of this.rows.querySelectorAll('[data-etat="envoye"]')) done.parentElement?.remove();
            this.rows.hidden = this.rows.children.length === 0;
        } catch {
            // The files are kept; the list will show them on the next page.
        }
    }
}

function reasonOf(text: string): string | null {
    try {
        const body: unknown = JSON.parse(text);
        if (typeof body !== 'object' || body === null) return null;
        for (const key of ['message', 'detail', 'title'] as const) {
            const value = (body as Record<string, unknown>)[key];
            if (typeof value === 'string' && value) return value;
        }
    } catch {
        // Not JSON: a proxy answered.
    }
    return null;
}

export function sendFiles(): void {
    for (const box of document.querySelectorAll<HTMLElement>('[data-envoi]')) {
        const input = box.querySelector<HTMLInputElement>('input[type="file"]');
        if (input?.form) new Uploader(box, input, input.form);
    }
}
