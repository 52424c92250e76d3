// Main job, step 3: files and folders of them, by the picker and by drop; P44: with progress, and cancelled.

import { strict as assert } from 'node:assert';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { assertFocus, tabTo } from '../world/keyboard.mjs';
import { slowLine } from '../world/line.mjs';
import { eventually } from '../world/server.mjs';
import { drop, folderWith, openPortal } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const portal = 'Studio resources';
const handover = {
    'read me first.txt': 'Begin here.',
    'Pläne & Skizzen/erste Skizze.txt': 'Ein Haus am Hang.',
    'Pläne & Skizzen/Été 2026/compte rendu n° 1.txt': 'Le héron attend près du barrage.',
    'Pläne & Skizzen/Été 2026/photo + légende.csv': 'image;légende\n1;héron\n',
};

function names(page) {
    return page.locator('#items .row-name').allInnerTexts();
}

/** One line of the upload list: the file's path, its state, its bar and its button. */
function upload(page, path) {
    return page.locator('.upload-row').filter({ has: page.getByText(path, { exact: true }) });
}

/** What lies in the object store, in files and in bytes. */
function stored() {
    const objects = join(world.server.data, 'objects');
    const files = readdirSync(objects, { recursive: true }).map(name => join(objects, name)).filter(path => statSync(path).isFile());
    return { files: files.length, bytes: files.reduce((sum, path) => sum + statSync(path).size, 0) };
}

/** Opens folder after folder, as the links are named. */
async function open(page, ...folders) {
    for (const name of folders) {
        await page.locator('#items').getByRole('link', { name, exact: true }).click();
        await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    }
}

async function keepsStructure(page) {
    await open(page, 'handover');
    assert.deepEqual((await names(page)).toSorted(), ['Pläne & Skizzen', 'read me first.txt']);
    await open(page, 'Pläne & Skizzen');
    assert.deepEqual((await names(page)).toSorted(), ['erste Skizze.txt', 'Été 2026'].toSorted());
    await open(page, 'Été 2026');
    assert.deepEqual((await names(page)).toSorted(), ['compte rendu n° 1.txt', 'photo + légende.csv']);
    await page.getByRole('link', { name: 'compte rendu n° 1.txt' }).click();
    await page.getByText('Le héron attend près du barrage.').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
    assert.equal(download.suggestedFilename(), 'compte rendu n° 1.txt');
}

test('a folder chosen in the picker arrives with everything in it, each file with its own progress', async t => {
    const ada = await world.signedIn('ada');
    await openPortal(ada, portal);
    const paths = Object.keys(handover).map(path => `handover/${path}`);

    await t.test('Ada chooses a folder, and every file has its line', async () => {
        let letThrough;
        const held = new Promise(resolve => { letThrough = resolve; });
        await ada.route('**/uploads', async route => { await held; await route.continue(); });
        await ada.getByLabel('Folder', { exact: true }).setInputFiles(folderWith(handover));
        for (const path of paths) {
            await upload(ada, path).waitFor();
            await upload(ada, path).getByRole('progressbar', { name: path }).waitFor();
            await upload(ada, path).getByRole('button', { name: 'Cancel' }).waitFor();
        }
        letThrough();
    });

    await t.test('the folder is in the listing without a reload, and its files keep their places and names', async () => {
        await ada.locator('[data-upload-status]', { hasText: 'All uploads are finished.' }).waitFor({ state: 'attached' });
        await ada.locator('#items').getByRole('link', { name: 'handover', exact: true }).waitFor();
        assert.equal((await names(ada)).filter(name => name === 'handover').length, 1);
        await keepsStructure(ada);
    });

    await t.test('a client of the portal sees them, and one of another portal does not', async () => {
        const [dora, cyril] = [await world.signedIn('dora'), await world.signedIn('cyril')];
        await openPortal(dora, portal);
        const place = dora.url();
        await keepsStructure(dora);
        const answers = page => page.evaluate(
            async addresses => Promise.all(addresses.map(async address => (await fetch(address)).status)), [place, dora.url()]);
        assert.deepEqual(await answers(dora), [200, 200]);
        assert.deepEqual(await answers(cyril), [404, 404]);
    });
});

test('a folder dropped on the page arrives with everything in it', async () => {
    const ada = await world.signedIn('ada');
    await openPortal(ada, 'Acme website relaunch');
    await drop(ada, ada.getByRole('heading', { level: 1 }), [folderWith(handover)]);
    for (const path of Object.keys(handover)) await upload(ada, `handover/${path}`).waitFor();
    await ada.locator('[data-upload-status]', { hasText: 'All uploads are finished.' }).waitFor({ state: 'attached' });
    await keepsStructure(ada);
});

test('of a dropped folder nothing is left out, be it empty or one of a hundred and one', async () => {
    const ada = await world.signedIn('ada');
    await openPortal(ada, 'Acme website relaunch');
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`many/${n}.txt`, `${n}`]));
    const folder = folderWith(many);
    mkdirSync(join(folder, 'to come', 'nothing yet'), { recursive: true });
    await drop(ada, ada.getByRole('heading', { level: 1 }), [folder]);
    await ada.locator('[data-upload-status]', { hasText: 'All uploads are finished.' }).waitFor({ state: 'attached', timeout: 60_000 });
    await open(ada, 'handover');
    assert.ok((await names(ada)).includes('to come'));
    await open(ada, 'many');
    assert.deepEqual((await names(ada)).toSorted(), Object.keys(many).map(path => path.slice(5)).toSorted());
    await ada.goBack();
    await open(ada, 'to come', 'nothing yet');
    assert.deepEqual(await names(ada), []);
});

test('a dropped folder that cannot be read is said to be so, and nothing of it arrives', async () => {
    const ada = await world.signedIn('ada');
    await openPortal(ada, portal);
    const folder = folderWith({ 'beside.txt': 'one', '../pulled out/half.txt': 'two' });
    // As of a disk that is gone before its folder was read to the end.
    await ada.evaluate(() => {
        const { webkitGetAsEntry } = DataTransferItem.prototype;
        DataTransferItem.prototype.webkitGetAsEntry = function () {
            const entry = webkitGetAsEntry.call(this);
            if (entry.name !== 'pulled out') return entry;
            const reader = entry.createReader();
            let turns = 0;
            const readEntries = (found, failed) =>
                (turns++ ? failed(new DOMException('gone', 'NotReadableError')) : reader.readEntries(found, failed));
            return { name: entry.name, isFile: false, createReader: () => ({ readEntries }) };
        };
    });
    const arrived = ada.waitForResponse(reply => reply.request().method() === 'POST' && reply.url().endsWith('/uploads'));
    await drop(ada, ada.getByRole('heading', { level: 1 }), [folder, join(folder, '../pulled out')]);
    const unread = upload(ada, 'pulled out');
    await unread.getByText('This could not be read, and nothing of it was uploaded.').waitFor();
    assert.equal(await unread.getByRole('button').count(), 0, 'nothing can be tried again');
    assert.equal((await arrived).status(), 201);
    assert.match(await ada.locator('[data-upload-status]').innerText(), /^pulled out: This could not be read/);
    await openPortal(ada, portal);
    assert.equal((await names(ada)).includes('pulled out'), false);
    await open(ada, 'handover');
    assert.ok((await names(ada)).includes('beside.txt'));
});

test('files dropped on an open folder go into that folder', async () => {
    const ada = await world.signedIn('ada');
    await openPortal(ada, portal);
    await open(ada, 'Guides');
    const before = await names(ada);
    const folder = folderWith({ 'first letter.txt': 'one', 'zweiter Brief.txt': 'zwei', 'troisième lettre.txt': 'trois' });
    const files = readdirSync(folder);
    await drop(ada, ada.locator('#items'), files.map(name => join(folder, name)));
    for (const name of files) await ada.locator('#items').getByRole('link', { name, exact: true }).waitFor();
    assert.deepEqual((await names(ada)).toSorted(), [...before, ...files].toSorted());
});

test('an upload cancelled half way leaves nothing behind, and can be tried again', async t => {
    const ada = await world.signedIn('ada');
    await openPortal(ada, portal);
    const before = { names: await names(ada), stored: stored() };
    const fast = await slowLine(ada, 200_000);
    const row = upload(ada, 'film.mp4');
    const content = Buffer.alloc(4_000_000, 'frame by frame ');

    await t.test('it shows how far it is', async () => {
        await ada.getByLabel('Files', { exact: true }).setInputFiles({ name: 'film.mp4', mimeType: 'video/mp4', buffer: content });
        const bar = row.getByRole('progressbar', { name: 'film.mp4' });
        const share = await eventually('some of it has gone', async () => {
            const value = await bar.evaluate(bar => bar.value);
            return value > 0 && value;
        });
        assert.ok(share < 1, `${share} of it`);
        assert.match(await row.innerText(), /\d+\s?%/);
    });

    await t.test('Cancel stops it, by keyboard (P42)', async () => {
        await tabTo(ada, 'Cancel');
        await ada.keyboard.press('Enter');
        await row.getByText('Cancelled', { exact: true }).waitFor();
        await assertFocus(ada, 'after Cancel');
        assert.equal(await ada.locator('[data-upload-status]').innerText(), 'film.mp4: Cancelled');
    });

    await t.test('nothing of it is in the portal or in the store', async () => {
        await eventually('the store is as before', async () => stored().bytes === before.stored.bytes);
        assert.deepEqual(stored(), before.stored);
        const other = await world.signedIn('ben');
        await openPortal(other, portal);
        assert.deepEqual(await names(other), before.names);
    });

    await t.test('Try again uploads it after all', async () => {
        await fast();
        await row.getByRole('button', { name: 'Try again' }).click();
        await ada.locator('#items').getByRole('link', { name: 'film.mp4', exact: true }).waitFor();
        assert.deepEqual(stored(), { files: before.stored.files + 1, bytes: before.stored.bytes + content.length });
    });
});

// P34: the second is a version of the first.
test('the same name twice in one folder loses neither of the two', async () => {
    const ada = await world.signedIn('ada');
    await openPortal(ada, portal);
    const files = ada.getByLabel('Files', { exact: true });
    for (const words of ['Erste Fassung', 'Zweite Fassung']) {
        const kept = ada.waitForResponse(reply => reply.request().method() === 'POST' && reply.url().endsWith('/uploads'));
        await files.setInputFiles({ name: 'Zeitplan (Entwurf).txt', mimeType: 'text/plain', buffer: Buffer.from(words) });
        assert.equal((await kept).ok(), true);
    }
    await openPortal(ada, portal);
    assert.equal((await names(ada)).filter(name => name.startsWith('Zeitplan')).length, 1, 'P34');
    await ada.locator('#items').getByRole('link', { name: 'Zeitplan (Entwurf).txt', exact: true }).click();
    assert.equal(await ada.locator('pre.file-text').innerText(), 'Zweite Fassung');
    await ada.getByRole('link', { name: 'Version 1', exact: true }).click();
    await ada.waitForURL(/versions/);
    assert.equal(await ada.locator('pre.file-text').innerText(), 'Erste Fassung');
});
