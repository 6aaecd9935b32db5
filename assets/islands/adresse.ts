// Address suggestions: an ARIA 1.2 combobox over a plain text field.
// <div data-adresses="/api/adresses" data-remplit="citycode=insee label=adresse_choisie"> around the field.
// The answer is GeoCodeJSON. Whatever is typed stays valid: choosing a suggestion is never required.
import {count, debounced, element, fill, freshId} from './dom.ts';

interface Feature {
    properties: Record<string, unknown>;
    geometry?: {coordinates?: [number, number]};
}

const shortest = 3;

function isFeature(value: unknown): value is Feature {
    return typeof value === 'object' && value !== null && 'properties' in value
        && typeof (value as Feature).properties === 'object';
}

class AddressBox {
    private readonly list: HTMLUListElement;
    private readonly live: HTMLElement;
    private readonly targets: Array<{property: string; field: HTMLInputElement}>;
    private suggestions: Feature[] = [];
    private active = -1;
    private request: AbortController | undefined;
    private chosen: string | undefined;

    constructor(private readonly box: HTMLElement, private readonly input: HTMLInputElement, private readonly source: string) {
        const form = input.form ?? document.body;
        this.targets = (box.dataset.remplit ?? '').split(' ').filter(pair => pair.includes('=')).flatMap(pair => {
            const [property = '', name = ''] = pair.split('=');
            const field = form.querySelector<HTMLInputElement>(`[name="${CSS.escape(name)}"]`);
            return field ? [{property, field}] : [];
        });
        this.list = element('ul', {id: freshId('adresses'), role: 'listbox', class: 'logis-adresse__liste',
            'aria-label': 'Adresses proposées'});
        this.list.hidden = true;
        this.live = element('p', {class: 'fr-sr-only', role: 'status'});
        input.after(this.list, this.live);
        input.setAttribute('role', 'combobox');
        input.setAttribute('aria-autocomplete', 'list');
        input.setAttribute('aria-expanded', 'false');
        input.setAttribute('aria-controls', this.list.id);
        input.setAttribute('autocomplete', 'off');

        const ask = debounced(200, () => void this.ask());
        input.addEventListener('input', event => {
            if (!event.isTrusted && this.chosen === this.input.value) return;
            this.forget();
            ask();
        });
        input.addEventListener('keydown', event => this.key(event));
        input.addEventListener('blur', () => this.close());
        // mousedown, not click: the field keeps the focus.
        this.list.addEventListener('mousedown', event => {
            event.preventDefault();
            const option = (event.target as Element).closest<HTMLElement>('[role="option"]');
            if (option) this.choose(Number(option.dataset.rang));
        });
    }

    /** What was filled from a suggestion no longer matches what is being typed. */
    private forget(): void {
        if (this.chosen === undefined || this.chosen === this.input.value) return;
        this.chosen = undefined;
        for (const {field} of this.targets) fill(field, '');
    }

    private async ask(): Promise<void> {
        const text = this.input.value.trim();
        this.request?.abort();
        if (text.length < shortest || text === this.chosen) return this.close();
        const request = (this.request = new AbortController());
        const address = new URL(this.source, location.href);
        address.searchParams.set('q', text);
        try {
            const answer = await fetch(address, {signal: request.signal, headers: {Accept: 'application/json'}});
            if (!answer.ok) return this.close();
            const body: unknown = await answer.json();
            const features = typeof body === 'object' && body !== null && 'features' in body
                ? (body as {features: unknown}).features : [];
            this.suggestions = Array.isArray(features) ? features.filter(isFeature).slice(0, 8) : [];
        } catch {
            // Aborted, or no network: the text typed is enough.
            return;
        }
        if (document.activeElement === this.input) this.show();
    }

    private label(feature: Feature): string {
        return String(feature.properties['label'] ?? feature.properties['name'] ?? '');
    }

    private show(): void {
        this.active = -1;
        this.input.removeAttribute('aria-activedescendant');
        this.list.replaceChildren(...this.suggestions.map((feature, i) => {
            const option = element('li', {id: `${this.list.id}-${i}`, role: 'option', 'aria-selected': 'false',
                'data-rang': String(i)}, this.label(feature));
            const context = feature.properties['context'];
            if (typeof context === 'string' && context)
                option.append(element('span', {class: 'logis-adresse__precision'}, context));
            return option;
        }));
        this.open(this.suggestions.length > 0);
        this.live.textContent = this.suggestions.length
            ? `${count(this.suggestions.length, 'adresse proposée', 'adresses proposées')}. `
                + 'Flèches haut et bas pour parcourir, Entrée pour choisir.'
            : 'Aucune adresse trouvée. Vous pouvez continuer avec ce que vous avez écrit.';
    }

    private open(opened: boolean): void {
        this.list.hidden = !opened;
        this.input.setAttribute('aria-expanded', String(opened));
    }

    private close(): void {
        this.open(false);
        this.active = -1;
        this.input.removeAttribute('aria-activedescendant');
        this.live.textContent = '';
    }

    private move(to: number): void {
        const options = [...this.list.children];
        if (!options.length) return;
        this.active = (to + options.length) % options.length;
        options.forEach((option, i) => option.setAttribute('aria-selected', String(i === this.active)));
        const option = options[this.active];
        if (!option) return;
        this.input.setAttribute('aria-activedescendant', option.id);
        option.scrollIntoView({block: 'nearest'});
    }

    private key(event: KeyboardEvent): void {
        if (event.isComposing) return;
        if (this.list.hidden) {
            if (event.key === 'ArrowDown' && this.suggestions.length && this.input.value.trim().length >= shortest) {
                event.preventDefault();
                this.show();
                this.move(0);
            }
            return;
        }
        switch (event.key) {
        case 'ArrowDown':
            event.preventDefault();
            this.move(this.active + 1);
            break;
        case 'ArrowUp':
            event.preventDefault();
            this.move(this.active < 0 ? -1 : this.active - 1);
            break;
        case 'Enter':
            if (this.active >= 0) {
                event.preventDefault();
                this.choose(this.active);
            }
            break;
        case 'Escape':
            event.preventDefault();
            event.stopPropagation();
            this.close();
            break;
        case 'Tab':
            if (this.active >= 0) this.choose(this.active);
            break;
        }
    }

    private choose(index: number): void {
        const feature = this.suggestions[index];
        if (!feature) return;
        const label = this.label(feature);
        this.chosen = label;
        fill(this.input, label);
        for (const {property, field} of this.targets) fill(field, this.property(feature, property));
        this.close();
        this.live.textContent = `Adresse choisie\u00a0: ${label}`;
        this.box.dispatchEvent(new CustomEvent('adresse-choisie', {bubbles: true, detail: feature.properties}));
    }

    private property(feature: Feature, name: string): string {
        const [longitude, latitude] = feature.geometry?.coordinates ?? [];
        if (name === 'lon') return longitude === undefined ? '' : String(longitude);
        if (name === 'lat') return latitude === undefined ? '' : String(latitude);
        const value = feature.properties[name];
        return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    }
}

export function completeAddresses(): void {
    for (const box of document.querySelectorAll<HTMLElement>('[data-adresses]')) {
        const input = box.querySelector<HTMLInputElement>('input[type="text"]');
        if (input && box.dataset.adresses) new AddressBox(box, input, box.dataset.adresses);
    }
}
