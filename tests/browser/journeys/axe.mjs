// P42: no page has a serious finding of axe-core, in light and in dark.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { findings } from '../world/axe.mjs';
import { walk } from '../world/walk.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();

for (const colorScheme of ['light', 'dark']) {
    for (const name of ['stranger', 'ada', 'carol']) {
        test(`every page of ${name} is accessible in ${colorScheme}`, async () => {
            const options = { colorScheme, reducedMotion: 'reduce' };
            const page = name === 'stranger' ? await world.visitor('studio', options) : await world.signedIn(name, options);
            const found = [];
            let looked = 0;
            await walk(page, async page => {
                // A file shown by itself is the browser's own viewer, not a page of ours.
                if (new URL(page.url()).pathname.endsWith('/content')) return;
                looked += 1;
                found.push(...await findings(page));
            });
            assert.ok(looked > 0);
            assert.deepEqual(found, []);
        });
    }
}
