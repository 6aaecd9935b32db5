// <textarea data-compteur="4000">: how many characters are left, said aloud only when few remain.
import {count, debounced, element} from './dom.ts';

export function countCharacters(): void {
    for (const area of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-compteur]')) {
        const limit = Number(area.dataset.compteur);
        if (!limit) continue;
        const shown = element('p', {class: 'logis-compteur', 'aria-hidden': 'true'});
        const spoken = element('p', {class: 'fr-sr-only', role: 'status'});
        area.after(shown, spoken);
        const speak = debounced(800, (text: string) => (spoken.textContent = text));
        const update = (): void => {
            const left = limit - [...area.value].length;
            const text = left >= 0 ? `Il reste ${count(left, 'caractère', 'caractères')}.`
                : `${count(-left, 'caractère', 'caractères')} de trop.`;
            shown.textContent = text;
            shown.classList.toggle('logis-compteur--depasse', left < 0);
            if (left < limit / 10) speak(text);
        };
        area.addEventListener('input', update);
        update();
    }
}
