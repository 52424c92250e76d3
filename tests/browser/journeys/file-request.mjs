// A client is asked for files and sends them: on a phone, with and without JavaScript, while staff look on.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { misfits } from '../world/fit.mjs';
import { tabTo } from '../world/keyboard.mjs';
import { control, field, openPortal, press, send } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const phone = { viewport: { width: 360, height: 740 } };

const file = (name, words) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(words) });
const slot = (page, title) => page.locator('.slot, #request .row').filter({ has: page.getByText(title, { exact: true }) });

test('a client fulfils a request on a phone without JavaScript, and staff accept', async t => {
    const ada = await world.signedIn('ada');
    const carol = await world.signedIn('carol', { ...phone, javaScriptEnabled: false });

    await t.test('Ada asks for two files', async () => {
        await openPortal(ada, 'Acme website relaunch');
        await press(ada, 'Request files');
        await field(ada, 'What it is about').fill('Year-end papers');
        await field(ada, 'Files, one line each').fill('Statements: as PDF\nPhotographs (optional)');
        await field(ada, 'From').selectOption({ label: 'Carol Meyer' });
        await field(ada, 'Wanted by').fill('2199-12-31');
        await send(field(ada, 'Wanted by'));
        await ada.getByRole('heading', { level: 1, name: 'Year-end papers' }).waitFor();
    });

    await t.test('Carol finds it under "Waiting for you" and sends both', async () => {
        await carol.goto('/');
        await carol.getByRole('link', { name: 'Year-end papers' }).click();
        for (const [title, progress] of [['Statements', '1 of 2'], ['Photographs', '2 of 2']]) {
            await slot(carol, title).locator('input[type=file]').setInputFiles(file(`${title}.txt`, title));
            await press(slot(carol, title), 'Upload file');
            await carol.locator('.progress').getByText(progress).waitFor();
        }
        await carol.getByText('everything has come').waitFor();
        const overflow = await carol.locator('html').evaluate(page => page.scrollWidth > page.clientWidth);
        assert.equal(overflow, false, 'the page is wider than the phone');
    });

    await t.test('it stands on Ada’s open page without a reload, and she accepts', async () => {
        await ada.locator('.progress').getByText('2 of 2').waitFor();
        await press(slot(ada, 'Statements'), 'Accept');
        await ada.getByText('Complete', { exact: true }).waitFor();
        await carol.reload();
        await carol.getByText('Thank you, everything is there.').waitFor();
        assert.equal(await control(carol, 'Upload file').count(), 0);
    });
});

test('with JavaScript a chosen file is sent at once and its slot fills in place', async () => {
    const carol = await world.signedIn('carol', phone);
    await carol.getByRole('link', { name: 'Content for the new website' }).click();
    await slot(carol, 'Product photographs').locator('input[type=file]').setInputFiles(file('Photographs.txt', 'words'));
    await carol.locator('.progress').getByText('2 of 3').waitFor();
    await slot(carol, 'Product photographs').getByRole('link', { name: 'Photographs.txt' }).waitFor();
    await carol.getByText('everything has come').waitFor();
});

test('by keyboard alone Ada asks on her desk, Carol sends on a phone, and Ada accepts', async t => {
    const ada = await world.signedIn('ada');
    const carol = await world.signedIn('carol', { ...phone, hasTouch: true });

    await t.test('Ada asks', async () => {
        await openPortal(ada, 'Acme website relaunch');
        await tabTo(ada, 'Request files');
        await ada.keyboard.press('Enter');
        await ada.getByRole('dialog').waitFor();
        await ada.keyboard.type('Tax papers');
        await tabTo(ada, 'From');
        await ada.keyboard.type('Carol');
        await tabTo(ada, 'Files, one line each');
        await ada.keyboard.type('Assessment');
        await tabTo(ada, 'Wanted by');
        await ada.keyboard.type('12312099');
        await tabTo(ada, 'Send request');
        await ada.keyboard.press('Enter');
        await ada.getByRole('heading', { level: 1, name: 'Tax papers' }).waitFor();
    });

    await t.test('Carol sends', async () => {
        await carol.goto('/');
        await tabTo(carol, 'Tax papers');
        await carol.keyboard.press('Enter');
        await carol.getByRole('heading', { level: 1, name: 'Tax papers' }).waitFor();
        await tabTo(carol, 'File');
        const [chooser] = await Promise.all([carol.waitForEvent('filechooser'), carol.keyboard.press('Enter')]);
        await chooser.setFiles(file('Assessment.txt', 'words'));
        await carol.getByText('everything has come').waitFor();
        assert.deepEqual(await misfits(carol), []);
    });

    await t.test('Ada accepts', async () => {
        await ada.locator('.progress').getByText('1 of 1').waitFor();
        await tabTo(ada, 'Accept');
        await ada.keyboard.press('Enter');
        await ada.getByText('Complete', { exact: true }).waitFor();
        await carol.getByText('Thank you, everything is there.').waitFor();
    });
});
