// P42: no page has a serious finding of axe-core, in light and in dark.

import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { walk } from '../world/walk.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

for (const colorScheme of ['light', 'dark']) {
    for (const name of ['stranger', 'ada', 'carol']) {
        test(`every page of ${name} is accessible in ${colorScheme}`, async () => {
            const options = { colorScheme, reducedMotion: 'reduce' };
            const page = name === 'stranger' ? await world.visitor('studio', options) : await world.signedIn(name, options);
            const findings = [];
            let looked = 0;
            await walk(page, async page => {
                // A file shown by itself is the browser's own viewer, not a page of ours.
                if (new URL(page.url()).pathname.endsWith('/content')) return;
                // As a debugger would: the page's own policy lets no foreign script in.
                await page.evaluate(axe);
                const { violations } = await page.evaluate('axe.run()');
                const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
                looked += 1;
                for (const { id, nodes } of serious) {
                    findings.push(`${new URL(page.url()).pathname}: ${id}: ${nodes.map(node => node.html).join(' ').slice(0, 300)}`);
                }
            });
            assert.ok(looked > 0);
            assert.deepEqual(findings, []);
        });
    }
}
