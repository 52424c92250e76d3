// Several items at once: moved by the dialog, by dragging and by keyboard, brought as one archive; on a phone too.

import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { misfits } from '../world/fit.mjs';
import { eventually } from '../world/server.mjs';
import { tabTo } from '../world/keyboard.mjs';
import { control, field, openPortal, press } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const portal = 'Studio resources';
const names = ['a.txt', 'b.txt', 'c.txt', 'd.txt'];

const rows = page => page.locator('#items .row-name').allInnerTexts();
const box = (page, name) => page.getByRole('checkbox', { name: `Select “${name}”` });
const handle = (page, name) => page.locator('#items [data-reorder-key]', { hasText: name }).locator('[data-reorder-handle]');

async function are(page, there, gone) {
    await eventually(`${there} are there and ${gone} are not`, async () => {
        // A page that is being left says nothing.
        const shown = await rows(page).catch(() => []);
        return there.every(name => shown.includes(name)) && !gone.some(name => shown.includes(name));
    });
}

test('several items at once', async t => {
    const ada = await world.signedIn('ada');
    await openPortal(ada, portal);
    await press(ada, 'New folder');
    await ada.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Box');
    await ada.getByRole('dialog').getByLabel('Name', { exact: true }).press('Enter');
    await are(ada, ['Box'], []);
    await ada.getByLabel('Files', { exact: true }).setInputFiles(
        names.map(name => ({ name, mimeType: 'text/plain', buffer: Buffer.from(`Words of ${name}`) })),
    );
    await are(ada, names, []);

    await t.test('ticked boxes show what can be done, the dialog moves them, and there is a way back', async () => {
        assert.ok(!(await control(ada, 'Move selected').isVisible()));
        await box(ada, 'a.txt').check();
        await box(ada, 'b.txt').check();
        await press(ada, 'Move selected');
        await ada.getByLabel('Folder', { exact: true }).selectOption({ label: 'Box' });
        await ada.getByRole('button', { name: 'Move', exact: true }).click();
        await are(ada, ['Box', 'c.txt', 'd.txt'], ['a.txt', 'b.txt']);
        await press(ada, 'Undo');
        await are(ada, names, []);
    });

    await t.test('a row dropped on the middle of a folder goes into it, the ticked ones along with it', async () => {
        await box(ada, 'a.txt').check();
        await box(ada, 'b.txt').check();
        await handle(ada, 'a.txt').scrollIntoViewIfNeeded();
        const from = await handle(ada, 'a.txt').boundingBox();
        const to = await ada.locator('#items [data-reorder-key]', { hasText: 'Box' }).boundingBox();
        await ada.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
        await ada.mouse.down();
        await ada.mouse.move(to.x + 60, to.y + to.height / 2, { steps: 12 });
        await ada.locator('.row-aimed-at', { hasText: 'Box' }).waitFor();
        await ada.mouse.up();
        await are(ada, ['Box', 'c.txt', 'd.txt'], ['a.txt', 'b.txt']);
    });

    await t.test('by keyboard: lifted, aimed at the folder, dropped', async () => {
        await handle(ada, 'c.txt').focus();
        await ada.keyboard.press('Space');
        await ada.keyboard.press('ArrowRight');
        await ada.locator('.row-aimed-at', { hasText: 'Box' }).waitFor();
        await ada.keyboard.press('Space');
        await are(ada, ['Box', 'd.txt'], ['c.txt']);
        await ada.locator('#items').getByRole('link', { name: 'Box', exact: true }).click();
        await are(ada, ['a.txt', 'b.txt', 'c.txt'], ['d.txt']);
    });

    await t.test('by keyboard, several: ticked, and moved by the dialog', async () => {
        await openPortal(ada, portal);
        await press(ada, 'New folder');
        await ada.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Shelf');
        await ada.keyboard.press('Enter');
        await are(ada, ['Shelf'], []);
        for (const name of ['Box', 'd.txt']) {
            await tabTo(ada, `Select “${name}”`);
            await ada.keyboard.press('Space');
        }
        await tabTo(ada, 'Move selected', 'Shift+Tab');
        await ada.keyboard.press('Enter');
        await field(ada, 'Folder').waitFor();
        await tabTo(ada, 'Folder');
        await ada.keyboard.type('Shelf');
        await tabTo(ada, 'Move');
        await ada.keyboard.press('Enter');
        await ada.getByText('2 items were moved.').waitFor();
        await are(ada, ['Shelf'], ['Box', 'd.txt']);
        await tabTo(ada, 'Undo');
        await ada.keyboard.press('Enter');
        await are(ada, ['Box', 'd.txt', 'Shelf'], []);
    });

    await t.test('on a phone the selected ones come as one archive', async () => {
        const phone = await world.signedIn('ada', { viewport: { width: 360, height: 740 }, acceptDownloads: true });
        await openPortal(phone, portal);
        await box(phone, 'Box').check();
        await box(phone, 'd.txt').check();
        assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= 360), 'no wider than the phone');
        const [download] = await Promise.all([phone.waitForEvent('download'), press(phone, 'Download selected')]);
        const zip = readFileSync(await download.path());
        assert.match(download.suggestedFilename(), /\.zip$/);
        assert.equal(zip.readUInt32LE(0), 0x04034b50, 'it begins as archives do');
        for (const word of ['Box/a.txt', 'Box/c.txt', 'd.txt', 'Words of b.txt']) {
            assert.ok(zip.includes(word), `${word} is in it`);
        }
    });

    await t.test('on a phone the dialog moves them', async () => {
        const phone = await world.signedIn('ada', { viewport: { width: 360, height: 740 }, hasTouch: true });
        await openPortal(phone, portal);
        await box(phone, 'd.txt').check();
        await press(phone, 'Move selected');
        await field(phone, 'Folder').selectOption({ label: 'Box' });
        assert.deepEqual(await misfits(phone), []);
        await phone.getByRole('button', { name: 'Move', exact: true }).tap();
        await are(phone, ['Box'], ['d.txt']);
        await press(phone, 'Undo');
        await are(phone, ['Box', 'd.txt'], []);
    });

    await t.test('a client gets a whole portal as one archive, by keyboard', async () => {
        const dora = await world.signedIn('dora', { acceptDownloads: true });
        await openPortal(dora, portal);
        await tabTo(dora, 'Download all files');
        const [download] = await Promise.all([dora.waitForEvent('download'), dora.keyboard.press('Enter')]);
        const zip = readFileSync(await download.path());
        assert.ok(zip.includes('Box/a.txt') && zip.includes('Words of b.txt'));
    });

    await t.test('deleted together, and brought back', async () => {
        await openPortal(ada, portal);
        await box(ada, 'Box').check();
        await box(ada, 'd.txt').check();
        await press(ada, 'Delete selected');
        await are(ada, [], ['Box', 'd.txt']);
        await press(ada, 'Undo');
        await are(ada, ['Box', 'd.txt'], []);
    });
});
