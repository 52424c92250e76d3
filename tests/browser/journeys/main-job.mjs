// product.md, "The main job, as a person does it", steps 1 to 6.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { field, fillIn, folderWith, markDocument, pdfWith, press, send } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile('nothing');
const password = 'a lighthouse keeps seven lamps';

test('from an empty machine to a client who finds a sentence inside a PDF', async t => {
    let ada;
    let carol;
    let portal;
    let isSamePage;

    await t.test('1: the owner opens the printed link and names the organization', async () => {
        ada = await world.visitor('');
        await ada.goto(await world.server.setUpLink());
        await field(ada, 'Name').fill('Studio');
        await field(ada, 'Colour').fill('#0f766e');
        await field(ada, 'Your name').fill('Ada Moreau');
        await field(ada, 'Email').fill('ada@studio.test');
        await field(ada, 'Password').fill(password);
        await send(field(ada, 'Password'));
        await ada.waitForURL(/\/staff/);
        assert.equal(await ada.locator('link[href="/brand/0f766e.css"]').count(), 1);
    });

    await t.test('2: a client, a project for them with a milestone, and their portal by one more click', async () => {
        await ada.goto('/staff/clients');
        await fillIn(ada, 'New client', { Name: 'Carol Shaw', Email: 'carol@acme.test', Company: 'Acme' });
        await ada.getByRole('heading', { level: 1, name: 'Carol Shaw' }).waitFor();
        await ada.goto('/staff/projects');
        await fillIn(ada, 'New project', { Name: 'The new website', Client: 'Carol Shaw' });
        await field(ada, 'Milestone').fill('Kick-off');
        await send(field(ada, 'Milestone'));
        await ada.locator('main').getByText('Kick-off').first().waitFor();
        await press(ada, 'Client portal');
        await ada.waitForURL(/\/staff\/portals\/[^/]+$/);
        await ada.getByRole('heading', { level: 1, name: 'The new website' }).waitFor();
        portal = ada.url();
    });

    await t.test('3: a note, a folder of files, a link', async () => {
        await fillIn(ada, 'Add note', { Title: 'Recap', Note: 'We agreed on **three** milestones.' });
        await ada.getByRole('link', { name: 'Recap' }).waitFor();
        await fillIn(ada, 'Add link', { Title: 'Staging', Address: 'https://staging.studio.test/' });
        await ada.getByRole('link', { name: 'Staging' }).waitFor();
        const pages = Array.from({ length: 8 }, (_, page) => `Page ${page + 1} of the contract.`);
        pages[6] += ' The heron waits by the weir.';
        const folder = folderWith({ 'contract.pdf': await pdfWith(ada, pages), 'notes/kick-off.txt': 'Kick-off on Monday.' });
        await ada.getByLabel('Folder', { exact: true }).setInputFiles(folder);
        await ada.getByText('contract.pdf').first().waitFor();
    });

    await t.test('4: Share says who gains how much, and sends', async () => {
        await ada.goto(portal);
        await press(ada, 'Share');
        await field(ada, 'Email').fill('carol@acme.test');
        await ada.getByText(/1 person will gain these \d+ items/).waitFor();
        await press(ada, 'Send invitation');
        await ada.getByText('Invited', { exact: true }).first().waitFor();
        isSamePage = await markDocument(ada);
    });

    await t.test('5: the client joins by the mail, and the dot turns green on the open page', async () => {
        const mail = await world.mailbox.nextTo('carol@acme.test');
        // The only organization lives at the installation's own address.
        carol = await world.visitor('');
        await carol.setContent(mail.html);
        const link = await carol.getByRole('link', { name: 'Set up your account' }).getAttribute('href');
        await carol.goto(link);
        await field(carol, 'Password').fill(password);
        await send(field(carol, 'Password'));
        await carol.getByRole('link', { name: 'The new website' }).first().waitFor();
        assert.equal(await carol.locator('link[href="/brand/0f766e.css"]').count(), 1);
        await ada.getByText('Joined', { exact: true }).first().waitFor();
        assert.ok(await isSamePage());
    });

    await t.test('6: the client previews, downloads, and finds a sentence on page 7', async () => {
        await carol.getByRole('link', { name: 'The new website' }).first().click();
        await carol.getByText('Recap').first().waitFor();
        await carol.getByText('Kick-off').first().waitFor();
        await carol.getByRole('link', { name: 'handover' }).click();
        await carol.getByRole('link', { name: 'contract.pdf' }).click();
        await carol.getByRole('img', { name: 'Page 1 of 8' }).waitFor();
        const [download] = await Promise.all([carol.waitForEvent('download'), press(carol, 'Download')]);
        assert.equal(download.suggestedFilename(), 'contract.pdf');
        await carol.goto('/search');
        await field(carol, 'Search').pressSequentially('her');
        await carol.locator('mark', { hasText: /heron/i }).first().waitFor();
        const text = await carol.locator('main').innerText();
        assert.match(text, /page 7/i);
    });
});
