// A client is asked for files and sends them: on a phone, with and without JavaScript, while staff look on.

import { strict as assert } from 'node:assert';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { misfits } from '../world/fit.mjs';
import { tabTo } from '../world/keyboard.mjs';
import { control, drop, field, folderWith, openPortal, press, send } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const phone = { viewport: { width: 360, height: 740 } };

const file = (name, words) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(words) });
const slot = (page, title) => page.locator('.slot, #request .row').filter({ has: page.getByText(title, { exact: true }) });

async function askCarol(ada, title, files) {
    await openPortal(ada, 'Acme website relaunch');
    await press(ada, 'Request files');
    await field(ada, 'What it is about').fill(title);
    await field(ada, 'Files, one line each').fill(files);
    await field(ada, 'From').selectOption({ label: 'Carol Meyer' });
    await field(ada, 'Wanted by').fill('2199-12-31');
    await send(field(ada, 'Wanted by'));
    await ada.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** The next one with this subject. */
async function mailToCarol(subject) {
    for (;;) {
        const mail = await world.mailbox.nextTo('carol@acme.test');
        if (mail.subject === subject) return mail;
    }
}

test('a client fulfils a request on a phone without JavaScript, and staff accept', async t => {
    const ada = await world.signedIn('ada');
    const carol = await world.signedIn('carol', { ...phone, javaScriptEnabled: false });

    await t.test('Ada asks for two files', async () => {
        await askCarol(ada, 'Year-end papers', 'Statements: as PDF\nPhotographs (optional)');
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

test('asked again with a reason, reminded of what is missing, and in the end withdrawn', async t => {
    const ada = await world.signedIn('ada', phone);
    const carol = await world.signedIn('carol', phone);
    await askCarol(ada, 'Pictures of the office', 'Front\nYard');
    await carol.goto('/');
    await carol.getByRole('link', { name: 'Pictures of the office' }).click();
    await slot(carol, 'Front').locator('input[type=file]').setInputFiles(file('Blurred.txt', 'words'));
    await slot(carol, 'Front').getByRole('link', { name: 'Blurred.txt' }).waitFor();

    await t.test('Carol reads what is wrong, on her open page and in a mail', async () => {
        await slot(ada, 'Front').locator('summary', { hasText: 'Ask again' }).click();
        await field(ada, 'What is wrong with it').fill('It is out of focus.');
        await send(field(ada, 'What is wrong with it'));
        await slot(ada, 'Front').getByText('Asked again: It is out of focus.').waitFor();
        assert.deepEqual(await misfits(ada), []);
        await slot(carol, 'Front').getByText('It is out of focus.').waitFor();
        assert.match((await mailToCarol('Please send it again: Front')).html, /It is out of focus\./);
        assert.deepEqual(await misfits(carol), []);
    });

    await t.test('a reminder names what is missing', async () => {
        await slot(carol, 'Front').locator('input[type=file]').setInputFiles(file('Sharp.txt', 'words'));
        await slot(carol, 'Front').getByRole('link', { name: 'Sharp.txt' }).waitFor();
        await slot(ada, 'Front').getByRole('link', { name: 'Sharp.txt' }).waitFor();
        await press(ada, 'Remind');
        const { html } = await mailToCarol('Still missing: Pictures of the office');
        assert.ok(html.includes('Yard') && !html.includes('Front'), html);
    });

    await t.test('what was withdrawn waits for nobody', async () => {
        await press(ada, 'Withdraw');
        await ada.waitForURL(/\/staff\/portals\/[^/]+$/);
        await carol.goto('/');
        assert.equal(await carol.getByRole('link', { name: 'Pictures of the office' }).count(), 0);
    });
});

async function openFromClients(carol) {
    await openPortal(carol, 'Acme website relaunch');
    await carol.locator('#items').getByRole('link', { name: 'From clients', exact: true }).click();
    await carol.getByRole('heading', { level: 1, name: 'From clients', exact: true }).waitFor();
}

test('into a folder that takes files Carol sends from a phone', async () => {
    const carol = await world.signedIn('carol', { ...phone, hasTouch: true });
    await openFromClients(carol);
    let letThrough;
    const held = new Promise(resolve => { letThrough = resolve; });
    await carol.route('**/uploads', async route => { await held; await route.continue(); });
    await carol.getByLabel('Files', { exact: true }).setInputFiles(file(`${'A very long name '.repeat(6)}.txt`, 'words'));
    await carol.getByRole('progressbar').waitFor();
    assert.deepEqual(await misfits(carol), []);
    letThrough();
    await carol.locator('#items .row', { hasText: 'A very long name' }).getByText('Sent by you').waitFor();
    assert.deepEqual(await misfits(carol), []);
});

test('of a folder that Carol drops the files arrive, and of an empty one she is told that there is nothing to send', async () => {
    const carol = await world.signedIn('carol');
    await openFromClients(carol);
    const folder = folderWith({ 'ground plan.txt': 'words' });
    mkdirSync(join(folder, 'nothing yet'));
    await drop(carol, carol.getByRole('region', { name: 'Send files' }), [folder]);
    await carol.locator('#items').getByRole('link', { name: 'ground plan.txt', exact: true }).waitFor();
    const empty = carol.locator('.upload-row', { hasText: 'handover/nothing yet' });
    await empty.getByText('An empty folder has nothing to send.', { exact: true }).waitFor();
    const status = await carol.locator('[data-upload-status]').innerText();
    assert.equal(status, 'handover/nothing yet: An empty folder has nothing to send.');
    assert.equal(await carol.locator('#items').getByText('nothing yet').count(), 0);
});

test('with JavaScript a chosen file is sent at once and its slot fills in place', async () => {
    const carol = await world.signedIn('carol', phone);
    await carol.getByRole('link', { name: 'Content for the new website' }).click();
    await slot(carol, 'Product photographs').locator('input[type=file]').setInputFiles(file('Photographs.txt', 'words'));
    await carol.locator('.progress').getByText('2 of 3').waitFor();
    await slot(carol, 'Product photographs').getByRole('link', { name: 'Photographs.txt' }).waitFor();
    await carol.getByText('everything has come').waitFor();
});

test('by keyboard alone Ada asks on her desk, Carol sends on a phone, once more when she is asked again, and Ada accepts', async t => {
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

    await t.test('Ada asks again with a reason, and Carol sends once more', async () => {
        await ada.locator('.progress').getByText('1 of 1').waitFor();
        await tabTo(ada, 'Ask again');
        await ada.keyboard.press('Enter');
        await tabTo(ada, /^What is wrong with it/);
        await ada.keyboard.type('The second page is missing.');
        await tabTo(ada, 'Ask again');
        await ada.keyboard.press('Enter');
        await slot(ada, 'Assessment').getByText('Asked again: The second page is missing.').waitFor();
        await slot(carol, 'Assessment').getByText('The second page is missing.').waitFor();
        await tabTo(carol, 'File');
        const [chooser] = await Promise.all([carol.waitForEvent('filechooser'), carol.keyboard.press('Enter')]);
        await chooser.setFiles(file('Both pages.txt', 'more words'));
        await carol.getByText('everything has come').waitFor();
    });

    await t.test('Ada accepts', async () => {
        await slot(ada, 'Assessment').getByRole('link', { name: 'Both pages.txt' }).waitFor();
        await tabTo(ada, 'Accept');
        await ada.keyboard.press('Enter');
        await ada.getByText('Complete', { exact: true }).waitFor();
        await carol.getByText('Thank you, everything is there.').waitFor();
    });
});
