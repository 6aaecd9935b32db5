// Small things that several islands need.

let last = 0;

/** An id that no element of the page has. */
export function freshId(prefix: string): string {
    do last++;
    while (document.getElementById(`${prefix}-${last}`));
    return `${prefix}-${last}`;
}

/** Creates an element; the text is set as text, never read as HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Record<string, string> = {},
                                                              text?: string): HTMLElementTagNameMap[K] {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = text;
    return node;
}

/** Calls `work` once `milliseconds` have passed without another call. */
export function debounced<A extends unknown[]>(milliseconds: number, work: (...args: A) => void): (...args: A) => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    return (...args) => {
        clearTimeout(timer);
        timer = setTimeout(() => work(...args), milliseconds);
    };
}

/** Sets a field's value as if it had been typed: conditions and the draft hear of it. */
export function fill(field: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement, value: string): void {
    if (field.value === value) return;
    field.value = value;
    field.dispatchEvent(new Event('input', {bubbles: true}));
    field.dispatchEvent(new Event('change', {bubbles: true}));
}

/** « 1 photo », « 3 photos ». */
export function count(n: number, one: string, many: string): string {
    return `${n.toLocaleString('fr-FR')}\u00a0${n < 2 ? one : many}`;
}

export function bytes(n: number): string {
    if (n >= 1e6) return `${(n / 1e6).toLocaleString('fr-FR', {maximumFractionDigits: 1})}\u00a0Mo`;
    return `${Math.max(1, Math.round(n / 1e3)).toLocaleString('fr-FR')}\u00a0ko`;
}
