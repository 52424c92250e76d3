// A portal taken home: Carol unpacks it and opens its first page as a file, on a phone and on a large window, in light and in
// dark, with JavaScript and without.

import { strict as assert } from 'node:assert';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { findings } from '../world/axe.mjs';
import { misfits } from '../world/fit.mjs';
import { field, openPortal, press } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const portal = 'Acme website relaunch';

/** Of an archive that stores its files as they are (APPNOTE 4.3.12 and 4.5.3: lengths of 64 bits). */
function unpack(bytes, folder) {
    const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
    let at = bytes.readUInt32LE(end + 16);
    const count = bytes.readUInt16LE(end + 10);
    for (let entry = 0; entry < count; entry += 1) {
        const nameLength = bytes.readUInt16LE(at + 28);
        const extraLength = bytes.readUInt16LE(at + 30);
        const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
        const extra = at + 46 + nameLength + 4;
        const size = Number(bytes.readBigUInt64LE(extra));
        const header = Number(bytes.readBigUInt64LE(extra + 16));
        const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), bytes.subarray(start, start + size));
        at += 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32);
    }
}

async function addNote(ada) {
    await openPortal(ada, portal);
    await press(ada, 'Add note');
    await field(ada, 'Title').fill('Where the lanterns hang');
    await field(ada, 'Note').fill('Beside the **ferryman**, as agreed.');
    await press(ada, 'Save');
    await ada.locator('#items').getByRole('link', { name: 'Where the lanterns hang' }).waitFor();
}

test('a portal that was taken home opens without a server', async t => {
    const folder = mkdtempSync(join(tmpdir(), 'portico-offline-'));
    t.after(() => rmSync(folder, { recursive: true }));
    await addNote(await world.signedIn('ada'));
    const carol = await world.signedIn('carol', { viewport: { width: 360, height: 740 } });
    await carol.goto('/');
    await carol.locator('main').getByRole('link', { name: portal }).first().click();
    const [download] = await Promise.all([carol.waitForEvent('download'), carol.getByRole('link', { name: 'Save a copy' }).click()]);
    unpack(readFileSync(await download.path()), folder);
    const first = pathToFileURL(join(folder, 'index.html')).href;

    for (const javaScriptEnabled of [true, false]) {
        for (const colorScheme of ['light', 'dark']) {
            for (const width of [360, 1280]) {
                await t.test(`${width} px, ${colorScheme}, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
                    const page = await world.visitor('studio', { viewport: { width, height: 800 }, colorScheme, javaScriptEnabled });
                    const said = [];
                    page.on('console', message => said.push(message.text()));
                    page.on('request', request => {
                        if (!request.url().startsWith('file:')) said.push(`asked for ${request.url()}`);
                    });
                    await page.goto(first);
                    await page.getByRole('heading', { level: 1, name: portal }).waitFor();
                    await page.getByRole('link', { name: 'Where the lanterns hang' }).click();
                    assert.equal(await page.locator('.prose strong').innerText(), 'ferryman');
                    await page.getByRole('link', { name: 'All pages and search' }).click();
                    await page.getByRole('link', { name: 'Where the lanterns hang' }).waitFor();
                    if (javaScriptEnabled) {
                        await page.getByLabel('Search').fill('ferrym');
                        assert.equal(await page.locator('[data-offline-results] a').count(), 1);
                        assert.deepEqual([...await misfits(page), ...await findings(page)], []);
                        await page.locator('[data-offline-results] a').click();
                        await page.getByText('as agreed').waitFor();
                        await page.getByRole('link', { name: portal }).click();
                        assert.deepEqual([...await misfits(page), ...await findings(page)], []);
                    }
                    assert.deepEqual(said, []);
                    await page.context().close();
                });
            }
        }
    }
});
