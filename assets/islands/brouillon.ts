// <form data-autosave="/…">: sends the form there while it is being filled, and says so.
// The server answers 2xx when it kept the draft; a JSON answer may hold {"message": "…"}.
import {debounced} from './dom.ts';

function now(): string {
    return new Date().toLocaleTimeString('fr-FR', {hour: '2-digit', minute: '2-digit'}).replace(':', '\u00a0h\u00a0');
}

export function saveDrafts(): void {
    for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) {
        const address = form.dataset.autosave;
        if (!address) continue;
        const status = form.querySelector<HTMLElement>('[data-autosave-etat]');
        const say = (text: string): void => {
            if (status && status.textContent !== text) status.textContent = text;
        };
        let saved = content(form);
        let running = false;
        let again = false;

        const save = async (): Promise<void> => {
            if (running) {
                again = true;
                return;
            }
            const body = content(form);
            if (body === saved || form.dataset.envoye !== undefined) return;
            running = true;
            try {
                const answer = await fetch(address, {method: 'POST', body, keepalive: body.length < 60_000,
                    headers: {'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json'}});
                if (!answer.ok) throw new Error(String(answer.status));
                saved = body;
                say(`Brouillon enregistré à ${now()}.`);
            } catch {
                say('Le brouillon n’a pas pu être enregistré. Vos réponses seront envoyées avec le bouton en bas de page.');
            } finally {
                running = false;
                if (again) {
                    again = false;
                    void save();
                }
            }
        };
        const later = debounced(1500, () => void save());
        form.addEventListener('input', later);
        form.addEventListener('change', later);
        document.addEventListener('visibilitychange', () => {
            if (document.visibilityState === 'hidden') void save();
        });
    }
}

/** The text fields of the form: files travel on their own. */
function content(form: HTMLFormElement): string {
    const pairs = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') pairs.append(name, value);
    return pairs.toString();
}
