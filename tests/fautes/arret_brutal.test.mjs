// A report whose reference was shown survives the end of the process, whatever the process was doing.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, test} from '../support/test.mjs';
import {engines, Platform, root, sleep} from '../support/server.mjs';
import {envoyer, manques, remplir} from './charge.mjs';

const photo = new Blob([readFileSync(join(root, 'demo/photos/plafond-humide.jpg'))], {type: 'image/jpeg'});

for (const engine of engines()) {
    let platform;
    after(() => platform?.remove());

    test(`un signalement confirmé est retrouvé après un arrêt brutal (${engine})`, async () => {
        platform = new Platform({engine, env: {LOGIS_TRUSTED_PROXIES: '127.0.0.1'}});
        await platform.start();
        const depots = [];
        for (const fichier of [undefined, photo, undefined]) {
            depots.push(await envoyer(await remplir(platform, {fichier})));
            await platform.kill(); // right after the confirmation was received
            await platform.start();
            for (const depot of depots) assert.deepEqual(await manques(platform, depot), []);
        }
        assert.equal(new Set(depots.map(depot => depot.reference)).size, depots.length, 'no number twice');
    });

    test(`un envoi interrompu par l’arrêt, puis refait, donne un signalement et un seul (${engine})`, async () => {
        for (const delay of [0, 4, 8, 16]) {
            const depot = await remplir(platform);
            const shown = envoyer(depot).catch(() => null);
            await sleep(delay);
            await platform.kill();
            await shown;
            await platform.start();
            // The person sends again, from the page that stayed open.
            assert.deepEqual(await manques(platform, await envoyer(depot)), [], `killed after ${delay} ms`);
        }
        assert.equal(await platform.stop(), 0);
    });
}
