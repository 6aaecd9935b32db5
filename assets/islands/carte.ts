// [data-carte]: the links that move the map ([data-carte-lien]) replace it without leaving the page, wheel and drag follow
// the same links. The server draws: without JavaScript they are plain links to the same addresses.

let coming: AbortController | undefined;

function link(map: HTMLElement, name: string): HTMLAnchorElement | undefined {
    return [...map.querySelectorAll<HTMLAnchorElement>('.logis-carte__outils a')].find(a => a.textContent === name);
}

/** Shows the map of this address in place of the one that stands there; the page itself when it cannot. */
async function go(href: string, focus: string | null): Promise<void> {
    coming?.abort();
    coming = new AbortController();
    const map = document.querySelector<HTMLElement>('[data-carte]');
    map?.setAttribute('aria-busy', 'true');
    try {
        const answer = await fetch(href, {headers: {Accept: 'text/html'}, signal: coming.signal});
        const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-carte]');
        if (!answer.ok || !fresh || !map) return location.assign(href);
        map.replaceWith(document.adoptNode(fresh));
        showMap();
        const now = document.querySelector<HTMLElement>('[data-carte]')!;
        if (focus) (link(now, focus) ?? now.querySelector<HTMLElement>('.logis-carte__cadre'))?.focus({preventScroll: true});
    } catch (error) {
        if (!(error instanceof DOMException && error.name === 'AbortError')) location.assign(href);
    }
}

function move(a: HTMLAnchorElement | undefined, focus: string | null): void {
    if (!a) return;
    history.pushState(null, '', a.href);
    void go(a.href, focus);
}

export function showMap(): void {
    const map = document.querySelector<HTMLElement>('[data-carte]');
    const frame = map?.querySelector<HTMLElement>('.logis-carte__cadre');
    if (!map || !frame) return;
    map.addEventListener('click', event => {
        const a = (event.target as Element).closest<HTMLAnchorElement>('a[data-carte-lien]');
        if (!a || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        // A link of the drawing is an SVG element: its address is an attribute.
        const href = new URL(a.getAttribute('href')!, location.href).href;
        history.pushState(null, '', href);
        void go(href, a.closest('.logis-carte__outils') ? a.textContent : '');
    });
    // Arrow keys on the frame, as on any map.
    frame.addEventListener('keydown', event => {
        if (event.target !== frame) return;
        const name = {ArrowLeft: 'Ouest', ArrowRight: 'Est', ArrowUp: 'Nord', ArrowDown: 'Sud', '+': 'Agrandir', '-': 'Réduire'}[event.key];
        if (!name) return;
        event.preventDefault();
        move(link(map, name), '');
    });
    let from: {x: number; y: number} | undefined;
    frame.addEventListener('pointerdown', event => {
        if (event.pointerType === 'mouse' && event.button === 0 && !(event.target as Element).closest('a')) from = {x: event.clientX, y: event.clientY};
    });
    frame.addEventListener('pointerup', event => {
        if (!from) return;
        const dx = event.clientX - from.x, dy = event.clientY - from.y;
        from = undefined;
        const far = frame.clientWidth / 6;
        if (Math.abs(dx) > Math.abs(dy) && Math.abs(dx) > far) move(link(map, dx > 0 ? 'Ouest' : 'Est'), null);
        else if (Math.abs(dy) > far / 2) move(link(map, dy > 0 ? 'Nord' : 'Sud'), null);
    });
}

addEventListener('popstate', () => {
    if (document.querySelector('[data-carte]')) void go(location.href, null);
});
