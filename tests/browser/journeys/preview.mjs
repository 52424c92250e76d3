// Looking at files in place: page by page, at any place in a recording, as a list and as a grid; on a phone too.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { eventually } from '../world/server.mjs';
import { openPortal } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const portal = 'Acme website relaunch';
const phone = { viewport: { width: 360, height: 740 } };

/** Eight seconds of a tone that falls, as WAV with 8,000 samples a second of 8 bits each. */
function recording() {
    const samples = Buffer.from(Array.from({ length: 64_000 }, (_, at) => 128 + 40 * Math.sin(at / (8 + at / 8_000))));
    const header = Buffer.from('RIFF....WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data....', 'latin1');
    header.writeUInt32LE(36 + samples.length, 4);
    header.writeUInt32LE(samples.length, 40);
    return Buffer.concat([header, samples]);
}

test('P33, P40: a client looks at files in place', async t => {
    const carol = await world.signedIn('carol', phone);
    const ada = await world.signedIn('ada');

    await t.test('the pages of a PDF, one after the other, on a phone', async () => {
        await openPortal(carol, portal);
        await carol.getByRole('link', { name: 'Brand handbook.pdf' }).click();
        const page = carol.getByRole('img', { name: 'Page 1 of 40' });
        await page.waitFor();
        await eventually('the page is drawn', () => page.evaluate(image => image.complete && image.naturalWidth > 1000));
        await carol.getByRole('link', { name: 'Next page' }).press('Enter');
        await carol.getByRole('img', { name: 'Page 2 of 40' }).waitFor();
        await carol.getByLabel('Page', { exact: true }).fill('7');
        await carol.getByLabel('Page', { exact: true }).press('Enter');
        await carol.getByText('The quarterly retainer covers').waitFor();
        await carol.goBack();
        await carol.getByRole('img', { name: 'Page 2 of 40' }).waitFor();
    });

    await t.test('closer, within a frame that scrolls, and no wider than the phone', async () => {
        await carol.getByRole('link', { name: 'Zoom in' }).click();
        const frame = carol.getByRole('region', { name: 'Page 2 of 40' }).first();
        await frame.waitFor();
        assert.ok(await frame.evaluate(sheet => sheet.scrollWidth > sheet.clientWidth));
        assert.ok(await carol.evaluate(() => document.documentElement.scrollWidth <= 360));
    });

    await t.test('a recording, from any place on', async () => {
        await openPortal(ada, portal);
        await ada.setInputFiles('input[type=file][name=files]', { name: 'Tone.wav', mimeType: 'audio/wav', buffer: recording() });
        await ada.getByRole('link', { name: 'Tone.wav' }).click();
        const audio = ada.locator('audio');
        await eventually('its length is known', () => audio.evaluate(sound => sound.duration === 8));
        const place = await audio.evaluate(sound => new Promise(resolve => {
            sound.addEventListener('seeked', () => resolve(sound.currentTime), { once: true });
            sound.currentTime = 6.5;
        }));
        assert.equal(place, 6.5);
    });

    await t.test('as a grid, which this device remembers', async () => {
        await openPortal(carol, portal);
        await carol.getByRole('link', { name: 'Grid' }).click();
        await carol.locator('.item-grid').waitFor();
        await openPortal(carol, portal);
        await carol.locator('.item-grid').waitFor();
        assert.ok(await carol.evaluate(() => document.documentElement.scrollWidth <= 360));
    });
});
