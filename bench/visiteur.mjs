// A person before the product: cookies, forms, the screens of a deposit.
import {createHash, randomBytes} from 'node:crypto';

import {send} from './charge.mjs';

export class Visitor {
    constructor(port, ip = '127.0.0.1') {
        this.port = port;
        this.cookies = new Map();
        this.ip = ip;
        this.csrf = '';
    }
    headers() {
        return {cookie: [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; '), 'x-forwarded-for': this.ip};
    }
    async exchange(method, path, form) {
        const body = form && new URLSearchParams({csrf: this.csrf, ...form}).toString();
        const answer = await send({port: this.port, method, path, body, headers: {...this.headers(),
            ...(body ? {'content-type': 'application/x-www-form-urlencoded'} : {})}});
        for (const line of answer.headers['set-cookie'] ?? []) {
            const [pair] = line.split(';');
            this.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
        }
        const text = answer.body.toString();
        this.csrf = /name="csrf" value="([^"]*)"/.exec(text)?.[1] ?? this.csrf;
        return {status: answer.status, location: answer.headers.location ?? '', text};
    }
    get(path) { return this.exchange('GET', path); }
    async post(path, form) {
        const answer = await this.exchange('POST', path, form);
        if (answer.status !== 303) throw new Error(`POST ${path}: ${answer.status}\n${answer.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').slice(0, 600)}`);
        return answer;
    }
    async login(email) {
        await this.get('/connexion');
        await this.post('/connexion', {email, mot_de_passe: 'Logis-demo-2026'});
    }
}

/** Who reports: a town hall whose access opens and an occupant who is told (the heaviest deposit), or a social worker. */
export const deposants = {
    mairie: {
        profil: {profil: 'agent_municipal'},
        coordonnees: {organisation: 'Mairie de Rouen', prenom: 'Paul', nom: 'Martin'},
        occupant: {occupe: 'oui', occupant_statut: 'locataire', occupant_prenom: 'Awa', occupant_nom: 'Diallo', occupant_prevenu: 'oui'},
    },
    travailleurSocial: {
        profil: {profil: 'travailleur_social'},
        coordonnees: {organisation: 'CMS de Rouen', prenom: 'Paul', nom: 'Martin'},
        occupant: {occupe: 'oui', occupant_statut: 'locataire', occupant_prenom: 'Awa', occupant_nom: 'Diallo', occupant_prevenu: 'non'},
    },
};

/** Fills the form of somebody who reports a danger, up to its last screen. Gives the token of the draft. */
export async function draft(visitor, email, deposant = deposants.mairie) {
    await visitor.get('/signaler');
    const first = await visitor.post('/signaler', {danger: 'oui'});
    let next = first.location;
    const answers = {
        adresse: {adresse_mode: 'manuelle', adresse_voie: '12 Rue Mesure', adresse_commune: 'Rouen'},
        ...deposant,
        coordonnees: {...deposant.coordonnees, email},
        danger: {description: 'Le plafond s’effondre sur le lit.', dangers_batiment: 'desordres_batiment_securite_toit'},
        fichiers: {},
    };
    for (let screens = 0; screens < 15; ++screens) {
        const [, token, screen] = /^\/signaler\/([^/]+)\/([^/?]+)/.exec(next);
        if (screen === 'verification') return token;
        if (!(screen in answers)) throw new Error(`the measure does not know the screen ${screen}`);
        await visitor.get(next);
        next = (await visitor.post(`/signaler/${token}/${screen}`, answers[screen])).location;
    }
    throw new Error('the form does not end');
}

/** `count` copies of a draft, as SQL, and their tokens: the form is filled once, sent many times. */
export function copies(token, count) {
    const sha = (text) => createHash('sha256').update(text).digest('hex');
    const tokens = Array.from({length: count}, () => randomBytes(24).toString('base64url'));
    const values = tokens.map((t) => `('${randomBytes(13).toString('hex').toUpperCase()}', '${sha(t)}')`).join(',\n');
    const sql = `WITH n(id, h) AS (VALUES ${values})
INSERT INTO brouillon (id, jeton_hash, reponses, etape, email, insee, territoire, cree_le, modifie_le)
SELECT n.id, n.h, REPLACE(REPLACE(b.reponses, 'mesure@', n.id || '@'), 'Rue Mesure', 'Rue ' || n.id), b.etape, b.email, b.insee, b.territoire, b.cree_le, b.modifie_le
FROM brouillon b CROSS JOIN n WHERE b.jeton_hash = '${sha(token)}';`;
    return {tokens, sql};
}
