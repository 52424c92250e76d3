// P40: every page and form works without JavaScript.

import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { eventually } from '../world/server.mjs';
import { field, fillIn, invitationLink, openPortal, pdfWith, press, send } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const plain = { javaScriptEnabled: false };
const password = 'a lighthouse keeps seven lamps';
const portal = 'The new website';

/** Opens the menu of one item and presses what it holds. */
async function choose(page, item, entry) {
    const row = page.locator('#items .row').filter({ has: page.getByText(item, { exact: true }) });
    await row.locator('details.menu summary').click();
    await press(row, entry);
}

function names(page) {
    return page.locator('#items .row-name').allInnerTexts();
}

test('P40: without JavaScript, staff prepare and share a portal and its client uses it', async t => {
    const ada = await world.signedIn('ada', plain);
    let place;
    let link;
    let nora;

    await t.test('a new client, and what was typed stays when the address is wrong', async () => {
        await ada.goto('/staff/clients');
        await fillIn(ada, 'New client', { Name: 'Nora Voss', Email: 'carol@acme.test', Company: 'Acme' });
        await ada.getByText('A client with this address is here already.').waitFor();
        assert.equal(await field(ada, 'Name').inputValue(), 'Nora Voss');
        await field(ada, 'Email').fill('nora@acme.test');
        await send(field(ada, 'Email'));
        await ada.getByRole('heading', { level: 1, name: 'Nora Voss' }).waitFor();
    });

    await t.test('a new project, a milestone, and its portal', async () => {
        await ada.goto('/staff/projects');
        await fillIn(ada, 'New project', { Name: portal, Client: 'Nora Voss' });
        await ada.getByRole('heading', { level: 1, name: portal }).waitFor();
        await field(ada, 'Milestone').fill('Kick-off');
        await send(field(ada, 'Milestone'));
        await ada.locator('main').getByText('Kick-off').first().waitFor();
        await press(ada, 'Client portal');
        await ada.waitForURL(/\/staff\/portals\/[^/]+$/);
        place = ada.url();
    });

    await t.test('a note, a link, a folder', async () => {
        await fillIn(ada, 'Add note', { Title: 'Recap', Note: 'We agreed on **three** milestones.' });
        await fillIn(ada, 'Add link', { Title: 'Staging', Address: 'https://staging.studio.test/' });
        await fillIn(ada, 'New folder', { Name: 'Contracts' });
        await ada.getByRole('link', { name: 'Contracts', exact: true }).waitFor();
        assert.deepEqual((await names(ada)).toSorted(), ['Contracts', 'Recap', 'Staging']);
    });

    await t.test('files by the plain form, into the folder', async () => {
        await ada.getByRole('link', { name: 'Contracts', exact: true }).click();
        const pages = ['The first page.', 'The heron waits by the weir.'];
        await ada.getByLabel('Files', { exact: true }).setInputFiles([
            { name: 'Vertrag über alles.pdf', mimeType: 'application/pdf', buffer: await pdfWith(await world.visitor(), pages) },
            { name: 'terms.txt', mimeType: 'text/plain', buffer: Buffer.from('Thirty days, net.') },
        ]);
        await press(ada, 'Upload files');
        await ada.getByRole('link', { name: 'terms.txt' }).waitFor();
        assert.deepEqual((await names(ada)).toSorted(), ['Vertrag über alles.pdf', 'terms.txt'].toSorted());
    });

    await t.test('rename, move up, delete and undo', async () => {
        await ada.goto(place);
        await choose(ada, 'Staging', 'Rename');
        await field(ada, 'Name').fill('Staging site');
        await send(field(ada, 'Name'));
        await ada.getByRole('link', { name: 'Staging site' }).waitFor();
        const [first, second, third] = await names(ada);
        await press(ada, `Move ${second} up`);
        await ada.locator('#items .row').nth(0).getByText(second, { exact: true }).waitFor();
        assert.deepEqual(await names(ada), [second, first, third]);
        await choose(ada, 'Recap', 'Delete');
        await ada.getByText('“Recap” was deleted.').waitFor();
        assert.ok(!(await names(ada)).includes('Recap'));
        await press(ada, 'Undo');
        await ada.getByRole('link', { name: 'Recap' }).waitFor();
        assert.deepEqual(await names(ada), [second, first, third]);
    });

    await t.test('Share is a page that says what is wrong and sends the invitation', async () => {
        await press(ada, 'Share');
        await field(ada, 'Email').fill('nora');
        await field(ada, 'Message').fill('Have a look');
        await press(ada, 'Send invitation');
        await ada.getByText('Choose people from the list, or write whole addresses').waitFor();
        assert.equal(await field(ada, 'Message').inputValue(), 'Have a look');
        await field(ada, 'Email').fill('nora@acme.test');
        await press(ada, 'Send invitation');
        await ada.locator('#grants').getByText('Invited', { exact: true }).waitFor();
        assert.equal(ada.url(), place);
    });

    await t.test('the client chooses a password and stands at home', async () => {
        nora = await world.visitor('studio', plain);
        link = await invitationLink(nora, await world.mailbox.nextTo('nora@acme.test'));
        await nora.goto(link);
        await field(nora, 'Password').fill('short');
        await send(field(nora, 'Password'));
        await nora.getByText('Use at least 12 characters.').waitFor();
        await field(nora, 'Password').fill(password);
        await send(field(nora, 'Password'));
        await nora.getByRole('heading', { level: 1, name: /Nora/ }).waitFor();
    });

    await t.test('she opens the portal, reads the note, and previews a file', async () => {
        await nora.getByRole('link', { name: portal }).click();
        await nora.getByText('Kick-off').first().waitFor();
        await nora.getByRole('link', { name: 'Recap' }).click();
        assert.equal(await nora.locator('main strong').innerText(), 'three');
        await nora.goBack();
        await nora.getByRole('link', { name: 'Contracts', exact: true }).click();
        await nora.getByRole('link', { name: 'terms.txt' }).click();
        await nora.getByText('Thirty days, net.').waitFor();
        for (const name of ['cyril', 'dora', 'eve']) {
            const other = await world.signedIn(name, plain);
            assert.equal((await other.goto(new URL(nora.url()).pathname)).status(), 404, name);
        }
    });

    await t.test('she downloads a file under its name', async () => {
        await nora.goBack();
        await nora.getByRole('link', { name: 'Vertrag über alles.pdf' }).click();
        const [download] = await Promise.all([nora.waitForEvent('download'), press(nora, 'Download')]);
        assert.equal(download.suggestedFilename(), 'Vertrag über alles.pdf');
        assert.equal(readFileSync(await download.path()).subarray(0, 5).toString(), '%PDF-');
    });

    await t.test('she finds the sentence on page 2', async () => {
        await press(nora, 'Search');
        await field(nora, 'Search').fill('heron');
        await field(nora, 'Search').press('Enter');
        const hit = nora.getByRole('link', { name: 'Vertrag über alles.pdf' });
        await eventually('the PDF has been read', async () => await hit.count() > 0 || !await nora.reload());
        assert.equal(await hit.locator('mark').innerText(), 'heron');
        assert.match(await hit.innerText(), /page 2$/);
        await hit.click();
        await nora.getByRole('img', { name: 'Page 2 of 2' }).waitFor();
    });

    await t.test('Ada sees that she has joined, and takes the portal away and gives it back', async () => {
        await ada.reload();
        const row = ada.locator('#grants .row').filter({ hasText: 'Nora Voss' });
        for (const [button, dot, status] of [[null, 'Joined', 200], ['Revoke', 'Revoked', 404], ['Restore access', 'Joined', 200]]) {
            if (button) await press(row, button);
            await row.getByText(dot, { exact: true }).waitFor();
            assert.equal((await nora.goto(place.replace('/staff', ''))).status(), status, dot);
        }
    });

    await t.test('she signs out, and in again', async () => {
        await nora.locator('.person-menu summary').click();
        await press(nora, 'Sign out');
        await nora.goto(place.replace('/staff', ''));
        await field(nora, 'Email').fill('nora@acme.test');
        await field(nora, 'Password').fill(password);
        await press(nora, 'Sign in');
        await nora.getByRole('heading', { level: 1, name: portal }).waitFor();
    });
});

test('P40: nothing that only a script can do is offered without one', async () => {
    const [ada, carol] = [await world.signedIn('ada', plain), await world.signedIn('carol', plain)];
    await openPortal(ada, 'Studio resources');
    await carol.goto('/account');
    for (const [page, needsScript] of [[ada, '.reorder-handle'], [ada, '.upload-hint'], [carol, '[data-reveal]']]) {
        await page.locator(needsScript).first().waitFor({ state: 'attached' });
        assert.equal(await page.locator(needsScript).filter({ visible: true }).count(), 0, needsScript);
    }
    for (const [page, path] of [[ada, '/staff/search'], [carol, '/search']]) {
        await press(page, 'Search');
        await page.waitForURL(url => url.pathname === path);
        await field(page, 'Search').waitFor();
    }
});
