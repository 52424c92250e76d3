// Looking at files in place: page by page, at any place in a recording, as a list and as a grid; on a phone too.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { tabTo } from '../world/keyboard.mjs';
import { eventually } from '../world/server.mjs';
import { openPortal } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const portal = 'Acme website relaunch';
const phone = { viewport: { width: 360, height: 740 } };

/** One page that, where a reader runs what is in a document, says something and leads away (ISO 32000-1, 12.6.4). */
function thatRuns() {
    const objects = [
        '<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /AA << /O 4 0 R >> >>',
        '<< /S /JavaScript /JS (app.alert\\("ran"\\); app.launchURL\\("https://ran.test/"\\);) /Next << /S /URI /URI (https://ran.test/) >> >>',
    ];
    let pdf = '%PDF-1.7\n';
    const places = objects.map((object, index) => {
        const place = pdf.length;
        pdf += `${index + 1} 0 obj\n${object}\nendobj\n`;
        return `${String(place).padStart(10, '0')} 00000 n \n`;
    });
    const table = `xref\n0 5\n0000000000 65535 f \n${places.join('')}`;
    return Buffer.from(`${pdf}${table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF\n`, 'latin1');
}

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

    await t.test('P42: back to the list and to the grid again by keyboard', async () => {
        for (const [name, count] of [['List', 0], ['Grid', 1]]) {
            await openPortal(carol, portal);
            await tabTo(carol, name);
            await Promise.all([carol.waitForURL(`**layout=${name.toLowerCase()}*`), carol.keyboard.press('Enter')]);
            assert.equal(await carol.locator('.item-grid').count(), count, name);
        }
    });
});

test('P33: of a PDF that would run something when it is opened a picture is shown, and nothing runs', async () => {
    const ada = await world.signedIn('ada');
    const met = [];
    ada.on('dialog', dialog => { met.push(dialog.message()); return dialog.dismiss(); });
    ada.on('popup', popup => met.push(popup.url()));
    ada.context().on('request', request => {
        const { hostname, protocol } = new URL(request.url());
        if (protocol.startsWith('http') && !hostname.endsWith('localhost')) met.push(request.url());
    });
    await openPortal(ada, portal);
    await ada.setInputFiles('input[type=file][name=files]', { name: 'Ran.pdf', mimeType: 'application/pdf', buffer: thatRuns() });
    await ada.locator('#items').getByRole('link', { name: 'Ran.pdf' }).click();
    await ada.getByRole('heading', { level: 1, name: 'Ran.pdf' }).waitFor();
    const place = ada.url();
    const sheet = ada.locator('img.file-page');
    // It is drawn by a job, of which an open page does not hear.
    await eventually('it is drawn', async () => await sheet.count() > 0 || void await ada.reload());
    await eventually('its page is there', () => sheet.evaluate(image => image.complete && image.naturalWidth > 0));
    assert.match(await ada.title(), /Ran\.pdf/);
    await ada.getByRole('link', { name: 'Zoom in' }).click();
    await ada.getByRole('region', { name: 'Page 1 of 1' }).first().waitFor();
    assert.match(await ada.title(), /Ran\.pdf/);
    assert.equal(new URL(ada.url()).pathname, new URL(place).pathname);
    assert.deepEqual(met, []);
});
