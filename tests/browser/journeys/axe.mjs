// P42: no page has a serious finding of axe-core, in light and in dark, with whatever can be opened over it.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { findings } from '../world/axe.mjs';
import { addressesInMails, atSetUp } from '../world/doors.mjs';
import { overlays } from '../world/overlays.mjs';
import { kindOf, kinds, walk } from '../world/walk.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile('demo', { stripe: true });

let sent;
const addresses = () => sent ??= addressesInMails(world);

/** Why axe has nothing to look at there. */
const noPages = {};

for (const colorScheme of ['light', 'dark']) {
    const look = { colorScheme, reducedMotion: 'reduce' };
    const looked = new Set();

    for (const name of ['stranger', 'ada', 'carol']) {
        test(`every page of ${name} is accessible in ${colorScheme}`, async () => {
            const page = name === 'stranger' ? await world.visitor('studio', look) : await world.signedIn(name, look);
            const found = [];
            const visited = await walk(page, async page => {
                // A file shown by itself is the browser's own viewer, not a page of ours.
                if (!new URL(page.url()).pathname.endsWith('/content')) found.push(...await findings(page));
            });
            assert.ok(visited.size > 0);
            assert.deepEqual(found, []);
            visited.forEach(kind => looked.add(kind));
        });
    }

    for (const [name, opening] of Object.entries(overlays)) {
        test(`what opens over the pages of ${name} is accessible in ${colorScheme}`, async () => {
            const page = await world.signedIn(name, look);
            const found = [];
            for (const [what, open] of Object.entries(opening)) {
                await open(page);
                found.push(...(await findings(page)).map(finding => `${what}: ${finding}`));
            }
            assert.deepEqual(found, []);
        });
    }

    test(`the pages behind the links of mails, and the set-up, are accessible in ${colorScheme}`, async () => {
        const found = [];
        const visitor = await world.visitor('studio', look);
        for (const address of Object.values(await addresses())) {
            assert.equal((await visitor.goto(address)).status(), 200);
            found.push(...await findings(visitor));
            looked.add(kindOf(new URL(address).pathname));
        }
        await atSetUp(look, async page => {
            await page.getByRole('button', { name: 'Start' }).waitFor();
            found.push(...await findings(page));
            looked.add(kindOf(new URL(page.url()).pathname));
        });
        assert.deepEqual(found, []);
    });

    test(`every page that the program can answer with was looked at in ${colorScheme}`, () => {
        assert.deepEqual(kinds.filter(kind => !looked.has(kind) && !noPages[kind]), [], 'neither looked at nor known for no page');
        assert.deepEqual(Object.keys(noPages).filter(kind => looked.has(kind)), [], 'pages after all');
    });
}
